"""What people call the values of facets: written when documents are indexed, read when facets are counted."""

from collections.abc import Iterable, Mapping

from search.documents import SearchDocument
from search.models import FacetLabel
from search.pages import searchable_types
from search.rows import rows

_NUMBERS = "SELECT value FROM {label} WHERE facet IN ('cited', 'number') AND (value LIKE %s OR value LIKE %s)"
LONGEST = 255  # characters
_LABELS = "SELECT facet, value, label FROM {label} WHERE value IN ({values})"


def remember(documents: Iterable[SearchDocument]) -> None:
    """Keep the labels of these documents' facets, and official documents' own numbers; one query when none is new."""
    documents = list(documents)
    labels = {
        (facet, item.value): item.label[:LONGEST]
        for document in documents
        for facet, items in document.facets.items()
        for item in items
        if facet != "type"
    }
    labels |= {("number", item.number): item.number for item in documents if item.number}
    known = _stored(labels)
    changed = [
        FacetLabel(facet=key[0], value=key[1], label=text) for key, text in labels.items() if known.get(key) != text
    ]
    if changed:
        FacetLabel.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["facet", "value"], update_fields=["label"]
        )


def numbers_with(serial: int) -> set[str]:
    """The numbers (keys) of official documents with this serial number: of those known, and of those only cited."""
    return {key for (key,) in rows(_NUMBERS, [f"{serial}-%", f"{serial}/%"])}


def lookup(values: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
    """The labels of (facet, value) pairs; types are named by the reader's language, a stranger by its value."""
    wanted = set(values)
    stored = _stored(wanted)
    types = _type_names() if any(facet == "type" for facet, _ in wanted) else {}
    return {key: types.get(key) or stored.get(key) or key[1] for key in wanted}


def _type_names() -> dict[tuple[str, str], str]:
    return {("type", name): str(model._meta.verbose_name) for name, model in searchable_types().items()}


def _stored(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Labels of the values, some of other facets among them: one plain query is quicker than an exact one."""
    values = {value for _, value in keys}
    if not values:
        return {}
    return {(facet, value): label for facet, value, label in rows(_LABELS, sorted(values))}
