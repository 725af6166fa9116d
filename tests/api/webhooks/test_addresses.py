"""Where webhooks may go: outside only, whatever the address is made of."""

import socket

import pytest

from api.webhooks import addresses, sending
from api.webhooks.addresses import Refused

INSIDE = [
    "127.0.0.1",
    "127.8.9.10",
    "10.0.0.5",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",  # the metadata of clouds
    "100.64.0.1",  # carriers' shared addresses
    "100.100.100.200",
    "0.0.0.0",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "198.18.0.1",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "fec0::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:10.1.2.3",
    "::127.0.0.1",
    "64:ff9b::a00:1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::1",
    "2002:c0a8:101::",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",  # Teredo
    "localhost",
    "",
]


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_inside_is_refused(address):
    assert not addresses.is_outside(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "113.160.92.202", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_what_is_outside_is_taken(address):
    assert addresses.is_outside(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/hook",
        "ftp://example.com/",
        "file:///etc/passwd",
        "https://user:pass@example.com/",
        "https:///hook",
        "https://example.com:99999/",
        "https://[::1/",
        "gopher://127.0.0.1:6379/_x",
        "",
    ],
)
def test_what_is_no_https_address_is_refused(url):
    with pytest.raises(Refused):
        addresses.target(url)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::1]", "[::ffff:7f00:1]"]
)
def test_nothing_reaches_a_server_of_this_machine_however_it_is_written(server, host):
    answer = sending.post(f"https://{host}:{server.server_port}/", b"{}", {})
    assert answer.status is None
    assert answer.problem
    assert server.got == []


def test_one_address_inside_is_enough_to_refuse_a_name(monkeypatch):
    real = socket.getaddrinfo

    def both(host, port, *args, **kwargs):
        if host != "two-faced.example":
            return real(host, port, *args, **kwargs)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ("1.1.1.1", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with pytest.raises(Refused, match=r"10\.0\.0\.1"):
        addresses.resolve("two-faced.example", 443)


def test_a_name_is_looked_up_once_so_that_it_cannot_lead_elsewhere_when_connecting(
    server, make_server, inside_allowed, monkeypatch
):
    other, looked_up = make_server(), []
    real = socket.getaddrinfo

    def rebinding(host, port, *args, **kwargs):
        if host != "rebinding.example":
            return real(host, port, *args, **kwargs)
        looked_up.append(host)
        target = server if len(looked_up) == 1 else other
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", target.server_port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    answer = sending.post(f"http://rebinding.example:{server.server_port}/", b"{}", {})
    assert answer.is_success
    assert looked_up == ["rebinding.example"]
    assert [headers["host"] for headers, _body in server.got] == [f"rebinding.example:{server.server_port}"]
    assert other.got == []
