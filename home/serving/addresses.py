"""Where a request comes from."""

from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

_HOST_BITS = 64  # of IPv6, those that one customer chooses


def client_address(request: HttpRequest) -> str:
    """Whom to count a request without a key for. Of IPv6 the network of one customer, who has 2^64 addresses."""
    address = _sender(request)
    if address is None:
        return "unknown"
    return str(int(address) >> _HOST_BITS) if isinstance(address, IPv6Address) else str(address)


def client_network(request: HttpRequest) -> str | None:
    """The same for records of it: an address, of IPv6 the network's; None where it is not known."""
    address = _sender(request)
    if isinstance(address, IPv6Address):
        return str(IPv6Address(int(address) >> _HOST_BITS << _HOST_BITS))
    return str(address) if address else None


def _sender(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    remote = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXY and settings.TRUSTED_PROXY in (remote, "*"):
        # The last is what the proxy itself saw; what stands before it anybody may have written.
        remote = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1].strip() or remote
    try:
        address = ip_address(remote)
    except ValueError:
        return None
    return address.ipv4_mapped or address if isinstance(address, IPv6Address) else address
