"""What groups may do: on pages, on collections of pictures and files, and with models."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page


def let_into_the_admin(group: Group) -> None:
    """Without this the group's people do not get past the login."""
    group.permissions.add(_permission("wagtailadmin", "access_admin"))


def on_pages(group: Group, page: Page, actions: Iterable[str]) -> None:
    """Let the group do `actions` (`add`, `publish`, …) on the page and all below it."""
    for action in actions:
        permission = _permission("wagtailcore", f"{action}_page")
        GroupPagePermission.objects.create(group=group, page=page, permission=permission)


def on_collection(group: Group, collection: Collection, names: Iterable[str]) -> None:
    """Let the group do what permissions like `add_image` say, in the collection and all below it."""
    for name in names:
        permission = _permission("core", name)
        GroupCollectionPermission.objects.create(group=group, collection=collection, permission=permission)


def with_models(group: Group, app: str, names: Iterable[str]) -> None:
    """Let the group do what permissions like `change_synonym` of an app say."""
    group.permissions.add(*(_permission(app, name) for name in names))


def _permission(app: str, name: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=name)
