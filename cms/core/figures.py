"""Pictures as HTML; see `cms.core.pictures`.

Not by templates, nor by `format_html`: of a page with many pictures they would take most of the time. So everything
that goes in is escaped here.
"""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from cms.core.models.media import Image
from cms.core.pictures import SHAPES, Size, made_sizes, sizes_of

LARGE = "max-1600x1600|format-webp"  # what a reader gets who looks at a picture closely
WIDTHS = "(min-width: 48rem) 44rem, 100vw"  # that a picture in a text takes on the page

_AT_ONCE, _WHEN_NEAR = 'fetchpriority="high"', 'loading="lazy" decoding="async"'


def figure(image: Image, *, alt: str, caption: str = "", credit: str = "") -> SafeString:
    """A picture in a text. It leads to itself, large; static/js/reading.js shows that in the page."""
    large = escape(sizes_of(image, [LARGE])[LARGE].url)
    picture = responsive(image, "body", sizes=WIDTHS, alt=alt)
    link = f'<a href="{large}" data-picture>{picture}</a>'
    return mark_safe(f'<figure class="picture">{link}{_caption(caption, credit)}</figure>')  # noqa: S308 (escaped)


def responsive(image: Image, shape: str, *, sizes: str, alt: str, first: bool = False) -> SafeString:
    """The picture for a page, as `<picture>` with width and height, so that nothing moves when it comes.

    It comes when the reader gets near to it; the one that he sees `first` comes at once and before all else.
    """
    webp, avif = (_specs(shape, kind) for kind in ("webp", "avif"))
    jpeg = _specs(shape, "jpeg")[-2]
    found, better = sizes_of(image, [*webp, jpeg]), made_sizes(image, avif)
    sources = _source("avif", better.values(), sizes) if len(better) == len(avif) else ""
    sources += _source("webp", [found[spec] for spec in webp], sizes)
    old, when = found[jpeg], _AT_ONCE if first else _WHEN_NEAR
    measures = f'width="{old.width}" height="{old.height}"'
    shown = f'<img src="{escape(old.url)}" {measures} alt="{escape(alt)}" {when}>'
    return mark_safe(f"<picture>{sources}{shown}</picture>")  # noqa: S308 (escaped)


def _specs(shape: str, kind: str) -> list[str]:
    return [f"{size}|format-{kind}" for size in SHAPES[shape]]


def _source(kind: str, made: Iterable[Size], sizes: str) -> str:
    addresses = escape(", ".join(f"{size.url} {size.width}w" for size in made))
    return f'<source type="image/{kind}" srcset="{addresses}" sizes="{escape(sizes)}">'


def _caption(caption: str, credit: str) -> str:
    if not (caption or credit):
        return ""
    named = gettext("Picture: %(credit)s") % {"credit": credit} if credit else ""
    whose = f'<span class="credit">{escape(named)}</span>' if named else ""
    return f"<figcaption>{escape(caption)} {whose}</figcaption>"
