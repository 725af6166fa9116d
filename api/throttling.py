"""How many requests a minute: counted in windows of the shared cache, right among all threads and processes.

One atomic `incr` for each request. While the shared cache is away, each process counts for itself: readers are served,
and the limits hold as many times as there are processes.
"""

from dataclasses import dataclass
from time import time

from django.core.cache import cache
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache

WINDOW = 60  # seconds
_own = LocMemCache("api.throttling", {"OPTIONS": {"MAX_ENTRIES": 10_000}})


@dataclass(frozen=True)
class Rate:
    """How a client stands: which policy it is under, what that allows, what it has used, seconds to the next window."""

    policy: str
    limit: int
    used: int
    reset: int

    @property
    def exceeded(self) -> bool:
        return self.used > self.limit

    def headers(self) -> dict[str, str]:
        """As the IETF's draft has them (draft-ietf-httpapi-ratelimit-headers)."""
        left = max(self.limit - self.used, 0)
        told = {
            "RateLimit-Policy": f'"{self.policy}";q={self.limit};w={WINDOW}',
            "RateLimit": f'"{self.policy}";r={left};t={self.reset}',
        }
        return told | ({"Retry-After": str(self.reset)} if self.exceeded else {})


def count(policy: str, client: str, limit: int) -> Rate:
    """Count a request of `client` in the window that is open now."""
    now = time()
    window = int(now // WINDOW)
    reset = max(int((window + 1) * WINDOW - now), 1)
    return Rate(policy, limit, _count(f"api-rate.{policy}.{client}.{window}"), reset)


def _count(name: str) -> int:
    try:
        return _count_in(cache, name)
    except ValueError:  # it keeps nothing: the shared cache is away
        return _count_in(_own, name)


def _count_in(where: BaseCache, name: str) -> int:
    try:
        return where.incr(name)
    except ValueError:  # the first of this window
        where.add(name, 0, timeout=2 * WINDOW)
        return where.incr(name)
