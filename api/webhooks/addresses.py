"""Where webhooks may be sent: never into the network that this server stands in."""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_PORTS = {"https": 443, "http": 80}
# Networks of IPv6 whose addresses stand for one of IPv4: translated or tunnelled, they lead to that.
_NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))


class Refused(ValueError):
    """An address that nothing is sent to; the message says why, for people."""


@dataclass(frozen=True)
class Target:
    """A receiver's address taken apart."""

    scheme: str
    host: str
    port: int
    netloc: str  # for the Host header
    path: str  # with the query


def target(url: str) -> Target:
    """The parts of `url`. Raises Refused for one that can or may not be sent to, whatever its host resolves to."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:
        raise Refused(_("This is not an address.")) from None
    if parts.scheme != "https" and not (parts.scheme == "http" and settings.WEBHOOKS_UNSAFE_RECEIVERS):
        raise Refused(_("The address must begin with https://."))
    if not host:
        raise Refused(_("The address names no server."))
    if parts.username is not None or parts.password is not None:
        raise Refused(_("The address must not hold a user name or password."))
    return Target(parts.scheme, host, port or _PORTS[parts.scheme], _netloc(host, port), _path(parts))


def _netloc(host: str, port: int | None) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"{name}:{port}" if port else name


def _path(parts: SplitResult) -> str:
    path = iri_to_uri(parts._replace(scheme="", netloc="", fragment="").geturl())
    return path if path.startswith("/") else f"/{path}"


def resolve(host: str, port: int) -> str:
    """The IP address to connect to. Raises Refused when the name leads inside the network, OSError when nowhere.

    All that the name resolves to must be outside; and it is resolved once: who looked again before connecting could
    be told something else.
    """
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not settings.WEBHOOKS_UNSAFE_RECEIVERS:
        for text in found:
            if not is_outside(text):
                raise Refused(_("The address leads into the network of this server (%(address)s).") % {"address": text})
    return found[0]


def is_outside(text: str) -> bool:
    """Whether an IP address is one of the public internet's, for one receiver."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return all(one.is_global and not _is_special(one) for one in _meant(address))


def _is_special(address: Address) -> bool:
    return (
        address.is_multicast
        or address.is_reserved
        or address.is_unspecified
        or getattr(address, "is_site_local", False)
    )


def _meant(address: Address) -> list[Address]:
    """The address and those of IPv4 inside it."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    if address.ipv4_mapped:  # the same address, written otherwise
        return [address.ipv4_mapped]
    if any(address in network for network in _NAT64):
        return [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)]
    inside = [address.sixtofour, *(address.teredo or ())]
    return [address, *(one for one in inside if one)]
