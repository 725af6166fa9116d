"""What a page is, for other people's search engines: schema.org in JSON-LD, with what anybody may see alone."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from PIL.Image import DecompressionBombError
from wagtail.models import Page, Site

from cms.core.models import Image
from cms.core.pictures import sizes_of
from cms.core.visibility import open_files, open_to_all
from cms.events.models import EventPage
from cms.news.models import ArticlePage
from cms.people.models import PersonPage, hide_private_schools
from cms.schools.models import SchoolPage
from home.models import HomePage
from home.serving.language import language_of
from home.surroundings import settings_of

Node = dict[str, Any]

COVER = "width-960|format-webp"  # the site shows it, too
MAX_HEADLINE = 110  # characters

# Signs that could end the element that the data stands in, as JSON writes them.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def of_page(page: Page, above: Iterable[Page], request: HttpRequest) -> str:
    """The page as JSON-LD, safe inside a `script` element; `above` are the pages over it, from the home page down."""
    describe = next((made for model, made in _DESCRIPTIONS.items() if isinstance(page, model)), None)
    nodes = [describe(page, request)] if describe else []
    nodes += [_breadcrumbs([*above, page], request)] if above else []
    if not nodes:
        return ""
    graph = {"@context": "https://schema.org", "@graph": nodes}
    return json.dumps(graph, ensure_ascii=False).translate(_ESCAPES)


def _breadcrumbs(pages: Iterable[Page], request: HttpRequest) -> Node:
    items = [
        {"@type": "ListItem", "position": place, "name": page.title, "item": page.get_full_url(request)}
        for place, page in enumerate(pages, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _article(page: ArticlePage, request: HttpRequest) -> Node:
    printed = list(page.authors.all())
    people = _public(PersonPage, (author.person_id for author in printed))
    authors = [
        _node("Person", name=author.name, jobTitle=author.post, url=_url(people.get(author.person_id), request))
        for author in printed
    ]
    return _node(
        "NewsArticle",
        mainEntityOfPage=_url(page, request),
        headline=page.title[:MAX_HEADLINE],
        description=page.summary,
        image=_image(page.cover, request),
        datePublished=_moment(page.published_at),
        dateModified=_moment(page.last_published_at),
        inLanguage=language_of(page),
        keywords=[tag.name for tag in page.search_tags()],
        author=authors,
        publisher=_publisher(request),
    )


def _event(page: EventPage, request: HttpRequest) -> Node:
    host = _public(SchoolPage, [page.host_id]).get(page.host_id)
    moment = _day if page.is_all_day else _moment
    return _node(
        "Event",
        name=page.title,
        url=_url(page, request),
        description=page.summary,
        image=_image(page.cover, request),
        startDate=moment(page.starts_at),
        endDate=moment(page.ends_at),
        eventStatus="https://schema.org/EventScheduled",
        location=_node("Place", name=page.venue, address=page.venue) if page.venue else None,
        organizer=_node("EducationalOrganization", name=host.title, url=_url(host, request)) if host else None,
    )


def _school(page: SchoolPage, request: HttpRequest) -> Node:
    contacts = [
        _node("ContactPoint", contactType=contact.label, telephone=contact.phone, email=contact.email)
        for contact in page.contacts.all()
    ]
    return _node(
        "EducationalOrganization",
        name=page.title,
        alternateName=page.names[1:],
        url=_url(page, request),
        sameAs=page.website,
        description=page.summary,
        image=_image(page.cover, request),
        address=[address.address for address in page.addresses.all()],
        contactPoint=contacts,
    )


def _person(page: PersonPage, request: HttpRequest) -> Node:
    now = [post for post in page.posts.select_related("school") if post.until is None]
    schools = [post.school for post in hide_private_schools(now) if post.school]
    return _node(
        "Person",
        name=page.title,
        honorificPrefix=page.academic_title,
        url=_url(page, request),
        description=page.summary,
        image=_image(page.cover, request),
        jobTitle=[post.role for post in now],
        worksFor=[_node("EducationalOrganization", name=school.title, url=_url(school, request)) for school in schools],
    )


def _home(page: HomePage, request: HttpRequest) -> Node:
    search = request.build_absolute_uri(reverse("search"))
    return _node(
        "WebSite",
        name=settings_of(Site.find_for_request(request)).name or page.title,
        url=_url(page, request),
        inLanguage=language_of(page),
        publisher=_publisher(request),
        potentialAction={
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    )


# The first that fits a page describes it.
_DESCRIPTIONS: Mapping[type[Page], Callable[[Any, HttpRequest], Node]] = {
    ArticlePage: _article,
    EventPage: _event,
    SchoolPage: _school,
    PersonPage: _person,
    HomePage: _home,
}


def _publisher(request: HttpRequest) -> Node | None:
    """The body responsible for the portal, as its settings name it."""
    settings = settings_of(Site.find_for_request(request))
    name = settings.owner or settings.name
    if not name:
        return None
    return _node(
        "EducationalOrganization",
        name=name,
        url=request.build_absolute_uri("/"),
        address=settings.address,
        telephone=settings.phone,
        email=settings.email,
    )


def _node(kind: str, **properties: Any) -> Node:
    """Without the properties that say nothing."""
    return {"@type": kind, **{name: value for name, value in properties.items() if value}}


def _url(page: Page | None, request: HttpRequest) -> str | None:
    return page.get_full_url(request) if page else None


def _public(model: type[Page], page_ids: Iterable[int | None]) -> dict[int, Any]:
    wanted = set(page_ids) - {None}
    return open_to_all(model.objects.filter(pk__in=wanted)).in_bulk() if wanted else {}


def _image(cover: Image | None, request: HttpRequest) -> list[str]:
    """The address of a picture that everybody may see and that can be read."""
    if cover is None or not open_files([cover]):
        return []
    try:
        size = sizes_of(cover, [COVER])[COVER]
    except (OSError, DecompressionBombError):
        return []
    return [request.build_absolute_uri(size.url)] if size.width else []


def _moment(when: Any) -> str | None:
    return timezone.localtime(when).isoformat(timespec="seconds") if when else None


def _day(when: Any) -> str:
    return timezone.localtime(when).date().isoformat()
