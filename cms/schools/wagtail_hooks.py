"""A new school gets its sections at once, so that its people can begin; a cluster gets the roles of its next year."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from cms.core import page_actions
from cms.documents.models import DocumentIndexPage
from cms.events.models import EventIndexPage
from cms.news.models import NewsIndexPage
from cms.people.models import PersonIndexPage
from cms.schools.desk import ComingYearItem
from cms.schools.models import SchoolPage


@hooks.register("after_create_page")
def make_sections(request: HttpRequest, page: Page) -> None:
    """News, events, people and documents below a school that has just been made in the admin."""
    if isinstance(page, SchoolPage):
        add_sections(page)


def add_sections(school: SchoolPage) -> None:
    """Make the sections; they are live, and shown as soon as the school is."""
    for model, title, slug in (
        (NewsIndexPage, _("News"), "tin-tuc"),
        (EventIndexPage, _("Events"), "su-kien"),
        (PersonIndexPage, _("People"), "can-bo-giang-vien"),
        (DocumentIndexPage, _("Official documents"), "van-ban"),
    ):
        school.add_child(instance=model(title=title, slug=slug))


page_actions.register(ComingYearItem, "clusters/<int:page_id>/coming-year/")
