"""Writes one article at a time, each in its own transaction: made, changed, or left alone, and why."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.core.importing.corrections import NONE, Corrections, correct
from cms.core.importing.library import Stock, bring_in
from cms.core.importing.media import Media
from cms.core.importing.readers import Reading
from cms.core.importing.report import Entry, Outcome
from cms.core.importing.sources import read_all
from cms.core.importing.values import ImportedArticle
from cms.core.models import ReadCount
from cms.news.importing import admin_index, history
from cms.news.importing.content import fill, free_slug
from cms.news.importing.identity import Seen, content_digest, find_page
from cms.news.importing.recognition import Recognised, Register
from cms.news.importing.redirects import OldAddresses
from cms.news.importing.sections import Sections
from cms.news.importing.undoing import Trace
from cms.news.models import ArticlePage, NewsIndexPage
from search import sync


@dataclass(frozen=True)
class ImportOptions:
    """`overwrite` takes the old text even where an editor has changed the page since; `dry_run` writes nothing.

    Pictures and files are looked for in the `media` folders, beside the pages' own, and at the address to
    `download_from`. `columns` (field → column's name) is for tables, `sections` (what the old portal called a
    section → ours) for pages that name theirs; those of other sections go where everything goes. `may_change` says
    whether whoever the run is for may change a page that is there already; an operator may change all.
    """

    overwrite: bool = False
    dry_run: bool = False
    media: tuple[Path, ...] = ()
    download_from: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, NewsIndexPage] = field(default_factory=dict)
    may_change: Callable[[ArticlePage], bool] = lambda page: True


@dataclass(frozen=True)
class Decision:
    """What becomes of an article; `of_content` says that the page gets a new revision."""

    outcome: Outcome
    reason: str = ""
    of_content: bool = False

    @property
    def writes(self) -> bool:
        return self.outcome in {Outcome.MADE, Outcome.CHANGED}


@dataclass
class Importer:
    """One run into one section, and into those that old sections are mapped to; it remembers what it has seen."""

    section: NewsIndexPage
    options: ImportOptions = ImportOptions()
    _seen: Seen = field(default_factory=Seen)
    _register: Register = field(default_factory=Register)
    _sections: Sections = field(init=False)

    def __post_init__(self) -> None:
        self._sections = Sections(self.section, self.options.sections)

    def readings(self, paths: Sequence[Path]) -> Iterator[Reading]:
        """Every page in the files and folders, as this run reads them; nothing is written."""
        return read_all(paths, self.options.columns)

    def section_of(self, name: str, chosen: int | None = None) -> NewsIndexPage:
        """Where a page goes that stood in the old section `name`, or for which somebody has chosen a section by key."""
        return self._sections.of(name, chosen)

    @contextmanager
    def run(self) -> Iterator[None]:
        """Everything is taken inside: the readers' index and the editors' follow in batches and at the end.

        A dry run leaves them alone, too: the end of a batch would bring in whatever else waits.
        """
        if self.options.dry_run:
            yield
            return
        with sync.batched():
            try:
                yield
            finally:
                admin_index.add_missing()

    def take(self, reading: Reading, corrections: Corrections = NONE, trace: Trace | None = None) -> Entry:
        """Bring an article in as an editor corrected it, or say why not.

        If anything goes wrong, nothing of it is written. What is written is noted in `trace`, to be undone by.
        """
        reading = correct(reading, corrections)
        article = reading.article
        if article is None or reading.problem:
            outcome = Outcome.SKIPPED if reading.is_skipped else Outcome.FAILED
            return Entry(reading.origin, outcome, reading.problem, title=article.title if article else "")
        entry = Entry(reading.origin, Outcome.FAILED, title=article.title, doubts=article.doubts)
        if not self._sections.knows(article.section) and corrections.section is None:
            entry = replace(entry, section=article.section)
        if article.published_at > timezone.now():
            return replace(entry, reason=_("the date lies in the future"))
        if earlier := self._seen.file_of(article, reading.origin):
            return replace(entry, outcome=Outcome.SKIPPED, reason=_("same article as %(file)s") % {"file": earlier})
        media = Media((*reading.folders, *self.options.media), self.options.download_from)
        section = self._sections.of(article.section, corrections.section)
        source = _Source(article, section, reading.page or Path(), media)
        source.trace = trace or source.trace
        try:
            with transaction.atomic():
                return self._bring(source, entry)
        except ValidationError as error:
            source.stock.remove_files()
            return replace(entry, reason="; ".join(error.messages))
        except (DatabaseError, OSError) as error:  # a full disk, too
            source.stock.remove_files()
            return replace(entry, reason=_("it could not be written: %(reason)s") % {"reason": error})

    def _bring(self, source: "_Source", entry: Entry) -> Entry:
        article = source.article
        page = find_page(article)
        if page is not None:
            if not self.options.may_change(page):
                reason = _("it is a page already, of a section in which you may not publish")
                return replace(entry, outcome=Outcome.SKIPPED, reason=reason, url=page.get_url() or "", page=page.pk)
            source.article = article = replace(article, address=article.address or page.legacy_url)
        source.recognised = self._register.recognise(article)
        addresses = OldAddresses(article, page)
        decision = _decide(page, source, addresses, self.options.overwrite)
        doubts = entry.doubts
        if decision.writes:
            doubts = (*doubts, *addresses.doubts)
            if decision.of_content:
                bring_in(article.blocks, source.media, source.page, source.stock, keep=not self.options.dry_run)
            if not self.options.dry_run:
                source.trace.note_before(page)
                page = self._write(page, source, decision)
                addresses.lead_to(page)
                source.trace.note_after(page, source.stock.made)
        url = page.get_url() or "" if page is not None else ""
        return replace(
            entry,
            outcome=decision.outcome,
            reason=decision.reason,
            doubts=(*doubts, *source.stock.refused),
            unknown=source.recognised.unknown,
            url=url,
            page=page.pk if page is not None else None,
        )

    def _write(self, page: ArticlePage | None, source: "_Source", decision: Decision) -> ArticlePage:
        article = source.article
        if page is None:
            page = self._new_page(source)
        elif decision.of_content:
            source.fill(page)
            history.publish(page, article)
        if article.reads is not None:
            ReadCount.objects.set_imported(page.pk, article.reads)
        return page

    def _new_page(self, source: "_Source") -> ArticlePage:
        section = source.section
        page = ArticlePage(slug=free_slug(source.article.title, section), locale=section.locale)
        source.fill(page)
        # Once at the end, and for most pages not at all: looking for references takes as long as saving the page.
        with admin_index.postponed(), disable_reference_index_auto_update():
            section.add_child(instance=page)
        if source.has_links:
            ReferenceIndex.create_or_update_for_object(page)
        history.publish_new(page, source.article)
        return page


@dataclass
class _Source:
    """An article on its way in: where to, where its pictures are, what it speaks of, what came into the library."""

    article: ImportedArticle
    section: NewsIndexPage
    page: Path
    media: Media
    recognised: Recognised = field(default_factory=Recognised)
    stock: Stock = field(default_factory=Stock)
    trace: Trace = field(default_factory=Trace)

    def fill(self, page: ArticlePage) -> None:
        """Put everything into the page."""
        fill(page, self.article, self.recognised, self.stock.ids)

    @property
    def has_links(self) -> bool:
        """Whether the page refers to anything that may change."""
        found = self.recognised
        return bool(found.people or found.schools or found.event or self.stock.ids or self.article.tags)


def _decide(page: ArticlePage | None, source: _Source, addresses: OldAddresses, overwrite: bool) -> Decision:
    """What to do with an article that `page` was made from earlier, if it was."""
    if page is None:
        return Decision(Outcome.MADE, of_content=True)
    article = source.article
    last = history.last_import(page)
    is_same = last is not None and last.digest == content_digest(article)
    touched = history.touched_since(page, last)
    if touched and overwrite:
        return Decision(Outcome.CHANGED, _("overwritten, though %(touched)s") % {"touched": touched}, of_content=True)
    if is_same and not touched and _lacks_links(page, source.recognised):
        return Decision(Outcome.CHANGED, _("links to pages made since"), of_content=True)
    if is_same and not _has_reads(page, article):
        return Decision(Outcome.CHANGED, _("number of reads"))
    if is_same:
        lead_here = not addresses.wanting(page)
        return Decision(Outcome.UNCHANGED) if lead_here else Decision(Outcome.CHANGED, _("old addresses"))
    return Decision(Outcome.SKIPPED, touched) if touched else Decision(Outcome.CHANGED, of_content=True)


def _lacks_links(page: ArticlePage, found: Recognised) -> bool:
    """Whether the portal has got pages, since the import, of what the article speaks of."""
    people = {place: author.person_id for place, author in enumerate(page.authors.all())}
    schools = {item.school_id for item in page.schools.all()}
    return bool(
        any(people.get(place) != person for place, person in found.people.items())
        or set(found.schools) - schools
        or (found.event and found.event != page.event_id)
    )


def _has_reads(page: ArticlePage, article: ImportedArticle) -> bool:
    return article.reads is None or ReadCount.objects.filter(page=page, day=None, count=article.reads).exists()
