"""Making a site of the demo content: once, and later only what has been added to it since."""

from collections import ChainMap
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from django.db import transaction
from wagtail.models import Page, ReferenceIndex, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.news.importing.recognition import Register
from home.demo import judgements, marks
from home.demo.bodies import Names
from home.demo.content import Demo
from home.demo.content_page import DemoPage
from home.demo.library import libraries
from home.demo.pages import fill_home, fill_menu, fill_settings, make_article, make_section, make_standing
from home.demo.registers import make_cluster, make_document, make_event, make_person, make_school
from home.models import HomePage, Navigation, SiteSettings

Progress = Callable[[str, int, int], None]
Maker = Callable[[DemoPage, Page, Names], Page]


class NotEmpty(Exception):
    """The site has content of its own, or no home page to put ours under; the text says which."""


@dataclass
class Report:
    """Names of the parts that were made, and of those left out because an editor deleted their section."""

    made: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def load(demo: Demo, progress: Progress) -> Report:
    """Load what has never been loaded, all of it or nothing.

    What editors changed stays as it is, what they deleted stays deleted. Raises NotEmpty on a site that is not ours.
    """
    report = Report()
    pages = marks.loaded()
    parts = [part for part in _parts(demo) if part[0].name not in pages]
    if not parts and marks.HOME in pages:
        return report
    with libraries(demo.pictures, demo.files) as (pictures, files), transaction.atomic():
        site, home = _site_and_home(fresh=not pages)
        # What the site knows is looked up when the first article asks, which comes after all that there is to know.
        names = Names(pictures, files, ChainMap({"": home.pk}, pages), cache(Register))
        with disable_reference_index_auto_update():  # once for each page then, not at each of its many saves
            for done, (part, make) in enumerate(parts, 1):
                _load_part(part, make, names, pages, report)
                progress("Demo content", done, len(parts))
        if marks.HOME not in pages:
            _fill_surroundings(demo, site, home, pages)
    return report


def _parts(demo: Demo) -> list[tuple[DemoPage, Maker]]:
    known = demo.directory
    kinds = (
        (demo.sections, make_section),
        (known.schools, make_school),
        (known.clusters, make_cluster),
        (known.people, make_person),
        (known.documents, make_document),
        (known.events, make_event),
        (demo.articles, make_article),
        (demo.standing, make_standing),
    )
    return [(part, make) for parts, make in kinds for part in parts]


def _load_part(part: DemoPage, make: Maker, names: Names, pages: dict[str, int | None], report: Report) -> None:
    parent_id = names.pages[part.parent]
    if parent_id is None:
        pages[part.name] = None
        report.left_out.append(part.name)
        return
    page = make(part, Page.objects.get(pk=parent_id), names)
    ReferenceIndex.create_or_update_for_object(page)
    pages[part.name] = page.pk
    report.made.append(part.name)


def _site_and_home(fresh: bool) -> tuple[Site, HomePage]:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    home = site.root_page.specific if site else None
    if not isinstance(home, HomePage):
        raise NotEmpty("The default site has no home page of ours; run `manage.py migrate` on an empty database first.")
    if fresh and (home.numchild or home.latest_revision_id):
        raise NotEmpty(f"“{home.title}” has content of its own. The demo content goes only into an empty site.")
    return site, home


def _fill_surroundings(demo: Demo, site: Site, home: HomePage, pages: dict[str, int | None]) -> None:
    home.refresh_from_db()
    fill_home(home, demo.site.table("home"), pages)
    fill_settings(SiteSettings.for_site(site), demo.site.table("settings"))
    fill_menu(Navigation.for_site(site), demo.site.tables("menu"), pages)
    for judgement in demo.judgements:
        judgements.make(judgement, pages)
