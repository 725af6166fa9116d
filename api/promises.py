"""What the API has promised to apps, and what a newer description of it takes back.

Apps are built on the description of the last release: they send what it lets them send, and rely on every answer being
as it says. So whatever a parameter took it must go on taking, and an answer may hold more fields but nothing else that
was not foreseen. Shapes are compared by their names, which typed clients use. Where in doubt it is a breach: another
`format`, for instance. All operations read, so that apps send parameters and no bodies.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Description = Mapping[str, Any]  # an OpenAPI document, or a part of one

PROSE = {"description", "summary", "example", "examples"}
MOST = ("maximum", "maxLength", "maxItems")
LEAST = ("minimum", "minLength", "minItems")
RECEIVED = "may be {} now"
SENT = "may not be {} any more"


def promised(document: Description) -> Description:
    """A description without what is said to people only: what apps are built on."""
    return _bare(document, holds_names=False)


def _bare(part: Any, holds_names: bool) -> Any:
    if isinstance(part, list):
        return [_bare(item, holds_names=False) for item in part]
    if not isinstance(part, Mapping):
        return part
    kept = {name: value for name, value in part.items() if holds_names or name not in PROSE}
    return {name: _bare(value, not holds_names and name == "properties") for name, value in kept.items()}


def broken(before: Description, now: Description) -> list[str]:
    """Every promise of `before` that `now` breaks, one in a line; none means that no app will notice."""
    return [*_operations(before, now), *_webhooks(before, now), *_shapes(before, now)]


def _operations(before: Description, now: Description) -> Iterator[str]:
    for path, methods in before["paths"].items():
        for method, old in methods.items():
            name = f"{method.upper()} {path}"
            if (new := now["paths"].get(path, {}).get(method)) is None:
                yield f"{name} is gone"
                continue
            if old["operationId"] != new["operationId"]:
                yield f"{name} is called {new['operationId']} now, not {old['operationId']}"
            if {} in _keys(before, old) and {} not in _keys(now, new):
                yield f"{name} needs a key now"
            yield from _parameters(name, old, new)
            yield from _answers(name, old["responses"], new["responses"])


def _keys(document: Description, operation: Description) -> list[Description]:
    return operation.get("security", document.get("security", [{}]))


def _parameters(name: str, old: Description, new: Description) -> Iterator[str]:
    taken, takes = _by_name(old), _by_name(new)
    for key, parameter in takes.items():
        if parameter.get("required") and not taken.get(key, {}).get("required"):
            yield f"{name} ?{key[1]} is required now"
    for key, parameter in taken.items():
        where = f"{name} ?{key[1]}"
        if key not in takes:
            yield f"{where} is gone"
            continue
        yield from _exceeds(parameter["schema"], takes[key]["schema"], where, SENT)
        for trait in ("style", "explode"):
            if parameter.get(trait) != takes[key].get(trait):
                yield f"{where} is written otherwise: {trait}"
        default = parameter["schema"].get("default")
        if default is not None and default != takes[key]["schema"].get("default"):
            yield f"{where} is no longer {default} where it is not given"


def _by_name(operation: Description) -> dict[tuple[str, str], Description]:
    return {(item["in"], item["name"]): item for item in operation.get("parameters", ())}


def _answers(name: str, old: Description, new: Description) -> Iterator[str]:
    for status, answer in old.items():
        if status in new:
            yield from _contents(f"{name} {status}", answer, new[status])
        elif status < "400":  # one refusal less hurts nobody
            yield f"{name} {status} is gone"


def _contents(where: str, old: Description, new: Description) -> Iterator[str]:
    for kind, content in old.get("content", {}).items():
        if kind in new.get("content", {}):
            yield from _exceeds(new["content"][kind]["schema"], content["schema"], where, RECEIVED)
        else:
            yield f"{where} is no {kind} any more"


def _webhooks(before: Description, now: Description) -> Iterator[str]:
    for name, old in before.get("webhooks", {}).items():
        if (new := now.get("webhooks", {}).get(name)) is None:
            yield f"webhook {name} is gone"
        else:
            yield from _contents(f"webhook {name}", old["post"]["requestBody"], new["post"]["requestBody"])


def _shapes(before: Description, now: Description) -> Iterator[str]:
    shapes = now["components"]["schemas"]
    for name, old in before["components"]["schemas"].items():
        if name in shapes:
            yield from _exceeds(shapes[name], old, name, RECEIVED)
        else:
            yield f"{name} is gone"


def _exceeds(inner: Description, outer: Description, where: str, words: str) -> Iterator[str]:
    """How `inner` allows what `outer` does not: the new and the old of answers, the old and the new of what is sent."""
    allowed = _alternatives(outer)
    for kind, schema in _alternatives(inner).items():
        if kind in allowed:
            yield from _details(schema, allowed[kind], where, words)
        elif "discriminator" not in outer:  # which says that apps pass over what they do not know
            yield f"{where} {words.format(kind)}"


def _alternatives(schema: Description) -> dict[str, Description]:
    """What a value may be: the name of a shape, or a JSON type with its format → the rest of the schema."""
    for combination in ("allOf", "oneOf", "anyOf"):
        if parts := schema.get(combination):
            return {kind: found for part in parts for kind, found in _alternatives(part).items()}
    if reference := schema.get("$ref"):
        return {reference.rpartition("/")[2]: {}}
    types = schema.get("type", "anything")
    return {_kind(name, schema): schema for name in ([types] if isinstance(types, str) else types)}


def _kind(name: str, schema: Description) -> str:
    return f"{name} ({schema['format']})" if name != "null" and "format" in schema else name


def _details(inner: Description, outer: Description, where: str, words: str) -> Iterator[str]:
    yield from (f"{where} {words.format(value)}" for value in _foreign_values(inner, outer))
    for limits, sign in ((MOST, 1), (LEAST, -1)):
        for limit in limits:
            if limit in outer and (limit not in inner or sign * inner[limit] > sign * outer[limit]):
                yield f"{where} {words.format(f'of {limit} {inner.get(limit)}')}"
    if "items" in outer:
        yield from _exceeds(inner.get("items", {}), outer["items"], f"{where}[]", words)
    for name, field in outer.get("properties", {}).items():
        if name not in inner.get("properties", {}):
            yield f"{where}.{name} is gone"
            continue
        if name in outer.get("required", ()) and name not in inner.get("required", ()):
            yield f"{where}.{name} may be missing now"
        yield from _exceeds(inner["properties"][name], field, f"{where}.{name}", words)


def _foreign_values(inner: Description, outer: Description) -> list[Any]:
    known = _values(outer)
    if known is None:
        return []
    given = _values(inner)
    return ["anything"] if given is None else [value for value in given if value not in known]


def _values(schema: Description) -> list[Any] | None:
    """The values that are named, if not all are allowed."""
    return [schema["const"]] if "const" in schema else schema.get("enum")
