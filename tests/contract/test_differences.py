"""Where the engines differ, how, and why."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engines.base import Engine, Request
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.tantivy import TantivyEngine
from search.queries import Sort
from tests.contract.documents import added, document, removed
from tests.contract.suite import ask


@pytest.fixture
def tantivy(tmp_path: Path) -> Iterator[TantivyEngine]:
    engine = TantivyEngine(tmp_path)
    with engine.build() as builder:
        builder.swap()
    yield engine


def test_only_elasticsearch_remembers_the_version_of_a_removed_document(
    tantivy: TantivyEngine, elasticsearch: ElasticsearchEngine
) -> None:
    """Workers on other machines may be late with an older state; Tantivy has one writer, whose leases keep order."""

    def resurrects(engine: Engine) -> bool:
        engine.apply(added(document(1, "Tin"), version=5))
        engine.apply([removed(1, 6)])
        engine.apply(added(document(1, "Tin"), version=5))
        return ask(engine, "tin") == [1]

    assert resurrects(tantivy)
    assert not resurrects(elasticsearch)


def test_only_tantivy_gives_back_half_a_character(tantivy: TantivyEngine, elasticsearch: ElasticsearchEngine) -> None:
    """JSON in UTF-8 cannot hold a lone surrogate. Nobody can see one; its replacement is as long, so offsets stay."""
    for engine, shown in ((tantivy, "một \ud800 hai"), (elasticsearch, "một \ufffd hai")):
        engine.apply(added(document(1, "một \ud800 hai", "một \ud800 hai")))
        [hit] = engine.search(Request(tokens=("một",))).found
        assert (hit.title, hit.body) == (shown, shown)


def test_only_elasticsearch_refuses_a_facet_value_that_is_longer_than_a_term(
    tantivy: TantivyEngine, elasticsearch: ElasticsearchEngine
) -> None:
    """Lucene's terms end at 32,766 bytes. The document fails by itself, with the reason."""
    items = added(document(1, "Tin"), document(2, "Tin", facets={"tag": ["ế" * 20_000]}))
    assert tantivy.apply(items) == {}
    failed = elasticsearch.apply(items)
    assert list(failed) == [2]
    assert "tag" in failed[2]
    assert ask(elasticsearch, "tin") == [1]


def test_scores_agree_but_for_the_last_bits(tantivy: TantivyEngine, elasticsearch: ElasticsearchEngine) -> None:
    """Both compute BM25 with the same lengths in one byte; Tantivy multiplies in another order."""
    items = [document(n, f"Hội nghị số {n}", "tổng kết năm " * n) for n in range(1, 40)]
    request = Request(tokens=("hội", "nghị", "năm", "7"), sort=Sort.RELEVANCE, size=40)
    answers = []
    for engine in (tantivy, elasticsearch):
        with engine.build() as builder:  # in one piece: segments would have statistics of their own
            builder.put(added(*items))
            builder.swap()
        answers.append({hit.id: hit.score for hit in engine.search(request).found})
    assert answers[0] == pytest.approx(answers[1], rel=1e-3)
