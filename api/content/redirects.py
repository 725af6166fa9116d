"""/api/v1/redirects/, and /api/v1/pages/find/: where an address of the site leads."""

from typing import Any
from urllib.parse import urljoin, urlsplit

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from api.caching import cached, of
from api.content import examples, filters, orders
from api.content.described import NOT_FOUND, described, example, operation
from api.content.related import Related
from api.content.serializers import LinkSerializer, Sparse
from api.content.views import ListViewSet, related_to, shape
from api.errors import NO_CACHE
from search import parameters
from search.parameters import BadParameters
from search.queries import BadQuery

_MAX_PATH = 2_000  # characters


@extend_schema_field({"type": "string", "format": "uri"})
class TargetField(serializers.Field):
    """Where a redirect leads."""

    def collect(self, values: list[Any]) -> None:
        self.context["related"].want_pages(item.redirect_page_id for item in values if item.redirect_page_id)

    def to_representation(self, value: Any) -> str:
        return target(value, self.context["related"])


class RedirectSerializer(Sparse):
    """An address that leads elsewhere."""

    id = serializers.IntegerField(source="pk")
    old_path = serializers.CharField(help_text="Without the slash at the end; with a query, if that counts.")
    to = TargetField(source="*", help_text="Where it leads.")
    page = LinkSerializer(source="redirect_page_id", allow_null=True, help_text="The page there; null elsewhere.")
    is_permanent = serializers.BooleanField()
    created_at = serializers.DateTimeField(allow_null=True)


@described("redirect", "redirects", "By their paths, unless sorted otherwise.", examples.REDIRECT)
class RedirectViewSet(ListViewSet):
    kind = "redirect"
    made_of = (Redirect, Page)
    serializer = RedirectSerializer
    filters = (
        filters.ids(),
        filters.texts("old_path", "old_path", "Only from this path, such as `/tin-cu`."),
        filters.linked("page", lambda keys: Q(redirect_page__in=keys), "Only to the page with this id."),
        filters.flag("is_permanent", Q(is_permanent=True), "Only permanent ones, or only others."),
        *filters.moments("created_at", "created_at", "was made"),
    )
    orders = (*orders.both("old_path", "old_path"), *orders.both("created_at", "created_at", nullable=True))

    def public(self, related: Related) -> QuerySet[Any]:
        return public_redirects(related)


def public_redirects(related: Related) -> QuerySet[Redirect]:
    """Those that lead to something public, or out of the page tree."""
    there = Q(redirect_page__in=related.visible.pages(Page.objects.all()).values("pk"))
    return Redirect.objects.filter(there | Q(redirect_page=None) & ~Q(redirect_link=""))


def target(redirect: Redirect, related: Related) -> str:
    """The whole address that a public redirect leads to."""
    if link := related.link(redirect.redirect_page_id):
        route = redirect.redirect_page_route_path
        return f"{link['url'].rstrip('/')}{route}" if route else link["url"]
    return urljoin(f"{related.base}/", redirect.redirect_link)


class FoundRedirectSerializer(serializers.Serializer[Any]):
    to = TargetField(source="*", help_text="Where the path leads.")
    is_permanent = serializers.BooleanField()


class FoundSerializer(Sparse):
    """What stands at a path of the site."""

    page = LinkSerializer(allow_null=True, help_text="The page there, or where the path leads; null elsewhere.")
    redirect = FoundRedirectSerializer(allow_null=True, help_text="Null where the page stands at the path itself.")

    def get_fields(self) -> dict[str, serializers.Field]:
        fields = super().get_fields()
        for field in fields.values():
            field.required = True
        return fields


class FindView(APIView):
    kind = "page"

    @operation(
        "find_page",
        "Find a page by its path on the site",
        FoundSerializer,
        tags=["pages"],
        examples=[example("An old path", examples.FOUND)],
        description="For apps that open links of the site. An old path that leads elsewhere says so in `redirect`.",
        parameters=[
            OpenApiParameter(
                "html_path",
                {"type": "string", "minLength": 1, "maxLength": _MAX_PATH},
                required=True,
                description="The path, such as `/tin-tuc/`, with its query if that is part of an old address.",
                examples=[OpenApiExample("/", value="/")],
            )
        ],
        responses=NOT_FOUND,
    )
    @cached(of(Redirect, Page, Site))
    def get(self, request: Request) -> Response:
        path = _path(request)
        related = related_to(request)
        page_id, redirect = _page_at(path, related), None
        if page_id is None:
            redirect = _redirect_from(path, request, related)
            page_id = redirect.redirect_page_id
        found = shape(FoundSerializer, ()).shown([{"page": page_id, "redirect": redirect}], related)
        return Response(found[0], headers=NO_CACHE)


def _path(request: Request) -> str:
    """The path asked for. Raises BadParameters."""
    values, errors = parameters.read_values(request.query_params, {"html_path": parameters.single})
    errors += parameters.unknown(request.query_params, ("html_path",))
    path = values.get("html_path", "")
    if not path and not errors:
        errors.append(BadQuery("html_path", _("Give the path of a page, such as /tin-tuc/.")))
    if len(path) > _MAX_PATH:
        errors.append(BadQuery("html_path", _("Use at most %(limit)d characters.") % {"limit": _MAX_PATH}))
    if errors:
        raise BadParameters(*errors)
    return path


def _page_at(path: str, related: Related) -> int | None:
    inside = urlsplit(path).path.strip("/")
    pages = related.visible.pages(Page.objects.all())
    if not inside:
        return pages.filter(path__in=related.visible.roots).values_list("pk", flat=True).first()
    # By the slug first, as the whole path has no index.
    named = pages.filter(slug=inside.rpartition("/")[2], url_path__in=[f"{root}{inside}/" for root in related.roots])
    return named.values_list("pk", flat=True).first()


def _redirect_from(path: str, request: Request, related: Related) -> Redirect:
    """As the site answers it: the whole path first, then without its query. Raises Http404."""
    candidates = [Redirect.normalise_path(path), Redirect.normalise_path(urlsplit(path).path)]
    site = Site.find_for_request(request)
    of_site = public_redirects(related).filter(Q(site=site) | Q(site=None), old_path__in=candidates)
    found = sorted(of_site, key=lambda item: (candidates.index(item.old_path), item.site_id is None))
    if not found:
        raise Http404
    return found[0]
