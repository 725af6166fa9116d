"""Redis as the cache of all processes: a site that can be without it."""

import os
import socket

import pytest
from django.core.cache.backends.base import BaseCache

from home.serving.cache import RedisWhereItAnswers


def cache(url: str) -> BaseCache:
    return RedisWhereItAnswers(url, {})


@pytest.fixture(autouse=True)
def asked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RedisWhereItAnswers, "ask_again_at", 0.0)


@pytest.fixture
def redis_url() -> str:
    return os.environ.get("TEST_REDIS_URL") or pytest.skip("no Redis is running: make servers")


def test_two_processes_share_what_one_keeps(redis_url: str) -> None:
    one, other = cache(redis_url), cache(redis_url)
    one.set("trang-kiem-thu", "chữ", 10)
    assert other.get("trang-kiem-thu") == "chữ"
    one.set("trang-dem", 1, 10)
    other.incr("trang-dem")
    assert one.get("trang-dem") == 2
    one.delete_many(["trang-kiem-thu", "trang-dem"])
    assert other.get("trang-kiem-thu") is None


def test_without_redis_nothing_is_kept_and_nothing_fails() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        away = cache(f"redis://127.0.0.1:{closed.getsockname()[1]}/0")
        away.set("một", 1)
        assert away.get("một", "không có") == "không có"
        assert away.get_many(["một"]) == {}
        assert away.add("một", 1)


def test_a_redis_that_hangs_is_asked_once_and_then_left_alone_for_a_while() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(0)
        away = cache(f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
        assert away.get("một") is None
        before = accepted(silent)
        assert before >= 1
        for _ in range(20):
            assert away.get("một") is None
        assert accepted(silent) == 0


def accepted(server: socket.socket) -> int:
    """Connections that were made since the last look."""
    count = 0
    try:
        while True:
            server.accept()
            count += 1
    except BlockingIOError:
        return count
