"""The roles of the whole portal: groups with what each may do, made once and then the administrators'."""

from django.contrib.auth.models import Group, Permission
from django.utils.text import capfirst
from wagtail.models import Collection, Page, Site

from cms.core import granting
from cms.roles.models import PortalGroup
from cms.schools.groups import COLLECTION_PERMISSIONS, PAGE_PERMISSIONS, SEARCH_PERMISSIONS
from cms.schools.models import SchoolGroup

Role = PortalGroup.Role

# What the same role of a school may do on its pages, these may on all.
_LIKE_A_SCHOOLS = {
    Role.CONTRIBUTOR: SchoolGroup.Role.CONTRIBUTOR,
    Role.EDITOR: SchoolGroup.Role.EDITOR,
    Role.EDITOR_IN_CHIEF: SchoolGroup.Role.EDITOR_IN_CHIEF,
}
# Beside what a school's editors in chief may: what is one for the whole portal.
_PORTAL_WIDE = {
    "taggit": [f"{act}_tag" for act in ("add", "change", "delete")],
    "wagtailredirects": [f"{act}_redirect" for act in ("add", "change", "delete")],
    "home": ["change_navigation"],
}
_COLLECTIONS = tuple(f"{act}_{model}" for act in ("add", "change", "choose") for model in ("image", "document"))


def portal_page() -> Page | None:
    """The home page, below which everything stands; None before there is one."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    return site.root_page if site else None


def set_up(home: Page) -> None:
    """Make the groups that have never been made."""
    known = set(PortalGroup.objects.values_list("role", flat=True))
    for role in Role:
        if role not in known:
            _make(role, home)


def _make(role: Role, home: Page) -> None:
    """A group of that name that is there already is taken as it is: somebody has thought about it."""
    group, is_new = Group.objects.get_or_create(name=capfirst(role.label))
    PortalGroup.objects.create(role=role, group=group)
    if not is_new:
        return
    granting.let_into_the_admin(group)
    if role is Role.SYSTEM_ADMINISTRATOR:
        _let_do_everything(group)
    else:
        _let_do_as_in_a_school(group, role, home)


def _let_do_as_in_a_school(group: Group, role: Role, home: Page) -> None:
    alike = _LIKE_A_SCHOOLS[role]
    granting.on_pages(group, home, PAGE_PERMISSIONS[alike])
    granting.on_collection(group, Collection.get_first_root_node(), COLLECTION_PERMISSIONS[alike])
    granting.with_models(group, "search", SEARCH_PERMISSIONS.get(alike, ()))
    if role is Role.EDITOR_IN_CHIEF:
        for app, names in _PORTAL_WIDE.items():
            granting.with_models(group, app, names)


def _let_do_everything(group: Group) -> None:
    group.permissions.set(Permission.objects.all())
    granting.on_pages(group, Page.get_first_root_node(), PAGE_PERMISSIONS[SchoolGroup.Role.ADMINISTRATOR])
    granting.on_collection(group, Collection.get_first_root_node(), _COLLECTIONS)
