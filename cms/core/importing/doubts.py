"""What in a page is a guess: for an editor who looks through the pages before they are imported."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cms.core.importing.corrections import captions_of
from cms.core.importing.header import title_problem
from cms.core.importing.readers import Reading
from cms.core.importing.values import BlockKind, Doubt, ImportedArticle, Part


def doubts_of(reading: Reading) -> tuple[Doubt, ...]:
    """The article's doubts, which the report lists as well, and weaker ones that nobody wants in a list."""
    article = reading.article
    if article is None:
        return ()
    return (*_missing(reading, article), *article.doubts, *_byline(article), *_captions(article))


def _missing(reading: Reading, article: ImportedArticle) -> Iterator[Doubt]:
    """What the page cannot be imported without."""
    if article.published_at is None:
        yield Doubt(reading.problem, Part.DATE)
    if problem := title_problem(article.title):
        yield Doubt(problem, Part.TITLE)


def _byline(article: ImportedArticle) -> list[Doubt]:
    return [] if article.authors or article.source else [Doubt(_("no byline found"), Part.BYLINE)]


def _captions(article: ImportedArticle) -> list[Doubt]:
    guess, missing = _("may be a paragraph and no caption"), _("a picture without a caption")
    return [
        Doubt(guess if block.kind is BlockKind.CAPTION else missing, Part.CAPTION, place)
        for place, block in captions_of(article).items()
        if block.kind is BlockKind.CAPTION or not block.text
    ]
