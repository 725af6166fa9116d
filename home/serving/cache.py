"""The shared cache, without which the site is slower and not down."""

import logging
from collections.abc import Callable
from functools import wraps
from time import monotonic
from typing import Any

from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError, TimeoutError
from redis.retry import Retry

logger = logging.getLogger(__name__)

PATIENCE = 0.5  # seconds that an answer may take
PAUSE = 5.0  # seconds without asking after one that did not come: a page asks several times

Operation = Callable[..., Any]


def _where_it_answers(name: str) -> Operation:
    """The operation `name` on Redis; while that is away, on a cache that is empty and keeps nothing."""
    ask: Operation = getattr(RedisCache, name)

    @wraps(ask)
    def operation(self: "RedisWhereItAnswers", *args: Any, **kwargs: Any) -> Any:
        if monotonic() >= self.ask_again_at:
            try:
                return ask(self, *args, **kwargs)
            except (ConnectionError, TimeoutError) as error:
                type(self).ask_again_at = monotonic() + PAUSE
                logger.warning("The shared cache does not answer; the site goes on without it: %s", error)
        return getattr(self._nothing, name)(*args, **kwargs)

    return operation


class RedisWhereItAnswers(RedisCache):
    """Django's Redis cache; what is kept there can be had anew, so that its absence is no reason to fail.

    One retry, at once, for a kept connection that a restarted Redis has closed.
    """

    ask_again_at = 0.0  # of the monotonic clock, for all threads of the process

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._options = {
            "socket_connect_timeout": PATIENCE,
            "socket_timeout": PATIENCE,
            "retry": Retry(NoBackoff(), 1),
            **self._options,
        }
        self._nothing = DummyCache(server, params)

    add = _where_it_answers("add")
    get = _where_it_answers("get")
    set = _where_it_answers("set")
    touch = _where_it_answers("touch")
    delete = _where_it_answers("delete")
    get_many = _where_it_answers("get_many")
    has_key = _where_it_answers("has_key")
    incr = _where_it_answers("incr")
    set_many = _where_it_answers("set_many")
    delete_many = _where_it_answers("delete_many")
    clear = _where_it_answers("clear")
