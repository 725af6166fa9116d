"""The portal's own colour: a stylesheet whose address is the colour, so that it can be kept for ever."""

import re
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ACCENT = "#9b1c1c"  # that of static/css/tokens.css
COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
LEGIBLE = 4.5  # the contrast that WCAG 2.2 AA asks of text
LIGHT_SHADE, DARK_SHADE = "#f5f3ef", "#1e232b"  # the paler background of both themes in static/css/tokens.css
STEPS = 20  # from a colour to white

Channels = tuple[float, float, float]


def check_accent(colour: str) -> None:
    """Refuse what is no colour, or one in which nobody could read a link."""
    if not COLOUR.fullmatch(colour):
        raise ValidationError(_("Give the colour as # and six digits, such as #9b1c1c."))
    if contrast(colour, LIGHT_SHADE) < LEGIBLE:
        raise ValidationError(_("This colour is too pale: links in it could not be read. Choose a darker one."))


def stylesheet(colour: str) -> str:
    """The tokens that differ from those in tokens.css, for both themes."""
    dark = on_dark(colour)
    return (
        f":root{{--accent:{colour};--on-accent:#fff}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{--accent:{dark};--on-accent:#14171c}}}}\n"
    )


def on_dark(colour: str) -> str:
    """The colour with as much white as it takes to be read on the dark theme."""
    return next(tint for tint in _tints(colour) if contrast(tint, DARK_SHADE) >= LEGIBLE)


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _tints(colour: str) -> Iterator[str]:
    channels = _channels(colour)
    for step in range(STEPS + 1):
        tint = (round(255 * (value + (1 - value) * step / STEPS)) for value in channels)
        yield "#" + "".join(f"{value:02x}" for value in tint)


def _channels(colour: str) -> Channels:
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))  # type: ignore[return-value]


def _luminance(colour: str) -> float:
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
