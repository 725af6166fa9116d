"""5: one change that concerns two hundred pages; each of them is right within seconds."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

import pytest

from tests.faults.harness import content, fanout
from tests.faults.harness.actors import Actor
from tests.faults.harness.comparing import assert_index_equals_database
from tests.faults.harness.figures import Figures
from tests.faults.harness.installation import Installation

PAGES = 200
RIGHT = 10  # seconds


@pytest.fixture
def editor(installation: Installation) -> Actor:
    """Of an installation with a section of 200 articles that share picture, file and tags, and a search worker."""
    editor = installation.actor()
    editor.call(content.section, fanout.SECTION)
    editor.call(content.fill, PAGES)
    editor.call(fanout.share_picture_and_file)
    installation.manage("search_rebuild")
    installation.worker()
    return editor


@pytest.fixture
def change(installation: Installation, figures: Figures):
    """`with change("moved"):` looks how long the index takes to follow, and that it is right then."""

    @contextmanager
    def change(name: str) -> Iterator[None]:
        started = monotonic()
        yield
        assert installation.queued() > PAGES / 2, "the worker cannot be done yet"
        installation.wait_until_drained(60)
        figures(f"{PAGES} pages {name}: right after", monotonic() - started, "s", at_most=RIGHT)
        assert_index_equals_database(installation)

    return change


def cards(installation: Installation) -> dict[str, str]:
    """What readers see of each article in a list of hits."""
    installation.elasticsearch.indices.refresh(index=installation.alias)
    found = installation.elasticsearch.search(
        index=installation.alias, query={"term": {"type": "article"}}, size=2 * PAGES, source=["shown.card"]
    )
    return {hit["_id"]: json.dumps(hit["_source"]["shown"]["card"]) for hit in found["hits"]["hits"]}


def count(installation: Installation, **term: str) -> int:
    installation.elasticsearch.indices.refresh(index=installation.alias)
    return installation.elasticsearch.count(index=installation.alias, query={"term": term})["count"]


def changed(before: dict[str, str], after: dict[str, str]) -> int:
    assert before.keys() == after.keys()
    return sum(before[page_id] != after[page_id] for page_id in before)


def test_a_section_is_moved_renamed_and_made_private(installation: Installation, editor: Actor, change) -> None:
    first = cards(installation)
    with change("moved"):
        editor.call(fanout.move_section)
    moved = cards(installation)
    with change("renamed"):
        editor.call(fanout.rename_section)
    renamed = cards(installation)
    assert (changed(first, moved), changed(moved, renamed)) == (PAGES, PAGES)
    with change("made private"):
        editor.call(fanout.restrict_section)
    assert count(installation, type="article") == 0
    with change("opened again"):
        editor.call(fanout.open_section)
    assert cards(installation) == renamed


def test_a_tag_is_merged_into_another(installation: Installation, editor: Actor, change) -> None:
    assert (count(installation, tag="cu"), count(installation, tag="moi")) == (PAGES, 0)
    with change("of a merged tag"):
        editor.call(fanout.merge_tag)
    assert (count(installation, tag="cu"), count(installation, tag="moi")) == (0, PAGES)


def test_a_picture_is_replaced_and_its_collection_made_private(
    installation: Installation, editor: Actor, change
) -> None:
    first = cards(installation)
    with change("with a replaced picture"):
        editor.call(fanout.replace_picture)
    replaced = cards(installation)
    assert changed(first, replaced) == PAGES
    with change("with a picture that became private"):
        editor.call(fanout.restrict_collection)
    private = cards(installation)
    assert all(json.loads(card)["thumbnail"] is None for card in private.values())


def test_a_file_is_replaced(installation: Installation, editor: Actor, change) -> None:
    with change("with a replaced file"):
        editor.call(fanout.replace_file)
