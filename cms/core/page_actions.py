"""What the admin can do with one page of the site, beside Wagtail's own actions: a button, and a form that asks."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.views.generic import FormView
from wagtail import hooks
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page


class PageAction(WagtailAdminTemplateMixin, FormView):
    """The form of an action; whoever may not do it is told so, also when asking directly."""

    model: ClassVar[type[Page]]
    template_name = "core/page_action.html"

    @staticmethod
    def is_allowed(page: Page, user: Any) -> bool:
        """Whether the user may do it with this page; the button asks the same."""
        raise NotImplementedError

    @cached_property
    def page(self) -> Any:
        """The page as editors see it: with the changes that are not published yet."""
        return get_object_or_404(self.model, pk=self.kwargs["page_id"]).get_latest_revision_as_object()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.is_allowed(self.page, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The page stands before its action; the admin's first page before both."""
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        own = {"url": edit, "label": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, own, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"page": self.page}


class PageActionItem(PageMenuItem):
    """The button of an action, in the menus of pages of its type."""

    view: ClassVar[type[PageAction]]

    def is_shown(self, user: Any) -> bool:
        return self.view.is_allowed(self.page, user)

    @classmethod
    def of(cls, page: Page, **options: Any) -> Iterator["PageActionItem"]:
        """The button, where the page is of the action's type."""
        if issubclass(page.specific_class or Page, cls.view.model):
            yield cls(page=page, **options)


def register(item: type[PageActionItem], address: str) -> None:
    """Give the action its address in the admin, and its button in the explorer and on the page."""

    def addresses() -> list[Any]:
        return [path(address, item.view.as_view(), name=item.url_name)]

    def in_the_explorer(page: Page, user: Any, next_url: str | None = None) -> Iterator[PageActionItem]:
        yield from item.of(page, priority=21)  # after Wagtail's own copying

    def on_the_page(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[PageActionItem]:
        yield from item.of(page, priority=31)

    hooks.register("register_admin_urls", addresses)
    hooks.register("register_page_listing_more_buttons", in_the_explorer)
    hooks.register("register_page_header_buttons", on_the_page)
