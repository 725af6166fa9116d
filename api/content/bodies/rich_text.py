"""Paragraphs and lists as HTML that any app may show: sanitised, every link absolute and to something public."""

import re
from collections.abc import Mapping
from functools import partial
from html import escape
from typing import Any
from urllib.parse import urljoin

import nh3
from wagtail.rich_text.rewriters import FIND_A_TAG, extract_attrs

from api.content.related import Related

TAGS = {
    *("a", "b", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "i"),
    *("li", "ol", "p", "strong", "sub", "sup", "u", "ul"),
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_ID = re.compile(r"[0-9]{1,9}")


def references(html: str) -> tuple[set[int], set[int]]:
    """The ids of the pages and of the files that stored rich text links to."""
    found: dict[str, set[int]] = {"page": set(), "document": set()}
    for match in FIND_A_TAG.finditer(html):
        attributes = extract_attrs(match[1])
        kind, key = attributes.get("linktype", ""), attributes.get("id", "")
        if kind in found and _ID.fullmatch(key):
            found[kind].add(int(key))
    return found["page"], found["document"]


def shown(html: str, related: Related) -> str:
    """Stored rich text for everybody. A link to what is not public loses its address and keeps its words."""
    linked = FIND_A_TAG.sub(lambda match: _opening(extract_attrs(match[1]), related), html)
    return nh3.clean(
        linked,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes=_SCHEMES,
        attribute_filter=partial(_absolute, base=related.base),
    )


def _opening(attributes: dict[str, str], related: Related) -> str:
    """The `<a>` that a stored one stands for."""
    href = attributes.get("href")
    if (kind := attributes.get("linktype")) in {"page", "document"}:
        key = attributes.get("id", "")
        target = _target(kind, int(key), related) if _ID.fullmatch(key) else None
        href = str(target["url"]) if target else None
    return f'<a href="{escape(href)}">' if href else "<a>"


def _target(kind: str, key: int, related: Related) -> Mapping[str, Any] | None:
    return related.link(key) if kind == "page" else related.file(key)


def _absolute(tag: str, attribute: str, value: str, base: str) -> str | None:
    """None takes the attribute away."""
    if value.startswith("#"):
        return value
    try:
        return urljoin(f"{base}/", value)
    except ValueError:  # no address at all, such as `http://[`
        return None
