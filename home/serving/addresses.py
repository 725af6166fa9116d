"""Where a request comes from."""

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Whom to count a request without a key for. Of IPv6 the network of one customer, who has 2^64 addresses."""
    remote = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXY and settings.TRUSTED_PROXY in (remote, "*"):
        # The last is what the proxy itself saw; what stands before it anybody may have written.
        remote = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1].strip() or remote
    try:
        address = ip_address(remote)
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or int(address) >> 64)
    return str(address)
