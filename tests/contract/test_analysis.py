"""Elasticsearch splits and pairs the token strings exactly as Python does."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.chunks import chunks
from search.engines.elasticsearch import ElasticsearchEngine
from search.vietnamese import views

DEMO = Path(__file__).resolve().parents[2] / "home/demo/articles"
HOSTILE = [
    "",
    " \t\n ",
    "Hội nghị tổng kết công tác Đảng năm 2023; phương hướng, nhiệm vụ năm 2024",
    "444-KH/CTĐ, 11-QĐ/TW và 1.500.000 đồng/người – www.yenbai.gov.vn, a_b__c@d.vn",
    "Hoà Bình, hòa bình, HOÀ BÌNH; thuỷ – thủy; quý; Hội nghị",  # the last is decomposed
    "😀 emoji👍🏽giữa chữ 👨‍👩‍👧‍👦 và cờ 🇻🇳",
    "\x00 \ud800 \udfff \ufeff \u200b zero\u200bwidth\u00a0no-break\u3000wide",
    "a" * 70_000,
    "từ " * 300,
    "𝐇𝐨̣̂𝐢 𝐧𝐠𝐡𝐢̣ 𠀀𠀁 ﬁnance straße İstanbul ΣΊΣΥΦΟΣ १२३ ١٢٣ x² ½",
    "‮ngược‬ <script>alert('x')</script> AND OR NOT * ? ~ : \\ \" '",
    "một\u2028hai\u2029ba\u0085bốn\x1cnăm\x1fsáu",
]


def analysed(engine: ElasticsearchEngine, field: str, text: str) -> list[str]:
    answer = engine._client.indices.analyze(index=engine._indices.alias, field=field, text=text)
    return [token["token"] for token in answer["tokens"]]


def assert_same(engine: ElasticsearchEngine, text: str) -> None:
    made = views(text)
    assert analysed(engine, "all_exact", made.exact) == made.exact.split()
    assert analysed(engine, "title_folded", made.folded) == made.folded.split()
    assert analysed(engine, "all_exact.pairs", made.exact) == made.exact_pairs.split()
    assert analysed(engine, "title_folded.pairs", made.folded) == made.folded_pairs.split()


def pieces(texts: Iterable[str]) -> Iterator[str]:
    """Joined and cut to what `_analyze` takes at once: 10,000 tokens."""
    return (" ".join(words) for words in chunks((word for text in texts for word in text.split(" ")), 4_000))


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:20]))
def test_hostile_text(elasticsearch: ElasticsearchEngine, text: str) -> None:
    assert_same(elasticsearch, text)


def test_the_demo_articles(elasticsearch: ElasticsearchEngine) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(DEMO.glob("*.toml"))]
    assert len(texts) > 40
    for text in pieces(re.split(r"\n\n", "\n\n".join(texts))):
        assert_same(elasticsearch, text)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200))
def test_any_text(elasticsearch: ElasticsearchEngine, text: str) -> None:
    assert_same(elasticsearch, text)
