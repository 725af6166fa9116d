"""The pages of the site that stand in no page tree."""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from home import search_page
from home.accent import stylesheet
from search import query_log, service
from search.documents import FACETS
from search.parameters import BadParameters, search_query
from search.queries import BadQuery, SearchResults


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def accent(request: HttpRequest, digits: str) -> HttpResponse:
    """The accent colour as a stylesheet; another colour has another address."""
    return HttpResponse(stylesheet(f"#{digits}"), content_type="text/css; charset=utf-8")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The search page: the same answers as the API's, for people. A question that cannot be asked keeps its form."""
    parameters = search_page.known(request.GET)
    context = _form(parameters)
    try:
        results = service.search(replace(search_query(parameters), facets=FACETS))
        query_log.asked(request, results, on_site=True)
        context |= _results(results, parameters)
    except BadParameters as error:
        context |= _mistakes(error.errors, parameters)
    except BadQuery as error:
        context |= _mistakes((error,), parameters)
    response = render(request, "search/page.html", context, status=400 if "mistakes" in context else 200)
    # Pages of results are endless; what they lead to is what belongs in other people's indexes.
    response["X-Robots-Tag"] = "noindex"
    return response


@csrf_exempt
@require_POST
@transaction.non_atomic_requests
def click(request: HttpRequest) -> HttpResponse:
    """Counts that a result was clicked, which the search page tells by a beacon while the browser follows the link.

    Exempt from CSRF protection: whoever sends it, nothing happens but a count, and only with a token of ours.
    """
    try:
        query_log.clicked(request, request.POST.get("token", ""), request.POST.get("position", ""))
    except ValueError:
        return HttpResponseBadRequest()
    return HttpResponse(status=204)


def _form(parameters: QueryDict) -> dict[str, Any]:
    """The form as it was sent, with the filters as hidden fields as long as there is nothing to choose them from."""
    return {
        "searching": True,
        "text": parameters.get("q", ""),
        "sort": parameters.get("sort", ""),
        "sorts": [(sort.value, label) for sort, label in search_page.SORTS.items()],
        "date_from": parameters.get("date_from", ""),
        "date_to": parameters.get("date_to", ""),
        "literal": "literal" in parameters,
        "filters": search_page.unseen_filters((), parameters),
    }


def _results(results: SearchResults, parameters: QueryDict) -> dict[str, Any]:
    panels = search_page.panels(results, parameters)
    return {
        "results": results,
        "literal_address": search_page.address(parameters, literal="true"),
        "meant_address": search_page.address(parameters, q=results.asked.did_you_mean, literal=None),
        "promoted": [search_page.shown(hit) for hit in results.promoted],
        "found": [search_page.shown(hit) for hit in results.hits],
        "click_token": query_log.click_token(results.query),
        "tabs": search_page.tabs(results, parameters),
        "panels": panels,
        "filters": search_page.unseen_filters(panels, parameters),
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
