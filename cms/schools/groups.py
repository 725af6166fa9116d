"""Who may do what on a school's pages: its groups, their permissions on its subtree, its pictures and files."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import translation
from wagtail.models import Collection

from cms.core import granting
from cms.schools.models import SchoolGroup, SchoolPage

Role = SchoolGroup.Role

# On the school's page and all below it. `add` alone lets people edit what they have made themselves.
PAGE_PERMISSIONS = {
    Role.CONTRIBUTOR: ("add",),
    Role.EDITOR: ("add", "change"),
    Role.EDITOR_IN_CHIEF: ("add", "change", "publish", "lock", "unlock"),
    Role.ADMINISTRATOR: ("add", "change", "publish", "lock", "unlock", "bulk_delete"),
}
# On the school's collection of pictures and files.
_CONTRIBUTE = ("add_image", "choose_image", "add_document", "choose_document")
COLLECTION_PERMISSIONS = {
    role: _CONTRIBUTE + (() if role is Role.CONTRIBUTOR else ("change_image", "change_document")) for role in Role
}
# On the portal's search: what readers ask, and what is laid down about it.
_LAID_DOWN = ("pin", "synonym", "relevancetest")
_SEARCH = ("view_askedquery", *(f"{act}_{model}" for model in _LAID_DOWN for act in ("add", "change", "delete")))
SEARCH_PERMISSIONS = {Role.EDITOR_IN_CHIEF: _SEARCH, Role.ADMINISTRATOR: _SEARCH}
_MAX_NAME = Group._meta.get_field("name").max_length


@transaction.atomic
def set_up(school: SchoolPage) -> None:
    """Make the groups that the school lacks, with a collection for its pictures and files; name all groups after it."""
    with translation.override(settings.LANGUAGE_CODE):
        there = SchoolGroup.objects.filter(school=school).select_related("group")
        groups = {known.role: known.group for known in there}
        missing = [role for role in Role if role not in groups]
        for role, group in groups.items():
            _rename(group, _name(school, Role(role)))
        if missing:
            collection = _collection(school)
            for role in missing:
                _make(school, role, collection)


def take_down(school: SchoolPage) -> None:
    """Delete the groups of a school that is deleted; its pictures and files stay, other pages may show them."""
    Group.objects.filter(pk__in=SchoolGroup.objects.filter(school=school).values("group")).delete()


def _make(school: SchoolPage, role: Role, collection: Collection) -> None:
    group = Group.objects.create(name=_name(school, role))
    SchoolGroup.objects.create(school=school, role=role, group=group)
    granting.let_into_the_admin(group)
    granting.with_models(group, "search", SEARCH_PERMISSIONS.get(role, ()))
    granting.on_pages(group, school, PAGE_PERMISSIONS[role])
    granting.on_collection(group, collection, COLLECTION_PERMISSIONS[role])


def _collection(school: SchoolPage) -> Collection:
    name = school.title[: Collection._meta.get_field("name").max_length]
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=name).first() or root.add_child(name=name)


def _rename(group: Group, name: str) -> None:
    if group.name != name:
        group.name = name
        group.save()


def _name(school: SchoolPage, role: Role) -> str:
    """`Trường Chính trị tỉnh Vân Sơn – biên tập viên`; with the page's number where that is another group's."""
    label = f" – {role.label}"
    name = f"{school.title[: _MAX_NAME - len(label)]}{label}"
    others = Group.objects.filter(name=name).exclude(pk__in=SchoolGroup.objects.filter(school=school).values("group"))
    return f"{school.title[: _MAX_NAME - len(label) - 12]}{label} {school.pk}" if others.exists() else name
