"""Locks among processes: alone, shared, waited for, and free again when their holder is gone."""

from threading import Event, Thread

import pytest
from django.db import connection

from search import locks
from search.engines.base import EngineUnavailable
from search.locks import Lock
from tests.search.holding import held_elsewhere

pytestmark = pytest.mark.django_db


def test_a_lock_that_another_holds_is_refused_and_then_free_again() -> None:
    with (
        held_elsewhere(Lock.REBUILD),
        pytest.raises(EngineUnavailable, match="another rebuild"),
        locks.hold(Lock.REBUILD),
    ):
        pass
    with locks.hold(Lock.REBUILD):
        pass


def test_the_two_locks_do_not_concern_each_other() -> None:
    with held_elsewhere(Lock.REBUILD), locks.hold(Lock.LIVE_INDEX):
        pass


def test_those_who_share_a_lock_shut_out_who_wants_it_alone() -> None:
    with held_elsewhere(Lock.LIVE_INDEX, shared=True):
        with locks.hold(Lock.LIVE_INDEX, shared=True):
            pass
        with pytest.raises(EngineUnavailable, match="swapped in"), locks.hold(Lock.LIVE_INDEX):
            pass


def test_who_waits_gets_the_lock_when_the_others_are_done() -> None:
    begun, done = Event(), Event()

    def wait() -> None:
        begun.set()
        with locks.hold(Lock.LIVE_INDEX, wait=True):
            done.set()
        connection.close()

    with held_elsewhere(Lock.LIVE_INDEX, shared=True):
        thread = Thread(target=wait)
        thread.start()
        assert begun.wait(10)
        assert not done.is_set()
    thread.join(10)
    assert done.is_set()


def test_an_error_inside_frees_the_lock() -> None:
    with pytest.raises(ZeroDivisionError), locks.hold(Lock.REBUILD):
        _ = 1 / 0
    with held_elsewhere(Lock.REBUILD):
        pass
