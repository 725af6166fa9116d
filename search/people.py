"""Whether a request is a person's who reads, as far as can be told. Who that is is looked at, never kept."""

import re

from django.http import HttpRequest

_CRAWLER = re.compile(r"bot\b|crawl|spider|slurp|preview|monitor|headless|facebookexternalhit|lighthouse", re.I)
# On the site programs are no readers; of the API's clients many ask for people.
_PROGRAM = re.compile(r"curl|wget|python|go-http|java/|libwww|okhttp", re.I)


def is_person(request: HttpRequest, *, or_program: bool = False) -> bool:
    """No robot, and no browser that fetches ahead what may never be looked at; programs only where they may ask."""
    if request.method == "HEAD":
        return False
    ahead = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    agent = request.headers.get("User-Agent", "")
    return "prefetch" not in ahead and not _CRAWLER.search(agent) and (or_program or not _PROGRAM.search(agent))
