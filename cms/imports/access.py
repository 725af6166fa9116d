"""Who may import: whoever may publish in the section."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import QuerySet
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.imports.models import Import
from cms.news.models import NewsIndexPage

User = AbstractBaseUser | AnonymousUser


def sections_of(user: User) -> QuerySet[NewsIndexPage]:
    """The sections that the user may publish new articles in, as they stand in the tree."""
    policy = PagePermissionPolicy()
    published = policy.instances_user_has_permission_for(user, "publish")
    added = policy.instances_user_has_permission_for(user, "add")
    both = NewsIndexPage.objects.filter(pk__in=published.values("pk")).filter(pk__in=added.values("pk"))
    return both.order_by("path")


def may_publish_in(user: User | None, section: Page | None) -> bool:
    """Whether the user may bring articles into the section."""
    if user is None or section is None or not user.is_active:
        return False
    rights = section.permissions_for_user(user)
    return rights.can_add_subpage() and rights.can_publish_subpage()


def may_change(user: User | None, page: Page) -> bool:
    """Whether the user may publish a page that is there already, or take it away."""
    return bool(user and user.is_active and page.permissions_for_user(user).can_publish())


def may_import(user: User) -> bool:
    """Whether there is any section for the user."""
    return user.is_authenticated and user.is_active and sections_of(user).exists()


def imports_for(user: User) -> QuerySet[Import]:
    """The imports that the user may see and do with as likes: all that went into sections of the user's.

    What went into a section that has been deleted since is the administrators'.
    """
    if user.is_active and user.is_superuser:
        return Import.objects.all()
    return Import.objects.filter(section__in=sections_of(user).values("pk"))
