"""No more than the limit pass in a minute, in whatever threads and processes they arrive."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.test import Client, RequestFactory

from api import throttling
from api.keys.models import Key
from home.serving.addresses import client_address
from home.serving.cache import RedisWhereItAnswers

SEARCH = "/api/v1/search/"
ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_window(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """The clock stands, ten seconds after a minute began, until it is put elsewhere."""

    def put(seconds: float) -> None:
        monkeypatch.setattr(throttling, "time", lambda: 6_000_000 + seconds)

    put(10)
    return put


@pytest.fixture(autouse=True)
def no_memory_of_other_tests() -> Iterator[None]:
    throttling._own.clear()
    yield
    throttling._own.clear()


def statuses(client: Client, number: int, **options) -> list[int]:
    return [client.get(SEARCH, **options).status_code for _ in range(number)]


def test_the_first_requests_pass_and_the_rest_are_told_when_to_come_again(client: Client, settings, one_window) -> None:
    settings.API_ANONYMOUS_RATE = 3
    assert statuses(client, 3) == [200] * 3
    response = client.get(SEARCH)
    assert response.status_code == 429
    assert response["Retry-After"] == "50"
    assert response["Content-Type"] == "application/problem+json"
    assert "50" in response.json()["detail"]
    one_window(60)
    assert statuses(client, 1) == [200]


def test_every_answer_says_how_many_requests_are_left(client: Client, settings) -> None:
    settings.API_ANONYMOUS_RATE = 2
    answers = [client.get(address) for address in (SEARCH, "/api/v1/nothing/", SEARCH)]
    assert [answer.status_code for answer in answers] == [200, 404, 429]
    assert {answer["RateLimit-Policy"] for answer in answers} == {'"anonymous";q=2;w=60'}
    assert [answer["RateLimit"] for answer in answers] == [f'"anonymous";r={left};t=50' for left in (1, 0, 0)]
    assert [answer.has_header("Retry-After") for answer in answers] == [False, False, True]


def test_a_key_has_a_rate_of_its_own(client: Client, settings) -> None:
    settings.API_ANONYMOUS_RATE = 1
    settings.API_KEY_RATE = 2
    _, usual = Key.objects.make(name="Cổng tỉnh", scopes=["search"])
    _, own = Key.objects.make(name="Ki-ốt", scopes=["search"], rate=3)
    assert statuses(client, 2) == [200, 429]
    assert statuses(client, 3, headers={"X-API-Key": usual}) == [200, 200, 429]
    assert statuses(client, 4, headers={"X-API-Key": own}) == [200, 200, 200, 429]


def test_guessing_keys_counts_as_asking_without(client: Client, settings) -> None:
    settings.API_ANONYMOUS_RATE = 2
    assert statuses(client, 3, headers={"X-API-Key": "trang_000000000000_" + "0" * 48}) == [401, 401, 429]


def test_each_address_is_counted_by_itself_and_an_ipv6_customer_once(client: Client, settings) -> None:
    settings.API_ANONYMOUS_RATE = 1
    addresses = ["192.0.2.1", "192.0.2.2", "2001:db8:1:2::3", "2001:db8:1:2:ffff::4", "2001:db8:1:3::3"]
    assert [client.get(SEARCH, REMOTE_ADDR=address).status_code for address in addresses] == [200, 200, 200, 429, 200]


@pytest.mark.parametrize(
    ("remote", "forwarded", "counted"),
    [
        ("198.51.100.7", "192.0.2.1", "198.51.100.7"),  # not by the proxy: anybody can write this
        ("127.0.0.1", "192.0.2.1", "192.0.2.1"),
        ("127.0.0.1", "10.0.0.1, 192.0.2.1", "192.0.2.1"),  # what stands before the last is the client's own claim
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "nonsense", "unknown"),
        ("::ffff:192.0.2.9", "", "192.0.2.9"),
        ("", "", "unknown"),
    ],
)
def test_only_the_trusted_proxy_says_for_whom_it_asks(settings, remote: str, forwarded: str, counted: str) -> None:
    settings.TRUSTED_PROXY = "127.0.0.1"
    request = RequestFactory().get(SEARCH, REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == counted


def test_without_a_trusted_proxy_nobody_is_believed(settings) -> None:
    settings.TRUSTED_PROXY = ""
    request = RequestFactory().get(SEARCH, REMOTE_ADDR="", HTTP_X_FORWARDED_FOR="192.0.2.1")
    assert client_address(request) == "unknown"


def test_threads_of_one_process_count_together() -> None:
    with ThreadPoolExecutor(8) as threads:
        rates = list(threads.map(lambda _: throttling.count("anonymous", "192.0.2.1", 50), range(200)))
    assert sum(not rate.exceeded for rate in rates) == 50


COUNTING = """
import sys, django
from concurrent.futures import ThreadPoolExecutor
django.setup()
from api import throttling
throttling.time = lambda: 6_000_010.0
input()
with ThreadPoolExecutor(4) as threads:
    rates = list(threads.map(lambda _: throttling.count("anonymous", sys.argv[1], 100), range(100)))
print(sum(not rate.exceeded for rate in rates))
"""


def test_processes_that_share_a_redis_count_together() -> None:
    url = os.environ.get("TEST_REDIS_URL") or pytest.skip("no Redis is running: make servers")
    environment = os.environ | {"REDIS_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    client = f"test-{os.getpid()}"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", COUNTING, client],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for process in processes:  # all have started before any begins
        process.stdin.write("\n")
        process.stdin.flush()
    passed = [int(process.communicate(timeout=60)[0]) for process in processes]
    assert sum(passed) == 100
    RedisWhereItAnswers(url, {}).delete(f"api-rate.anonymous.{client}.{6_000_010 // 60}")


def test_while_the_shared_cache_is_away_each_process_counts_for_itself(
    client: Client, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RedisWhereItAnswers, "ask_again_at", 0.0)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"redis://127.0.0.1:{closed.getsockname()[1]}/0"
        settings.CACHES = {"default": {"BACKEND": "home.serving.cache.RedisWhereItAnswers", "LOCATION": address}}
        settings.API_ANONYMOUS_RATE = 2
        assert statuses(client, 3) == [200, 200, 429]


def test_the_headers_are_structured_fields() -> None:
    told = throttling.count("key", "1", 1200).headers()
    assert re.fullmatch(r'"[a-z]+";q=\d+;w=\d+', told["RateLimit-Policy"])
    assert re.fullmatch(r'"[a-z]+";r=\d+;t=\d+', told["RateLimit"])
