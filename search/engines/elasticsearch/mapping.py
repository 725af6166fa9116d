"""The index's fields and analyzers as data, and documents written for and read from them."""

import re
from typing import Any

from search import vietnamese
from search.documents import FACETS, lineage
from search.engines.base import Change, Found
from search.engines.elasticsearch.client import Options
from search.engines.ranks import Ranks
from search.engines.shown import from_stored, to_stored

# Raise MAPPING whenever an old index could not serve or take what this module writes.
MAPPING = 3
INDEX_VERSION = f"{MAPPING}.{vietnamese.VERSION}"

# Token strings come from `search.vietnamese` and are only split at spaces; pairs are made of them here.
ANALYSIS = {
    "filter": {
        "pairs": {
            "type": "shingle",
            "min_shingle_size": 2,
            "max_shingle_size": 2,
            "output_unigrams": False,
            "token_separator": "_",
        }
    },
    "analyzer": {
        "syllables": {"type": "custom", "tokenizer": "whitespace"},
        "pairs": {"type": "custom", "tokenizer": "whitespace", "filter": ["pairs"]},
    },
}
_SYLLABLES = {"type": "text", "analyzer": "syllables", "index_options": "freqs"}
_VIEW = _SYLLABLES | {"fields": {"pairs": {"type": "text", "analyzer": "pairs", "index_options": "freqs"}}}
VIEWS = ("all_exact", "all_folded", "title_exact", "title_folded")
_TOKENS = dict.fromkeys(VIEWS, _VIEW) | {"title_prefixes": _SYLLABLES | {"norms": False}}

# `shown` and `body` are kept in the source and not indexed; the token strings are indexed and not kept.
MAPPINGS = {
    "dynamic": "strict",
    "_source": {"excludes": list(_TOKENS)},
    "properties": {
        **{name: {"type": "long"} for name in ("id", "version", "hash", "timestamp", "newest", "oldest", "most_read")},
        **_TOKENS,
        **{name: {"type": "keyword"} for name in (*FACETS, "number")},
        "paths": {"type": "keyword", "doc_values": False},
        "shown": {"type": "object", "enabled": False},
        "body": {"type": "text", "index": False},
    },
}

# A deleted page's version is remembered for longer than any worker can hold an older state of the page.
_REMEMBER_DELETED = "1h"
_RANK_ZERO = 2**63  # ranks are unsigned, Elasticsearch's long is signed
_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, which UTF-8 cannot hold


def index_settings(options: Options) -> dict[str, Any]:
    """The settings of an index in use."""
    return {
        "number_of_shards": options.shards,
        "number_of_replicas": options.replicas,
        "refresh_interval": options.refresh_interval,
        "gc_deletes": _REMEMBER_DELETED,
        "analysis": ANALYSIS,
    }


def field(name: str) -> str:
    """A token field of `search.engines.mix` by its name here: pairs are a part of the field of syllables."""
    return name.replace("_pairs", ".pairs")


def to_elasticsearch(change: Change) -> dict[str, Any]:
    """The source of a change that has a document."""
    document = change.document
    assert document is not None
    whole, title = vietnamese.views(f"{document.title}\n{document.body}"), vietnamese.views(document.title)
    return {
        "id": document.id,
        "version": change.version,
        "hash": document.content_hash,
        "timestamp": document.timestamp,
        **{name: rank - _RANK_ZERO for name, rank in vars(Ranks.of(document)).items()},
        "all_exact": whole.exact,
        "all_folded": whole.folded,
        "title_exact": title.exact,
        "title_folded": title.folded,
        "title_prefixes": vietnamese.prefixes(document.title, *document.names),
        **{facet: [value.value for value in values] for facet, values in document.facets.items()},
        **({"number": document.number} if document.number else {}),
        "paths": lineage(document.path),
        "shown": _whole_characters(to_stored(document)),
        "body": _whole_characters(document.body),
    }


def _whole_characters(value: Any) -> Any:
    """`value` with a replacement character for each lone surrogate, so that offsets stay."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {key: _whole_characters(item) for key, item in value.items()}
    return [_whole_characters(item) for item in value] if isinstance(value, list | tuple) else value


def to_found(hit: Any) -> Found:
    """A hit of a search that was sorted by score and rank, or by a rank alone."""
    *score, rank = hit["sort"]
    source = hit["_source"]
    return from_stored(source["shown"], source.get("body", ""), score[0] if score else 0.0, rank + _RANK_ZERO)


def rank_value(rank: int) -> int:
    """A rank as the index holds it."""
    return rank - _RANK_ZERO
