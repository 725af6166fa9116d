"""What readers and apps see of a page, as one number: whether a touched page has really changed."""

import hashlib
import json
import logging
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME, CollectionViewRestriction, Page, ReferenceIndex, Site

from search import fanout
from search.documents import lineage
from search.visibility import public_ids

logger = logging.getLogger(__name__)

# What a page keeps for its editors, or for the tree's own housekeeping.
_UNSEEN = {
    "depth",
    "draft_title",
    "expire_at",
    "go_live_at",
    "has_unpublished_changes",
    "latest_revision",
    "latest_revision_created_at",
    "live_revision",
    "locked",
    "locked_at",
    "locked_by",
    "numchild",
    "owner",
    "path",
}

Thing = tuple[int, str]  # content type and key


@dataclass(frozen=True)
class Fingerprint:
    """A public page: its type, and a number that is another when anything is different for its readers."""

    type: str
    value: int


def of(versions: Mapping[int, int]) -> dict[int, Fingerprint]:
    """The fingerprints of the public pages among these (id: version); a constant number of queries for each page type.

    Unlike the search document's hash it sees all that a page holds (a picture's focal point, an event's end), and
    what it shows of others: the pages above it, the pictures, files, tags and pages that it refers to. A page that
    cannot be read is different with every version, for nobody can tell.
    """
    found: dict[int, Fingerprint] = {}
    public = public_ids(versions)
    if not public:
        return found
    around = _Around.of(public)
    for model, ids in _by_type(public):
        name = getattr(model, "search_type", model._meta.model_name)
        contents = _readable(model, ids)
        for page_id in ids:
            content = contents.get(page_id, versions[page_id])
            found[page_id] = Fingerprint(name, _number([content, around.of_page(page_id)]))
    return found


def _by_type(page_ids: Collection[int]) -> Iterator[tuple[type[Page], list[int]]]:
    groups: dict[int, list[int]] = defaultdict(list)
    for page_id, type_id in Page.objects.filter(pk__in=page_ids).values_list("pk", "content_type_id"):
        groups[type_id].append(page_id)
    for type_id, ids in groups.items():
        yield ContentType.objects.get_for_id(type_id).model_class() or Page, ids


def _readable(model: type[Page], ids: Sequence[int]) -> dict[int, Any]:
    """The contents of the pages; when a batch cannot be read, each by itself, so that one spoils only itself."""
    try:
        return dict(_contents(model, ids))
    except Exception:
        if len(ids) > 1:
            return {key: content for page_id in ids for key, content in _readable(model, [page_id]).items()}
        logger.exception("Page %d cannot be compared with what it was", ids[0])
    return {}


def _contents(model: type[Page], ids: Sequence[int]) -> Iterator[tuple[int, Any]]:
    """The pages' own content, that of their child objects included."""
    children = [
        relation.get_accessor_name()
        for relation in get_all_child_relations(model)
        if relation.get_accessor_name() != COMMENTS_RELATION_NAME
    ]
    for page in model.objects.filter(pk__in=ids).prefetch_related(*children):
        own = {field.name: _value(page, field) for field in model._meta.fields if field.name not in _UNSEEN}
        below = {name: [_row(child) for child in getattr(page, name).all()] for name in children}
        yield page.pk, [own, below]


def _row(item: models.Model) -> dict[str, Any]:
    return {field.name: _value(item, field) for field in item._meta.fields}


def _value(item: models.Model, field: Any) -> Any:
    return getattr(item, field.attname) if field.remote_field else field.value_to_string(item)


@dataclass(frozen=True)
class _Around:
    """What pages show of others."""

    paths: Mapping[int, str]
    above: Mapping[str, Any]  # by path
    references: Mapping[int, Sequence[Thing]]
    things: Mapping[Thing, Any]
    sites: Sequence[Any]

    @classmethod
    def of(cls, page_ids: Collection[int]) -> "_Around":
        paths = dict(Page.objects.filter(pk__in=page_ids).values_list("pk", "path"))
        ancestors = {above for path in paths.values() for above in lineage(path)[:-1]}
        above = Page.objects.filter(path__in=ancestors).values_list("path", "title", "url_path")
        references = _references(page_ids)
        return cls(
            paths=paths,
            above={path: shown for path, *shown in above},
            references=references,
            things=_things({thing for some in references.values() for thing in some}),
            sites=list(Site.objects.order_by("pk").values_list("hostname", "port", "root_page_id")),
        )

    def of_page(self, page_id: int) -> list[Any]:
        above = [self.above.get(path) for path in lineage(self.paths.get(page_id, ""))[:-1]]
        things = [[*thing, self.things.get(thing)] for thing in sorted(set(self.references[page_id]))]
        return [above, things, self.sites]


def _references(page_ids: Collection[int]) -> Mapping[int, list[Thing]]:
    found: dict[int, list[Thing]] = defaultdict(list)
    rows = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page), object_id__in=[str(key) for key in page_ids]
    )
    for page_id, type_id, key in rows.values_list("object_id", "to_content_type_id", "to_object_id"):
        found[int(page_id)].append((type_id, key))
    return found


def _things(wanted: Collection[Thing]) -> dict[Thing, Any]:
    """What can be seen of the things; of those alone whose changes touch the pages that refer to them."""
    by_type: dict[int, list[str]] = defaultdict(list)
    for type_id, key in wanted:
        by_type[type_id].append(key)
    found: dict[Thing, Any] = {}
    for type_id, keys in by_type.items():
        model = ContentType.objects.get_for_id(type_id).model_class()
        if model is None:
            continue
        shown = _pages_shown(keys) if issubclass(model, Page) else _shown(model, keys)
        found |= {(type_id, str(key)): value for key, value in shown}
    return found


def _pages_shown(keys: Sequence[str]) -> Iterator[tuple[int, Any]]:
    public = public_ids(map(int, keys))
    for key, title, url_path in Page.objects.filter(pk__in=public).values_list("pk", "title", "url_path"):
        yield key, [title, url_path]


def _shown(model: type[models.Model], keys: Sequence[str]) -> Iterator[tuple[Any, Any]]:
    if not fanout.follows(model):
        return
    collections = {"collection__path"} & {f"{field.name}__path" for field in model._meta.fields}
    restrictions = CollectionViewRestriction.objects.exclude(restriction_type=CollectionViewRestriction.NONE)
    private = tuple(restrictions.values_list("collection__path", flat=True))
    names = [field.attname for field in model._meta.concrete_fields]
    for row in model._default_manager.filter(pk__in=keys).values(*names, *collections):
        row["private"] = row.pop("collection__path", "").startswith(private)
        yield row[model._meta.pk.attname], row


def _number(content: Any) -> int:
    """63 bits."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()) >> 1
