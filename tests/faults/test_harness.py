"""The harness itself: an installation is whole, and a difference between index and database is seen."""

import socket
from urllib.parse import urlsplit

import pytest

from tests.faults.harness import content
from tests.faults.harness.comparing import assert_index_equals_database
from tests.faults.harness.installation import Installation
from tests.faults.harness.proxy import Proxy


def test_a_filled_installation_is_indexed_and_a_ghost_is_seen(installation: Installation) -> None:
    editor = installation.actor()
    ids = editor.call(content.fill, 20)
    installation.manage("search_rebuild")
    assert assert_index_equals_database(installation) == 20 + 8  # with its sections
    installation.sql("UPDATE wagtailcore_page SET live = false WHERE id = %s", [ids[0]])
    with pytest.raises(AssertionError, match="ghosts: 1"):
        assert_index_equals_database(installation)


def test_the_stand_in_passes_hangs_and_refuses(proxy: Proxy) -> None:
    address = urlsplit(proxy.url)

    def ask() -> bytes:
        with socket.create_connection((address.hostname, address.port), timeout=0.5) as connection:
            connection.sendall(b"GET / HTTP/1.0\r\n\r\n")
            return connection.recv(12)

    assert ask() == b"HTTP/1.0 200"
    proxy.hang()
    with pytest.raises(TimeoutError):
        ask()
    proxy.refuse()
    with pytest.raises(ConnectionRefusedError):
        ask()
    proxy.open()
    assert ask() == b"HTTP/1.0 200"
