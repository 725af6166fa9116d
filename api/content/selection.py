"""`fields=title,cover(renditions),event.title`: which fields an answer has, at any depth."""

import re
from functools import cache, lru_cache
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.serializers import ListSerializer, Serializer

from search.queries import BadQuery

# The fields wanted, each with those wanted of it; none means all of them. A tuple, so that it can be a key.
Selection = tuple[tuple[str, "Selection"], ...]

PARAMETER = "fields"
ALWAYS = "id"  # what tells things apart is in every answer
LONGEST = 2_000  # characters
_DEEPEST = 6
_TOKEN = re.compile(r"\s*([a-z_0-9]+|[(),.])\s*")


def read(name: str, values: list[str]) -> Selection:
    """The fields that a parameter names. Raises BadQuery."""
    text = ",".join(value for value in values if value)
    if len(text) > LONGEST:
        raise BadQuery(name, _("Use at most %(limit)d characters.") % {"limit": LONGEST})
    tokens = _tokens(name, text)
    wanted: dict[str, Any] = {}
    _read_list(name, tokens, wanted, 0)
    if tokens:
        raise _malformed(name)
    return _frozen(wanted)


@lru_cache(maxsize=256)
def check(name: str, serializer: type[Serializer[Any]], selection: Selection) -> None:
    """Raise BadQuery for a field that does not exist."""
    _check(name, serializer(), selection)


def prune(serializer: Any, selection: Selection) -> None:
    """Take the fields that are not wanted out of a serializer."""
    if isinstance(serializer, ListSerializer):
        serializer = serializer.child
    if not selection:
        return
    serializer.is_whole = False
    wanted = dict(selection)
    for field in [field for field in serializer.fields if field not in wanted and field != ALWAYS]:
        serializer.fields.pop(field)
    for field, inner in selection:
        prune(serializer.fields[field], inner)


def names(selection: Selection) -> set[str]:
    """The fields wanted at the outermost level."""
    return {field for field, _inner in selection}


@cache
def all_but(serializer: type[Serializer[Any]], left_out: frozenset[str]) -> Selection:
    """All fields of a serializer but these."""
    return tuple((str(field), ()) for field in serializer().fields if field not in left_out)


def _tokens(name: str, text: str) -> list[str]:
    found, at = [], 0
    while at < len(text):
        if not (match := _TOKEN.match(text, at)):
            raise _malformed(name)
        found.append(match[1])
        at = match.end()
    return found[::-1]  # taken from the end


def _read_list(name: str, tokens: list[str], wanted: dict[str, Any], depth: int) -> None:
    """Reads `a,b(c,d),e.f` into `wanted`: name → what is wanted of it, None for all."""
    if depth > _DEEPEST:
        raise BadQuery(name, _("The fields are nested too deeply."))
    while True:
        _read_field(name, tokens, wanted, depth)
        if not (tokens and tokens[-1] == ","):
            return
        tokens.pop()


def _read_field(name: str, tokens: list[str], wanted: dict[str, Any], depth: int) -> None:
    if not tokens or tokens[-1] in "(),.":
        raise _malformed(name)
    field = tokens.pop()
    opening = tokens.pop() if tokens and tokens[-1] in "(." else ""
    if not opening:
        wanted[field] = None  # all of it, whatever else is said of it
        return
    inner: dict[str, Any] = {}
    if opening == "(":
        _read_list(name, tokens, inner, depth + 1)
        if not tokens or tokens.pop() != ")":
            raise _malformed(name)
    elif depth < _DEEPEST:
        _read_field(name, tokens, inner, depth + 1)
    else:
        raise BadQuery(name, _("The fields are nested too deeply."))
    _merge(wanted, field, inner)


def _merge(wanted: dict[str, Any], field: str, inner: dict[str, Any] | None) -> None:
    """What is wanted of a field named twice is the sum of both."""
    if inner is None or (field in wanted and wanted[field] is None):
        wanted[field] = None
        return
    known = wanted.setdefault(field, {})
    for child, below in inner.items():
        _merge(known, child, below)


def _frozen(wanted: dict[str, Any] | None) -> Selection:
    return tuple(sorted((field, _frozen(inner)) for field, inner in (wanted or {}).items()))


def _check(name: str, serializer: Any, selection: Selection, above: str = "") -> None:
    if isinstance(serializer, ListSerializer):
        serializer = serializer.child
    if selection and not isinstance(serializer, Serializer):
        raise BadQuery(name, _("“%(field)s” has no fields of its own.") % {"field": above.rstrip(".")})
    for field, inner in selection:
        if field not in serializer.fields:
            choices = ", ".join(serializer.fields)
            values = {"field": f"{above}{field}", "choices": choices}
            raise BadQuery(name, _("There is no field “%(field)s”. Choose from: %(choices)s.") % values)
        _check(name, serializer.fields[field], inner, f"{above}{field}.")


def _malformed(name: str) -> BadQuery:
    return BadQuery(name, _("Name fields like this: title,cover(alt,renditions),section.title."))
