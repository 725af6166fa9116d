"""What has been published, changed or removed, for apps that keep a copy."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from wagtail.models import Page

from api import examples
from api.caching import cached
from api.content.kinds import api_path, models
from api.keys.models import Scope
from api.search import PROBLEMS
from api.serializers import AbsoluteURLField
from api.shapes import Shape
from search import changes, sequencer, stamps
from search.changes import Change
from search.models import PageChange
from search.parameters import MAX_PAGE_SIZE, BadParameters, page_size, read_values, several, single, unknown
from search.queries import BadQuery
from search.stamps import State

PARAMETERS = ("since", "type", "page_size")
_SALT = "api.changes"


@dataclass(frozen=True)
class Place:
    """How far an app has read: the number and time of the last change told, and the last number when it began."""

    position: int
    told_at: str
    began: int
    types: tuple[str, ...]

    def cursor(self) -> str:
        """Signed, and good for ever: no change is forgotten, an older one of a page only gives way to its newest."""
        return signing.dumps([self.position, self.told_at, self.began, self.types], salt=_SALT)

    def after(self, told: list[Change]) -> "Place":
        if not told:
            return self
        return Place(told[-1].seq, told[-1].changed_at.isoformat(), self.began, self.types)


class PageTypeSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(help_text="Stable as long as the page exists.")
    type = serializers.CharField(help_text="The kind of page, such as `article`.")


class ChangeSerializer(PageTypeSerializer):
    kind = serializers.ChoiceField(
        PageChange.Kind.choices,
        help_text=(
            "`published`: new to you. `changed`: something about it, or about what it shows of others, is different. "
            "`removed`: nobody may open it any more; forget it."
        ),
    )
    changed_at = serializers.DateTimeField(allow_null=True, help_text="When it was noticed; null if removed.")
    api_url = AbsoluteURLField(allow_null=True, help_text="The page in this API; null if removed.")


class ChangesSerializer(serializers.Serializer[Any]):
    results = ChangeSerializer(many=True, help_text="The oldest change first, and no page twice.")
    next = AbsoluteURLField(help_text="Where to go on, now or, when nothing is left, later. Never null: keep it.")
    more = serializers.BooleanField(help_text="Whether more changes wait already.")


CHANGES = Shape(ChangesSerializer)


def state(view: Any, request: Request, arguments: Mapping[str, Any]) -> State:
    """What has been numbered, and the pages: one that is not public any more is told of as removed at once."""
    last, pages = sequencer.last(), stamps.read([Page])
    return replace(pages, versions={**pages.versions, "sequence": last})


class ChangesView(APIView):
    scope = Scope.CHANGES

    @extend_schema(
        operation_id="changes",
        summary="What was published, changed or removed",
        description=(
            "For apps that keep a copy. Begin without `since`: everything public is told of as published. Apply each "
            "change, follow `next` while there is `more`, keep the last `next` and ask it again later. Nobody who "
            "does so misses a page, however many editors write at once. Of each page only the newest state is told; "
            "the same one may be told twice. A cursor does not age. After a backup of the portal has been restored, "
            "cursors from the time since are refused: begin again."
        ),
        tags=["changes"],
        parameters=[
            OpenApiParameter("since", description="How far you have read: follow `next`. Without it, from the start."),
            OpenApiParameter(
                "type",
                {"type": "array", "items": {"type": "string", "enum": sorted(models())}},
                description="Only pages of this kind. Repeat it for several. A cursor fits only its own kinds.",
                style="form",
                explode=True,
            ),
            OpenApiParameter(
                "page_size",
                {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE},
                default=MAX_PAGE_SIZE,
                description="How many changes to send at most.",
            ),
        ],
        examples=[examples.CHANGES],
        responses={200: OpenApiResponse(ChangesSerializer, "A page of changes."), **PROBLEMS},
    )
    @cached(state)
    def get(self, request: Request) -> Response:
        place, size = _asked(request.query_params)
        found = changes.since(place.position, size + 1, types=place.types, began=place.began)
        told = found[:size]
        parameters = request.query_params.copy()
        parameters["since"] = place.after(told).cursor()
        answer = {
            "results": [_shown(change) for change in told],
            "next": f"{request.path}?{parameters.urlencode()}",
            "more": len(found) > size,
        }
        return CHANGES.answer(answer, request)


def _shown(change: Change) -> dict[str, Any]:
    removed = change.kind == PageChange.Kind.REMOVED
    return {
        "id": change.page_id,
        "type": change.type,
        "kind": change.kind,
        "changed_at": None if removed else change.changed_at,
        "api_url": None if removed else api_path(change.type, change.page_id),
    }


def _asked(parameters: QueryDict) -> tuple[Place, int]:
    """Where to go on, and how many changes to tell. Raises BadParameters."""
    fields = {"since": single, "type": _types, "page_size": page_size}
    values, errors = read_values(parameters, fields)
    errors += unknown(parameters, PARAMETERS)
    types = values.get("type", ())
    place = Place(0, "", sequencer.last(), types)
    if "since" in values and not errors:
        try:
            place = _place(values["since"], types)
        except BadQuery as error:
            errors.append(error)
    if errors:
        raise BadParameters(*errors)
    return place, values.get("page_size", MAX_PAGE_SIZE)


def _types(name: str, values: list[str]) -> tuple[str, ...]:
    chosen, known = several(name, values), models()
    if set(chosen) - known.keys():
        raise BadQuery(name, _("Choose from: %(names)s.") % {"names": ", ".join(sorted(known))})
    return tuple(sorted(chosen))


def _place(cursor: str, types: tuple[str, ...]) -> Place:
    try:
        position, told_at, began, cursor_types = signing.loads(cursor, salt=_SALT)
    except signing.BadSignature:
        raise BadQuery("since", _("This cursor was not issued here, or it has been changed.")) from None
    if tuple(cursor_types) != types:
        raise BadQuery("since", _("This cursor belongs to another query."))
    if position and not changes.is_history(position, datetime.fromisoformat(told_at)):
        raise BadQuery("since", _("The portal has gone back to an older state since. Begin again without a cursor."))
    return Place(position, told_at, began, types)
