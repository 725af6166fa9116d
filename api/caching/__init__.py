"""Answers that clients may keep: ETag, Last-Modified, Cache-Control, and 304 without a look at the content."""

from api.caching.conditional import cached, conditional, of, of_code, of_search, unkept
from api.caching.policies import CONTENT, PRIVATE, RELEASE

__all__ = ["CONTENT", "PRIVATE", "RELEASE", "cached", "conditional", "of", "of_code", "of_search", "unkept"]
