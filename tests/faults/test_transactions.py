"""Transactions that are rolled back: the index shows nothing of them, and loses nothing by them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from random import Random
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test import Client
from django.urls import reverse

from cms.news.models import ArticlePage, NewsIndexPage
from tests.faults.harness import content, edits
from tests.faults.harness.comparing import assert_index_equals_database
from tests.faults.harness.figures import Figures
from tests.faults.harness.installation import Installation
from tests.faults.harness.sizes import size

ARTICLES = size(200, 1_000)
ROLLED_BACK = size(34, 100)  # of each sort
STATEMENTS = 60  # about as many as an edit makes
DRAINED = 60.0  # seconds

Attempt = Callable[[Sequence[int], Random], bool]  # edits some of these pages; whether that was rolled back


class BrokenOff(Exception):
    """Something went wrong in the middle of a transaction."""


@contextmanager
def breaking_off(chance: Random) -> Iterator[None]:
    """Before one of the next statements of a transaction, something goes wrong."""
    left = chance.randrange(STATEMENTS)

    def execute(run: Callable[..., Any], *statement: Any) -> Any:
        nonlocal left
        left -= connection.in_atomic_block
        if left == -1:
            raise BrokenOff
        return run(*statement)

    with connection.execute_wrapper(execute):
        yield


def some_edits(ids: Sequence[int], chance: Random) -> bool:
    """A transaction of up to three edits, as a command or an import makes them.

    Wagtail catches what goes wrong while it notes references; Django refuses the statement after that.
    """
    with suppress(BrokenOff, TransactionManagementError), breaking_off(chance), transaction.atomic():
        edits.work(ids, chance.getrandbits(30), count=chance.randint(1, 3))
        return False
    return True


def part_of_a_transaction(ids: Sequence[int], chance: Random) -> bool:
    """The second of three edits fails, and the transaction goes on without it."""
    with transaction.atomic():
        edits.work(ids, chance.getrandbits(30), count=1)
        broken_off = some_edits(ids, chance)
        edits.work(ids, chance.getrandbits(30), count=1)
    return broken_off


def request(ids: Sequence[int], chance: Random) -> bool:
    """A request of the admin, whose view raises."""
    page = ArticlePage.objects.filter(pk__in=ids).order_by("?").first()
    target = chance.choice(list(NewsIndexPage.objects.all()))
    view, *args = chance.choice(
        [("unpublish", page.pk), ("delete", page.pk), ("move_confirm", page.pk, target.pk), ("set_privacy", page.pk)]
    )
    with breaking_off(chance):
        address = reverse(f"wagtailadmin_pages:{view}", args=args)
        return _admin().post(address, {"restriction_type": "login"}).status_code == 500


@cache
def _admin() -> Client:
    client = Client(raise_request_exception=False, SERVER_NAME="localhost")
    client.force_login(get_user_model().objects.create_superuser("quan-tri", "quan-tri@example.vn"))
    return client


def until_broken_off(attempt: Attempt, ids: Sequence[int], rollbacks: int) -> int:
    """Repeat an attempt until so many were rolled back; how many were committed meanwhile."""
    chance, broken_off, committed = Random(rollbacks), 0, 0
    while broken_off < rollbacks:
        if attempt(ids, chance):
            broken_off += 1
        else:
            committed += 1
    return committed


@pytest.mark.parametrize("attempt", [some_edits, part_of_a_transaction, request], ids=lambda attempt: attempt.__name__)
def test_what_is_rolled_back_leaves_no_ghost_and_nothing_is_missing(
    installation: Installation, attempt: Attempt, figures: Figures
) -> None:
    editor = installation.actor()
    ids = editor.call(content.fill, ARTICLES)
    installation.manage("search_rebuild")
    installation.worker()
    figures("rolled back", ROLLED_BACK)
    figures("committed meanwhile", editor.call(until_broken_off, attempt, ids, ROLLED_BACK, timeout=600))
    figures("drained after", installation.wait_until_drained(DRAINED), "s")
    figures("pages, all as in the database", assert_index_equals_database(installation))
