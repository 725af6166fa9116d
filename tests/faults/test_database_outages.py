"""PostgreSQL away or hanging: what watches over a web process hears of it in time, and of its return."""

import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest

from tests.faults.harness import watching
from tests.faults.harness.actors import Actor
from tests.faults.harness.figures import Figures
from tests.faults.harness.installation import Installation
from tests.faults.harness.proxy import Proxy
from tests.faults.harness.waiting import wait_until

LOOKS = 5
IN_TIME, ALIVE, READY_AGAIN = 2.5, 0.5, 10  # seconds

Fault = Callable[[Proxy], None]


@pytest.fixture
def network(database: str) -> Iterator[Proxy]:
    """A stand-in before PostgreSQL."""
    proxy = Proxy(database)
    yield proxy
    proxy.close()


@pytest.fixture
def web(installation: Installation, database: str, network: Proxy) -> Actor:
    """A process that reaches its database through the stand-in, and has said that it is ready."""
    address = urlsplit(database)
    there = address._replace(netloc=f"{address.username}@{urlsplit(network.url).netloc}")
    web = installation.actor(DATABASE_URL=there.geturl())
    wait_until(lambda: web.call(watching.look, "/readyz").status == 200, READY_AGAIN, "ready")
    return web


FAULTS = {  # and how each ends
    "refusing": (Proxy.refuse, Proxy.open),
    "hanging": (Proxy.hang, Proxy.open),
    "failing over": (Proxy.hang, Proxy.fail_over),
}


@pytest.mark.parametrize(("begin", "end"), FAULTS.values(), ids=FAULTS)
def test_readers_are_sent_elsewhere_until_the_database_answers_again(
    web: Actor, network: Proxy, begin: Fault, end: Fault, figures: Figures
) -> None:
    begin(network)
    looks = [web.call(watching.look, "/readyz") for _ in range(LOOKS)]
    assert [look.status for look in looks] == LOOKS * [503]
    figures("slowest answer of /readyz", max(look.seconds for look in looks), "s", at_most=IN_TIME)
    alive = web.call(watching.look, "/livez")
    assert alive.status == 200
    figures("answer of /livez", alive.seconds, "s", at_most=ALIVE)
    end(network)
    ended = time.monotonic()
    wait_until(lambda: web.call(watching.look, "/readyz").status == 200, READY_AGAIN, "ready again")
    figures("ready again after", time.monotonic() - ended, "s", at_most=READY_AGAIN)
