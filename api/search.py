"""Search and suggestions: read the parameters, ask the service, shape the answer."""

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import examples
from api.caching import cached, of_search, unkept
from api.errors import MEDIA_TYPE
from api.keys.models import Scope
from api.parameters import SEARCH, SUGGEST
from api.serializers import ProblemSerializer, SearchResultsSerializer, SuggestionsSerializer
from api.shapes import Shape
from search import query_log, service
from search.parameters import search_query, suggest_text

PROBLEMS = {
    (304, MEDIA_TYPE): OpenApiResponse(
        None, "Nothing has changed since the answer whose `ETag` is in `If-None-Match`."
    ),
    (400, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, "A parameter is unknown or wrong; `errors` names each."),
    (401, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, "The key is unknown, revoked or expired, or one is needed."),
    (403, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, "The key lacks the scope that this needs."),
    (406, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, "`Accept` leaves out JSON."),
    (429, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, "Too many requests; `Retry-After` says when to go on."),
    (500, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, "Our fault; it has been logged."),
}


RESULTS = Shape(SearchResultsSerializer)
SUGGESTIONS = Shape(SuggestionsSerializer)


class SearchView(APIView):
    scope = Scope.SEARCH

    @extend_schema(
        operation_id="search",
        summary="Search everything public",
        description=(
            "Finds pages whatever way their words are typed: with accents, without, in old or new spelling. "
            "Without `q` it lists what fits the filters, newest first. The facets narrow each other, the values of one "
            "facet widen it. Empty parameters count as absent, unknown ones are refused. What is unpublished or "
            "made private is gone from the next answer on. Paging ends after 10,000 results."
        ),
        tags=["search"],
        parameters=SEARCH,
        examples=[examples.SEARCH, examples.BAD_PARAMETERS],
        responses={200: OpenApiResponse(SearchResultsSerializer, "A page of results."), **PROBLEMS},
    )
    @cached(of_search)
    def get(self, request: Request) -> Response:
        results = service.search(search_query(request.query_params))
        query_log.asked(request._request, results)
        answer = RESULTS.answer(results, request)
        return unkept(answer) if results.degraded else answer


class SuggestView(APIView):
    scope = Scope.SEARCH

    @extend_schema(
        operation_id="suggest",
        summary="Complete what a reader is typing",
        description=(
            "Public pages whose titles go on from what has been typed. Those of one type stand together, "
            "the type of the best first."
        ),
        tags=["search"],
        parameters=SUGGEST,
        examples=[examples.SUGGEST, examples.BAD_PARAMETERS],
        responses={200: OpenApiResponse(SuggestionsSerializer, "The suggestions, at most eight."), **PROBLEMS},
    )
    @cached(of_search)
    def get(self, request: Request) -> Response:
        text = suggest_text(request.query_params)
        suggestions = service.suggest(text)
        answer = SUGGESTIONS.answer({"query": text, "suggestions": suggestions}, request)
        # There are none while the index does not answer, either.
        return unkept(answer) if text and not suggestions else answer
