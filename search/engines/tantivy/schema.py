"""The index's fields, and documents written into and read from them."""

import json

import tantivy

from search import vietnamese
from search.documents import FACETS, SearchDocument, lineage
from search.engines.base import Change, Found
from search.engines.ranks import Ranks
from search.engines.shown import from_stored, to_stored

# Raise MAPPING whenever an old index could not serve or take what this module writes.
MAPPING = 3
INDEX_VERSION = f"{MAPPING}.{vietnamese.VERSION}"

# The four views (DESIGN §3), each once for everything and once for the title.
VIEWS = ("exact", "folded", "exact_pairs", "folded_pairs")
TOKEN_FIELDS = [f"{scope}_{view}" for scope in ("all", "title") for view in VIEWS] + ["title_prefixes"]
RANK_FIELDS = ("newest", "oldest", "most_read")


def build_schema() -> tantivy.Schema:
    """Token fields hold strings made by `search.vietnamese`, and are only split at spaces."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", stored=True, indexed=True, fast=True)
    for name in ("version", "hash", *RANK_FIELDS):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    builder.add_integer_field("timestamp", indexed=True, fast=True)
    for name in TOKEN_FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("paths", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("shown", stored=True)
    builder.add_bytes_field("body", stored=True)
    # New fields come last: an index made before them goes on serving, and its fields keep their places.
    builder.add_text_field("number", tokenizer_name="raw", index_option="basic")
    return builder.build()


def open_index(path: str) -> tantivy.Index:
    """The index in the folder `path`, made if the folder is empty; an unregistered tokenizer kills the writer.

    One of another version is opened with the fields that it has.
    """
    index = tantivy.Index.open(path) if tantivy.Index.exists(path) else tantivy.Index(build_schema(), path=path)
    whitespace = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("whitespace", whitespace)
    return index


def to_tantivy(change: Change) -> tantivy.Document:
    """The document of a change that has one. Integers by `add_unsigned`: a plain `int` kills the writer."""
    document = change.document
    assert document is not None
    entry = tantivy.Document()
    entry.add_unsigned("id", document.id)
    entry.add_unsigned("version", change.version)
    entry.add_unsigned("hash", document.content_hash)
    for name, rank in vars(Ranks.of(document)).items():
        entry.add_unsigned(name, rank)
    if document.timestamp is not None:
        entry.add_integer("timestamp", document.timestamp)
    _add_tokens(entry, document)
    for facet, values in document.facets.items():
        for value in values:
            entry.add_text(facet, value.value)
    if document.number:
        entry.add_text("number", document.number)
    for path in lineage(document.path):
        entry.add_text("paths", path)
    # A stored text field would be indexed too.
    entry.add_bytes("shown", _encoded(json.dumps(to_stored(document), ensure_ascii=False)))
    entry.add_bytes("body", _encoded(document.body))
    return entry


def _add_tokens(entry: tantivy.Document, document: SearchDocument) -> None:
    for scope, text in (("all", f"{document.title}\n{document.body}"), ("title", document.title)):
        for view, tokens in vars(vietnamese.views(text)).items():
            entry.add_text(f"{scope}_{view}", tokens)
    entry.add_text("title_prefixes", vietnamese.prefixes(document.title, *document.names))


def to_found(entry: tantivy.Document, score: float, rank: int) -> Found:
    """A stored document and its place in the answer."""
    return from_stored(json.loads(_decoded(entry, "shown")), _decoded(entry, "body"), score, rank)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # a lone surrogate comes back as it was


def _decoded(entry: tantivy.Document, name: str) -> str:
    return bytes(entry[name][0]).decode("utf-8", "surrogatepass")
