"""/api/v1/site/: whose portal this is, and its menu."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from wagtail.models import Page, Site

from api.caching import cached, of
from api.content import examples
from api.content.described import FIELDS, NOT_FOUND, example, operation
from api.content.question import of_detail
from api.content.serializers import LinkSerializer, Sparse
from api.content.views import related_to, shape
from api.errors import NO_CACHE
from home.models import Navigation, SiteSettings


@extend_schema_field({"type": "string"})
class EntryURLField(serializers.Field):
    """Where an entry of the menu leads."""

    def collect(self, values: list[Any]) -> None:
        self.context["related"].want_pages(entry["page_id"] for entry in values if entry["page_id"])

    def to_representation(self, value: Any) -> str:
        link = self.context["related"].link(value["page_id"])
        return link["url"] if link else value["url"]


class MenuLinkSerializer(Sparse):
    label = serializers.CharField()  # type: ignore[assignment]
    url = EntryURLField(source="*", help_text="Where it leads; empty for a heading over others.")
    page = LinkSerializer(source="page_id", allow_null=True, help_text="The page there; null elsewhere.")


class Menu(serializers.ListSerializer[Any]):
    """Entries of a menu."""

    child: Any

    def collect(self, values: list[Any]) -> None:
        self.child.collect([entry for entries in values for entry in entries])


class MenuItemSerializer(MenuLinkSerializer):
    children = Menu(child=MenuLinkSerializer(), help_text="The entries below it.")


class SiteSerializer(Sparse):
    """The portal itself."""

    name = serializers.CharField()
    owner = serializers.CharField(help_text="The body responsible for the portal.")
    address = serializers.CharField()
    phone = serializers.CharField()
    email = serializers.CharField()
    footer_text = serializers.CharField(help_text="Plain text, a line each.")
    url = serializers.URLField()
    home = LinkSerializer(allow_null=True, help_text="The home page.")
    navigation = Menu(child=MenuItemSerializer(), help_text="The menu, as readers see it.")


class SiteView(APIView):
    kind = "site"

    @operation(
        "get_site",
        "Get the portal's settings and menu",
        SiteSerializer,
        tags=["site"],
        examples=[example("The portal", examples.SITE)],
        parameters=[FIELDS],
        responses=NOT_FOUND,
    )
    @cached(of(SiteSettings, Navigation, Page, Site))
    def get(self, request: Request) -> Response:
        fields = of_detail(request.query_params, SiteSerializer)
        site = Site.find_for_request(request)
        if site is None:
            raise Http404
        related = related_to(request)
        return Response(
            shape(SiteSerializer, fields).shown([_values(site, related.base)], related)[0], headers=NO_CACHE
        )


def _values(site: Site, base: str) -> dict[str, Any]:
    settings = SiteSettings.for_site(site)
    return {
        "name": settings.name or site.site_name or site.hostname,
        **{name: getattr(settings, name) for name in ("owner", "address", "phone", "email", "footer_text")},
        "url": f"{base}/",
        "home": site.root_page_id,
        "navigation": [_entry(entry) for entry in Navigation.for_site(site).entries()],
    }


def _entry(entry: Any) -> dict[str, Any]:
    return {
        "label": entry.label,
        "url": entry.url,
        "page_id": entry.page.pk if entry.page else None,
        "children": [_entry(child) for child in entry.children],
    }
