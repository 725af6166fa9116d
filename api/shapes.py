"""Answers in the shape that a serializer describes, without making the serializer anew for each."""

from threading import local
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from api.errors import NO_CACHE


class Shape(local):
    """A serializer for the answers of one endpoint: one for each thread, since its fields hold the request.

    A serializer copies all its fields when it is made; for a page of results that took longer than the search.
    """

    def __init__(self, serializer: type[Serializer[Any]]) -> None:
        self._context: dict[str, Any] = {}
        self._serializer = serializer(context=self._context)

    def answer(self, value: object, request: Request) -> Response:
        self._context["request"] = request
        return Response(self._serializer.to_representation(value), headers=NO_CACHE)
