"""The life of Elasticsearch's indices behind their alias, and what trouble with the server is called."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Event

import pytest
from elasticsearch import ConnectionTimeout

from search.engines.base import EngineUnavailable, Exclusion, Request
from search.engines.elasticsearch import ElasticsearchEngine, Options
from search.engines.elasticsearch.client import connect
from search.vietnamese import tokens
from tests.contract.documents import added, document
from tests.contract.suite import ask

READERS, SWAPS = 4, 15


def names(engine: ElasticsearchEngine) -> list[str]:
    return sorted(engine._client.indices.get(index=f"{engine._indices.alias}*"))


def test_the_alias_names_one_index_and_the_one_before_is_gone(elasticsearch: ElasticsearchEngine) -> None:
    [before] = names(elasticsearch)
    with elasticsearch.build() as builder:
        assert len(names(elasticsearch)) == 2
        builder.swap()
    [now] = names(elasticsearch)
    assert now != before
    assert elasticsearch.health().index == now


def test_no_search_fails_while_indices_are_swapped(elasticsearch: ElasticsearchEngine) -> None:
    """Searches that were running on an index when it was deleted used to fail."""
    elasticsearch.apply(added(document(1, "Tin")))
    done, answers = Event(), list[list[int]]()

    def read() -> None:
        while not done.is_set():
            answers.append(ask(elasticsearch, "tin"))

    with ThreadPoolExecutor() as pool:
        readers = [pool.submit(read) for _ in range(READERS)]
        try:
            for _ in range(SWAPS):
                with elasticsearch.build() as builder:
                    builder.put(added(document(1, "Tin")))
                    builder.swap()
        finally:
            done.set()
    for reader in readers:
        reader.result()
    assert len(answers) > SWAPS
    assert all(answer == [1] for answer in answers)


def test_what_a_killed_build_left_is_swept_away_by_the_next(elasticsearch: ElasticsearchEngine) -> None:
    elasticsearch._indices.create()  # and no more is heard of it
    assert len(names(elasticsearch)) == 2
    with elasticsearch.build() as builder:
        builder.swap()
    assert len(names(elasticsearch)) == 1


def test_a_swap_whose_answer_is_lost_leaves_the_new_index_in_use(
    elasticsearch: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(EngineUnavailable), elasticsearch.build() as builder:
        builder.put(added(document(1, "Tin")))
        make_live = builder._indices.make_live

        def lose_the_answer(name: str) -> None:
            make_live(name)
            raise ConnectionTimeout("the answer is lost")

        monkeypatch.setattr(builder._indices, "make_live", lose_the_answer)
        builder.swap()
    assert ask(elasticsearch, "tin") == [1]
    assert len(names(elasticsearch)) == 1


def test_another_installations_index_is_left_alone(elasticsearch: ElasticsearchEngine) -> None:
    """Even if its alias begins with ours."""
    options = elasticsearch._options
    other = ElasticsearchEngine(Options(urls=options.urls, alias=f"{options.alias}-hai"))
    with other.build() as builder:
        builder.swap()
    with elasticsearch.build() as builder:
        builder.swap()
    assert other.health().available
    other._indices.drop(other.health().index)


def test_the_layout_in_use_is_that_of_the_settings(elasticsearch: ElasticsearchEngine) -> None:
    options = elasticsearch._options
    engine = ElasticsearchEngine(
        Options(urls=options.urls, alias=options.alias, shards=2, replicas=1, refresh_interval="7s")
    )
    with engine.build() as builder:
        builder.swap()
    [index] = engine._client.indices.get_settings(index=options.alias).values()
    settings = index["settings"]["index"]
    assert [settings[name] for name in ("number_of_shards", "number_of_replicas", "refresh_interval")] == [
        "2",
        "1",
        "7s",
    ]


def test_without_an_index_nothing_is_answered_written_or_made(elasticsearch: ElasticsearchEngine) -> None:
    [name] = names(elasticsearch)
    elasticsearch._indices.drop(name)
    for call in (
        lambda: ask(elasticsearch, "tin"),
        lambda: elasticsearch.apply(added(document(1, "Tin"))),
        lambda: elasticsearch.suggest(["tin"], 8, Exclusion()),
        lambda: list(elasticsearch.stamps()),
    ):
        with pytest.raises(EngineUnavailable, match="run search_rebuild"):
            call()
    assert names(elasticsearch) == []
    assert not elasticsearch.health().available
    assert elasticsearch.health().needs_rebuild


def test_an_index_of_another_version_goes_on_answering_and_takes_nothing(
    elasticsearch: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    elasticsearch.apply(added(document(1, "Tin")))
    monkeypatch.setattr("search.engines.elasticsearch.engine.INDEX_VERSION", "99.1")
    assert ask(elasticsearch, "tin") == [1]
    assert elasticsearch.health().needs_rebuild
    with pytest.raises(EngineUnavailable, match="another version"):
        elasticsearch.apply(added(document(2, "Tin")))


def test_a_full_disk_makes_changes_wait_and_is_no_fault_of_the_page(elasticsearch: ElasticsearchEngine) -> None:
    elasticsearch.apply(added(document(1, "Tin")))
    elasticsearch._client.indices.put_settings(
        index=elasticsearch._indices.alias, settings={"index.blocks.read_only_allow_delete": True}
    )
    with pytest.raises(EngineUnavailable, match="read-only"):
        elasticsearch.apply(added(document(2, "Tin")))
    assert ask(elasticsearch, "tin") == [1]


def test_more_exclusions_than_one_clause_takes_are_excluded(elasticsearch: ElasticsearchEngine) -> None:
    elasticsearch.apply(added(document(1, "Tin"), document(70_000, "Tin"), document(99_999, "Tin")))
    exclusion = Exclusion(ids=frozenset(range(2, 80_000)))
    assert sorted(ask(elasticsearch, "tin", exclusion=exclusion)) == [1, 99_999]


def test_the_longest_question_is_answered(elasticsearch: ElasticsearchEngine) -> None:
    elasticsearch.apply(added(document(1, "a b c")))
    longest = tuple(tokens(" ".join("abcdefgh"[n % 8] for n in range(128))))
    answer = elasticsearch.search(Request(tokens=longest, facets=("type", "year", "tag")))
    assert answer.total == 1


@pytest.fixture
def hanging() -> Iterator[str]:
    """The address of a server that accepts and never answers."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def test_a_server_that_does_not_answer_or_is_not_there_is_unavailable(hanging: str) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as closed:
        refused = f"http://127.0.0.1:{closed.getsockname()[1]}"
    for url, reason in ((hanging, "timed out"), (refused, "refused")):
        engine = ElasticsearchEngine(Options(urls=(url,), alias="tin"))
        with pytest.raises(EngineUnavailable, match=reason):
            engine.search(Request(tokens=("tin",)))
        assert reason in engine.health().problem


