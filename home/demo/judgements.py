"""Relevance tests for the demo content: what its search must find."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from home.demo.bodies import look_up
from home.demo.tables import Table, read_table
from search.models import ExpectedPage, RelevanceTest


@dataclass(frozen=True)
class Judgement:
    """A question and the names of the pages that must be among its first `top` results."""

    table: Table

    @property
    def pages(self) -> list[str]:
        return self.table.texts("pages")


def read_judgements(folder: Path) -> tuple[Judgement, ...]:
    """The judgements of a folder; none without their file."""
    path = folder / "relevance.toml"
    if not path.is_file():
        return ()
    tables = read_table(path, folder).only("test").tables("test")
    return tuple(Judgement(table.only("question", "top", "pages", "note")) for table in tables)


def check(judgement: Judgement, known: Mapping[str, int | None]) -> None:
    """Raise BadDemo, naming the field, for what could not be loaded."""
    judgement.table.text("question")
    if judgement.table.number("top") < 1:
        raise judgement.table.bad("top", "must not be less than 1")
    for name in judgement.pages:
        look_up(judgement.table, "pages", name, known)


def make(judgement: Judgement, pages: Mapping[str, int | None]) -> None:
    """Lay the judgement down as an editor would; pages that an editor has deleted are left out."""
    table = judgement.table
    test = RelevanceTest.objects.create(
        words=table.text("question"), top=table.number("top"), note=table.text("note", "")
    )
    for name in judgement.pages:
        if page_id := pages.get(name):
            ExpectedPage.objects.create(test=test, page_id=page_id)
