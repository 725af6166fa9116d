"""The shapes of the answers, for the renderer and for the schema alike."""

from typing import Any

from rest_framework import serializers

from api.content.kinds import api_path
from search.documents import FACETS


class AbsoluteURLField(serializers.URLField):
    """A path from the site's root as a whole address, for apps have no page that it could be relative to."""

    def to_representation(self, value: str) -> str:
        return self.context["request"].build_absolute_uri(value)


class APIURLField(serializers.URLField):
    """Where this API has a page in full: what has a `type` and an `id`; null without an id."""

    def to_representation(self, value: Any) -> str | None:  # type: ignore[override]
        return value.id and self.context["request"].build_absolute_uri(api_path(value.type, value.id))


class CursorURLField(serializers.URLField):
    """A cursor as the address of the request, moved on to that place."""

    def to_representation(self, value: str) -> str:
        request = self.context["request"]
        parameters = request.query_params.copy()
        parameters["cursor"] = value
        return request.build_absolute_uri(f"?{parameters.urlencode()}")


class ThumbnailSerializer(serializers.Serializer[Any]):
    url = AbsoluteURLField()
    width = serializers.IntegerField(help_text="Pixels.")
    height = serializers.IntegerField(help_text="Pixels.")
    alt = serializers.CharField(help_text="What the picture shows, for those who cannot see it.")


class PageLinkSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    title = serializers.CharField()
    url = AbsoluteURLField()


class FilePassageSerializer(serializers.Serializer[Any]):
    title = serializers.CharField(help_text="The file's title as plain text.")
    url = AbsoluteURLField(help_text="The file itself.")
    page = serializers.IntegerField(
        allow_null=True, help_text="The page that the passage stands on, from 1; null where pages have no numbers."
    )
    text = serializers.CharField(help_text="The passage, escaped and marked like `body`.")


class HighlightsSerializer(serializers.Serializer[Any]):
    """HTML-escaped text in which `<mark>` surrounds what was searched for, safe to show as it is."""

    title = serializers.CharField()
    body = serializers.ListField(
        child=serializers.CharField(), help_text="The best passages, in the order of the text."
    )
    files = FilePassageSerializer(many=True, help_text="Passages of attached files that hold what was searched for.")


class ResultSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(help_text="Stable as long as the page exists.")
    type = serializers.CharField(help_text="The kind of page, such as `article`.")
    language = serializers.CharField(help_text="The language of the page (BCP 47), such as `vi`.")
    title = serializers.CharField(help_text="Plain text: escape it before it goes into HTML.")
    url = AbsoluteURLField(source="card.url", help_text="The page on the site.")
    api_url = APIURLField(source="*", help_text="The page in this API.")
    date = serializers.DateTimeField(
        allow_null=True, help_text="When it was published, with the offset of the site's time zone."
    )
    section = PageLinkSerializer(source="card.section", allow_null=True)
    schools = PageLinkSerializer(source="card.schools", many=True)
    summary = serializers.CharField(source="card.summary", help_text="Plain text, may be empty.")
    thumbnail = ThumbnailSerializer(source="card.thumbnail", allow_null=True)
    highlights = HighlightsSerializer()


class FacetCountSerializer(serializers.Serializer[Any]):
    value = serializers.CharField(help_text="What to send as the parameter of this facet's name.")
    label = serializers.CharField(help_text="What to show to people.")  # type: ignore[assignment]
    count = serializers.IntegerField(help_text="How many results the value has.")


class FacetsSerializer(serializers.Serializer[Any]):
    """The facets that were asked for, the most frequent value first.

    A facet's counts ignore its own filter, so that a reader sees what widening the choice would bring.
    """

    def get_fields(self) -> dict[str, serializers.Field]:
        return {name: FacetCountSerializer(many=True, required=False) for name in FACETS}


class AskedSerializer(serializers.Serializer[Any]):
    """What was asked, and what was understood."""

    text = serializers.CharField(help_text="The text searched for, as it was sent.")
    showing_results_for = serializers.CharField(
        allow_null=True, help_text="The corrected text whose results these are, if any; `literal=true` leads back."
    )
    did_you_mean = serializers.CharField(allow_null=True, help_text="A text that may have been meant, if any.")
    expanded = serializers.ListField(
        child=serializers.CharField(), help_text="What was searched for as well: long forms, synonyms."
    )


class SearchResultsSerializer(serializers.Serializer[Any]):
    query = AskedSerializer(source="asked")
    total = serializers.IntegerField(help_text="How many pages fit, on all pages of results together.")
    degraded = serializers.BooleanField(
        help_text="True while the index cannot be asked: found without its ranking and its view of accents."
    )
    results = ResultSerializer(many=True, source="hits")
    promoted = ResultSerializer(
        many=True,
        help_text=(
            "Pages that editors put first for this question, in their order; show them above the results of the first "
            "page. They may not hold its words, and are left out of `results`, which `total` and `facets` count as "
            "ever. None for a question that is filtered or sorted, and on later pages."
        ),
    )
    facets = FacetsSerializer()
    next = CursorURLField(allow_null=True, help_text="The next page of results; null on the last.")
    previous = CursorURLField(allow_null=True, help_text="The previous page of results; null on the first.")


class SuggestionSerializer(serializers.Serializer[Any]):
    type = serializers.CharField(
        help_text="The kind of page, such as `article`, or `query` for what other readers searched for and found."
    )
    type_label = serializers.CharField(help_text="The kind of page in the language of the request, a heading perhaps.")
    id = serializers.IntegerField(allow_null=True, help_text="The page; null for a `query`.")
    title = serializers.CharField(help_text="Plain text: escape it before it goes into HTML.")
    highlighted = serializers.CharField(
        help_text="The title as escaped HTML, with `<mark>` around what is being typed; safe to show as it is."
    )
    also = serializers.CharField(
        help_text="What else the page is called, marked like `highlighted`, where that is what is being typed: "
        "a document's number, a school's short name. Empty else."
    )
    url = AbsoluteURLField(help_text="The page on the site, or its results for a `query`.")
    api_url = APIURLField(source="*", allow_null=True, help_text="The page in this API; null for a `query`.")


class SuggestionsSerializer(serializers.Serializer[Any]):
    query = serializers.CharField(help_text="The text, as it was sent.")
    suggestions = SuggestionSerializer(many=True)


class ParameterErrorSerializer(serializers.Serializer[Any]):
    parameter = serializers.CharField(help_text="The name of the parameter that is wrong.")
    detail = serializers.CharField(help_text="Why, in the language of the request.")


class ProblemSerializer(serializers.Serializer[Any]):
    """An error as problem details (RFC 9457). `title` and `detail` follow `Accept-Language` (`vi`, `en`)."""

    type = serializers.CharField(help_text="Always `about:blank`: the status says what kind of problem it is.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = ParameterErrorSerializer(  # type: ignore[assignment]
        many=True, required=False, help_text="Every parameter that is wrong."
    )
