"""Webhooks in the description of the API: what receivers get."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, OpenApiWebhook, extend_schema
from rest_framework import serializers

from api.changes import PageTypeSerializer
from search.models import PageChange

EVENTS = [f"page.{kind}" for kind in PageChange.Kind.values]


class MessageDataSerializer(PageTypeSerializer):
    api_url = serializers.URLField(allow_null=True, help_text="The page in this API; null if removed.")
    seq = serializers.IntegerField(help_text="Of two messages about a page the one with the higher number is newer.")


class MessageSerializer(serializers.Serializer[Any]):
    """What became of a page. Not a word of the page itself, which may be closed by the time this arrives."""

    type = serializers.ChoiceField(EVENTS)
    timestamp = serializers.DateTimeField(help_text="When it was noticed.")
    data = MessageDataSerializer()  # type: ignore[assignment]


page_events = OpenApiWebhook(
    name="page",
    decorator=extend_schema(
        summary="A page was published, changed or removed",
        description=(
            "Sent to the receivers that the portal's administrators have made, signed by the Standard Webhooks scheme "
            "(`webhook-id`, `webhook-timestamp`, `webhook-signature`). Answer 2xx within 15 seconds; anything else is "
            "tried again for a day. The same message may come twice."
        ),
        tags=["changes"],
        request=MessageSerializer,
        responses={"2XX": OpenApiResponse(description="Received.")},
        examples=[
            OpenApiExample(
                "A new article",
                value={
                    "type": "page.published",
                    "timestamp": "2023-11-10T14:28:01+07:00",
                    "data": {
                        "id": 123,
                        "type": "article",
                        "api_url": "https://truong.example/api/v1/articles/123/",
                        "seq": 4711,
                    },
                },
            )
        ],
    ),
)
