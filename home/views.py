"""The pages of the site that stand in no page tree."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from home import search_page
from search import service
from search.documents import FACETS
from search.parameters import BadParameters, search_query
from search.queries import BadQuery, SearchResults


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The search page: the same answers as the API's, for people. A question that cannot be asked keeps its form."""
    parameters = search_page.known(request.GET)
    context = _form(parameters)
    try:
        results = service.search(replace(search_query(parameters), facets=FACETS))
        context |= _results(results, parameters)
    except BadParameters as error:
        context |= _mistakes(error.errors, parameters)
    except BadQuery as error:
        context |= _mistakes((error,), parameters)
    response = render(request, "search/page.html", context, status=400 if "mistakes" in context else 200)
    # Pages of results are endless; what they lead to is what belongs in other people's indexes.
    response["X-Robots-Tag"] = "noindex"
    return response


def _form(parameters: QueryDict) -> dict[str, Any]:
    """The form as it was sent; the filters, which are links, travel as hidden fields."""
    return {
        "text": parameters.get("q", ""),
        "sort": parameters.get("sort", ""),
        "sorts": [(sort.value, label) for sort, label in search_page.SORTS.items()],
        "date_from": parameters.get("date_from", ""),
        "date_to": parameters.get("date_to", ""),
        "filters": [(name, value) for name in FACETS for value in parameters.getlist(name)],
    }


def _results(results: SearchResults, parameters: QueryDict) -> dict[str, Any]:
    return {
        "results": results,
        "literal_address": search_page.address(parameters, literal="true"),
        "meant_address": search_page.address(parameters, q=results.asked.did_you_mean, literal=None),
        "found": [search_page.shown(hit) for hit in results.hits],
        "panels": search_page.panels(results, parameters),
        "chips": search_page.chips(results, parameters),
        "without_filters": search_page.without_filters(parameters),
        "next": results.next and search_page.address(parameters, cursor=results.next),
        "previous": results.previous and search_page.address(parameters, cursor=results.previous),
    }


def _mistakes(errors: tuple[BadQuery, ...], parameters: QueryDict) -> dict[str, Any]:
    return {
        "mistakes": [(search_page.LABELS[error.parameter], error.reason) for error in errors],
        "first_page": search_page.address(parameters) if "cursor" in parameters else None,
    }