@pytest.mark.parametrize(
    ("access", "header"),
    [
        ({"api_key": "bWE6a2hvYQ=="}, "ApiKey bWE6a2hvYQ=="),
        ({"username": "trang", "password": "khoa:2024"}, "Basic dHJhbmc6a2hvYToyMDI0"),
        ({}, None),
    ],
)
def test_the_client_lets_itself_in_with_a_key_or_a_password(access: dict[str, str], header: str | None) -> None:
    client = connect(Options(urls=("https://127.0.0.1:9200",), alias="tin", **access))
    assert client._headers.get("authorization") == header


@pytest.fixture
def refusing(elasticsearch: ElasticsearchEngine) -> Iterator[ElasticsearchEngine]:
    """An engine whose server breaks at the document 2, as it would at one that a bug of its own meets."""
    name, client = elasticsearch._indices.alias, elasticsearch._client
    client.ingest.put_pipeline(id=name, processors=[{"fail": {"if": "ctx.id == 2L", "message": "hỏng"}}])
    client.indices.put_settings(index=name, settings={"index.final_pipeline": name})
    yield elasticsearch
    client.indices.put_settings(index=name, settings={"index.final_pipeline": "_none"})
    client.ingest.delete_pipeline(id=name)


def test_an_internal_error_is_the_documents_own_and_stops_no_other(refusing: ElasticsearchEngine) -> None:
    failed = refusing.apply(added(document(1, "Một"), document(2, "Hai"), document(3, "Ba")))
    assert list(failed) == [2]
    assert "hỏng" in failed[2]
    assert refusing.health().documents == 2
    assert list(refusing.apply(added(document(2, "Hai")))) == [2]
