"""Editors' work in an actor: each edit a transaction, as a request of the admin is, and timed."""

import random
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, transaction
from wagtail.models import PageViewRestriction

from cms.news.models import ArticlePage, NewsIndexPage

# How often each kind of edit comes, of a hundred.
MIXED = {"save": 35, "publish": 35, "unpublish": 8, "move": 8, "restrict": 8, "delete": 6}


@dataclass(frozen=True)
class Edit:
    """An edit that was made."""

    kind: str
    page_id: int
    seconds: float


def work(
    ids: Sequence[int],
    seed: int,
    *,
    count: int | None = None,
    until: Path | None = None,
    per_second: float | None = None,
    kinds: dict[str, int] = MIXED,
    collides: bool = False,
) -> list[Edit]:
    """Edits of random pages among `ids`: `count` of them, or until the file `until` is there.

    Where several editors work on the same pages (`collides`), one of two whose edits meet is refused: the page has
    just been deleted, two were moved to one place, each waits for the other. That edit is rolled back whole.
    """
    refused = (DatabaseError, ObjectDoesNotExist) if collides else ()
    chance, made, started = random.Random(seed), [], time.monotonic()
    while (count is None or len(made) < count) and not (until and until.exists()):
        if per_second:
            time.sleep(max(0.0, started + len(made) / per_second - time.monotonic()))
        [kind] = chance.choices(list(kinds), list(kinds.values()))
        if article := ArticlePage.objects.filter(pk=chance.choice(ids)).first():
            with suppress(*refused):
                made.append(edit(article, kind, chance))
    return made


def each(ids: Sequence[int], times: int, seed: int, kinds: dict[str, int]) -> list[Edit]:
    """So many edits of each page, in rounds."""
    chance = random.Random(seed)
    some = chance.choices(list(kinds), list(kinds.values()), k=times * len(ids))
    return [edit(ArticlePage.objects.get(pk=key), kind, chance) for key, kind in zip(ids * times, some, strict=True)]


def edit(article: ArticlePage, kind: str, chance: random.Random) -> Edit:
    page_id, target = article.pk, chance.choice(list(NewsIndexPage.objects.order_by("pk")))
    started = time.perf_counter()
    with transaction.atomic():
        match kind:
            case "save" | "publish":
                article.title = f"Bài sửa lần {chance.randrange(10**9)}"
                revision = article.save_revision()
                if kind == "publish":
                    revision.publish()
            case "unpublish":
                article.unpublish()
            case "move":
                article.move(target, pos="last-child")
            case "restrict":
                _restrict_or_open(article)
            case "delete":
                article.delete()
    return Edit(kind, page_id, time.perf_counter() - started)


def publish(page_id: int, title: str) -> None:
    """A new text for one page."""
    article = ArticlePage.objects.get(pk=page_id)
    article.title = title
    with transaction.atomic():
        article.save_revision().publish()


def _restrict_or_open(article: ArticlePage) -> None:
    if restriction := article.view_restrictions.first():
        restriction.delete()
    else:
        PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)


def median_seconds(made: Iterable[Edit], *kinds: str) -> float:
    """Of the edits of these kinds, or of all."""
    return median(edit.seconds for edit in made if not kinds or edit.kind in kinds)
