"""Addresses of videos, and of the players that show them in a page."""

import re
from urllib.parse import quote

# What of an address of each provider names the video, and where that provider's player is.
_PLAYERS = (
    (
        re.compile(
            r"https?://(?:www\.|m\.)?youtube\.com/(?:watch\?(?:[^#]*&)?v=|shorts/|live/|embed/)([\w-]{11})(?![\w-])"
        ),
        "https://www.youtube-nocookie.com/embed/{}?autoplay=1",
    ),
    (re.compile(r"https?://youtu\.be/([\w-]{11})(?![\w-])"), "https://www.youtube-nocookie.com/embed/{}?autoplay=1"),
    (
        re.compile(r"https?://(?:www\.)?vimeo\.com/(\d+)(?!\w)"),
        "https://player.vimeo.com/video/{}?autoplay=1&dnt=1",
    ),
    (
        re.compile(
            r"(https?://(?:www\.|m\.)?facebook\.com/(?:watch/?\?v=\d+|reel/\d+|[\w.-]+/videos/(?:[\w.-]+/)?\d+))"
        ),
        "https://www.facebook.com/plugins/video.php?href={}&autoplay=1",
    ),
)
PROVIDERS = "YouTube, Vimeo, Facebook"


def player_address(url: str) -> str | None:
    """The address of the provider's player for the video at `url`; None where the provider is not known.

    Made from the address alone: no page waits for the provider.
    """
    for pattern, player in _PLAYERS:
        if match := pattern.match(url.strip()):
            return player.format(quote(match[1], safe=""))
    return None
