"""What a new page begins with: the editor as author, and his school."""

from typing import Any

from wagtail.models import Page
from wagtail.signals import init_new_page

from cms.events.models import EventPage
from cms.news.models import ArticleAuthor, ArticlePage, ArticleSchool
from cms.people.models import PersonPage
from cms.schools.models import SchoolPage


def connect() -> None:
    """Connect everything; called once, when the apps are ready."""
    init_new_page.connect(_begin, dispatch_uid="editing.begin")


def _begin(page: Page, parent: Page, **kwargs: Any) -> None:
    school = _school(page.owner, parent)
    if isinstance(page, ArticlePage):
        page.authors = [author for author in [_author(page.owner)] if author]
        page.schools = [ArticleSchool(school=school)] if school else []
    elif isinstance(page, EventPage):
        page.host = school


def _school(user: Any, parent: Page) -> SchoolPage | None:
    """The school that the page will stand below; else the one that the editor works for, if it is one."""
    if above := SchoolPage.objects.ancestor_of(parent, inclusive=True).first():
        return above
    own = SchoolPage.objects.filter(groups__group__in=user.groups.all()).distinct()[:2]
    return own[0] if len(own) == 1 else None


def _author(user: Any) -> ArticleAuthor | None:
    """The editor as printed: family name first, with title and post where he has a page of his own."""
    name = f"{user.last_name} {user.first_name}".strip()
    pages = list(PersonPage.objects.live().filter(title=name)[:2]) if name else []
    if len(pages) != 1:
        return ArticleAuthor(name=name) if name else None
    post = pages[0].posts.filter(until=None).first()
    return ArticleAuthor(name=pages[0].full_name, post=post.description if post else "", person=pages[0])
