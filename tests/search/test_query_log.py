"""What readers ask and click: counted however it is spelled, without anything personal, and thrown away in time."""

import unicodedata
from collections import Counter
from datetime import date, timedelta
from queue import Queue
from threading import Thread
from time import perf_counter

import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home import scheduler
from search import query_log, service
from search.asking import AskedDay, AskedQuery
from search.queries import SearchQuery
from search.query_log import past_queries, tables
from search.query_log.tables import Question, Tally
from search.vietnamese import fold_tokens, tokens

pytestmark = pytest.mark.django_db
API = "/api/v1/search/"


@pytest.fixture
def ask(client, engine):
    def ask(text, address="/search/", **parameters):
        response = client.get(address, {"q": text} | parameters)
        assert response.status_code == 200
        return response

    return ask


def kept() -> list[tuple[str, int]]:
    """What is in the database, with the counts of all days."""
    query_log.flush()
    return [(query.text, sum(day.asked for day in query.by_day.all())) for query in AskedQuery.objects.order_by("text")]


def test_all_spellings_of_the_same_words_are_one_question(ask):
    for text in ("Hội nghị Hoà Bình", "HỘI NGHỊ HÒA BÌNH", unicodedata.normalize("NFD", "hội  nghị hoà bình!")):
        ask(text)
    assert kept() == [("hội nghị hòa bình", 3)]


def test_i_and_y_are_one_question_and_shown_as_typed_last(ask):
    ask("lí luận")
    ask("lý luận")
    assert kept() == [("lý luận", 2)]


def test_other_accents_are_another_question(ask):
    ask("hoi nghi")
    ask("hội nghị")
    assert kept() == [("hoi nghi", 1), ("hội nghị", 1)]


def test_the_search_page_and_the_api_both_count(ask):
    ask("lịch thi")
    ask("lịch thi", API)
    assert kept() == [("lịch thi", 2)]
    assert AskedDay.objects.get().on_site == 1


def test_later_pages_narrowed_and_literal_questions_are_the_same_question_again(ask, make_article, drain, settings):
    settings.SEARCH_PAGE_SIZE = 2
    for _ in range(3):
        make_article(title="Lịch thi")
    drain()
    assert Client().get(ask("lịch thi", API).json()["next"]).status_code == 200
    ask("lịch thi", type="article")
    ask("lịch thi", date_from="2023-01-01")
    ask("lịch thi", literal="true")
    assert kept() == [("lịch thi", 1)]


def test_robots_and_browsers_that_fetch_ahead_do_not_count(client, engine):
    for headers in (
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"User-Agent": "python-requests/2.31"},
        {"Sec-Purpose": "prefetch"},
    ):
        client.get("/search/?q=lich+thi", headers=headers)
    client.head("/search/?q=lich+thi")
    assert kept() == []


def test_programs_that_ask_the_api_ask_for_people(client, engine):
    client.get(API, {"q": "lịch thi"}, headers={"User-Agent": "okhttp/4.12"})
    client.get(API, {"q": "học phí"}, headers={"User-Agent": "bingbot/2.0"})
    assert kept() == [("lịch thi", 1)]


def test_a_flood_of_questions_does_not_fill_the_disk(ask, monkeypatch):
    monkeypatch.setattr(tables, "_MOST_A_DAY", 2)
    past("hôm qua", days=[timezone.localdate() - timedelta(1)])
    ask("lịch thi")
    ask("học phí")
    kept()
    ask("thư viện")
    assert [text for text, _times in kept()] == ["hôm qua", "học phí", "lịch thi"]


def test_what_names_a_person_is_not_kept(ask):
    for text in ("thu.ha@example.vn", "gọi 0912 345 678", "cccd 001 234 567 890", "?!"):
        ask(text)
    ask("11/11/2023")
    assert kept() == [("11 11 2023", 1)]


def test_nothing_is_kept_of_who_asked():
    fields = {field.name for model in (AskedQuery, AskedDay) for field in model._meta.get_fields()}
    assert fields == {
        *("id", "key", "text", "folded", "answered_as", "results", "asked", "days", "by_day"),
        *("query", "day", "on_site", "found_nothing", "clicks", "positions", "pin_clicks"),
    }


def test_how_much_was_found_is_told_as_of_the_last_time(ask, make_article, drain):
    ask("lịch thi")
    kept()
    make_article(title="Lịch thi")
    drain()
    ask("lịch thi")
    kept()
    query, day = AskedQuery.objects.get(), AskedDay.objects.get()
    assert (query.results, query.asked, query.days) == (1, 2, 1)
    assert (day.asked, day.found_nothing) == (2, 1)


def test_an_answer_of_the_database_alone_does_not_count(client, home, search_dir):
    assert client.get(f"{API}?q=lich+thi").json()["degraded"]
    assert kept() == []


def test_a_search_writes_nothing_itself(ask, engine):
    ask("lịch thi")
    with CaptureQueriesContext(connection) as queries:
        ask("lịch thi", API)
    assert [query["sql"] for query in queries if not query["sql"].strip().startswith("SELECT")] == []


def test_questions_are_written_by_themselves_after_a_while(ask, settings, monkeypatch):
    written = Queue()
    monkeypatch.setattr(tables, "write", written.put)
    settings.COUNTS_WRITTEN_EVERY = 0.1
    ask("lịch thi")
    ask("học phí")
    assert {key for key, _day in written.get(timeout=10)} == {"lịch thi", "học phí"}
    ask("lịch thi")
    assert len(written.get(timeout=10)) == 1


def test_questions_wait_while_the_database_cannot_be_written(ask, monkeypatch, caplog):
    ask("lịch thi")
    ask("học phí")

    def locked(tallies):
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(tables, "write", locked)
        query_log.flush()
    assert "database is locked" in caplog.text
    assert AskedQuery.objects.count() == 0
    ask("học phí")
    assert kept() == [("học phí", 2), ("lịch thi", 1)]


def test_what_is_written_before_the_database_fails_is_not_counted_again(ask, monkeypatch):
    for text in ("học phí", "lịch thi", "thư viện"):
        ask(text)
    write, done = tables._write, []

    def fail_at_the_second(tallies):
        done.append(tallies)
        if len(done) == 2:
            raise OperationalError("database is locked")
        write(tallies)

    with monkeypatch.context() as patch:
        patch.setattr(tables, "_AT_ONCE", 1)
        patch.setattr(tables, "_write", fail_at_the_second)
        query_log.flush()
    assert AskedQuery.objects.count() == 1
    assert kept() == [("học phí", 1), ("lịch thi", 1), ("thư viện", 1)]


def test_counting_takes_next_to_no_time_and_many_threads_lose_nothing(rf, engine):
    results = service.search(SearchQuery(text="lịch thi học kỳ"))
    request = rf.get("/search/")

    def count():
        for _ in range(200):
            query_log.asked(request, results)

    threads = [Thread(target=count) for _ in range(4)]
    started = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (perf_counter() - started) / 800 < 0.001
    assert kept() == [("lịch thi học kỳ", 800)]


def test_old_days_are_thrown_away_and_questions_without_any_day_with_them(settings):
    today = timezone.localdate()
    settings.SEARCH_LOG_DAYS = 30
    past("học phí", days=[today - timedelta(30)])
    past("lịch thi", days=[today - timedelta(30), today - timedelta(29)])
    scheduler.tick([scheduler.forget_old_questions])
    assert [(query.text, query.asked, query.days) for query in AskedQuery.objects.all()] == [("lịch thi", 1, 1)]


def test_nothing_is_kept_where_nothing_is_to_be_kept(ask, settings):
    past("học phí", days=[timezone.localdate()])
    settings.SEARCH_LOG_DAYS = 0
    ask("lịch thi")
    scheduler.tick([scheduler.forget_old_questions])
    assert kept() == []


# Clicks


def token(ask, text="lịch thi") -> str:
    return BeautifulSoup(ask(text).content, "html.parser").select_one("[data-token]")["data-token"]


def test_a_click_is_counted_with_its_position(ask, client):
    signed = token(ask)
    for position in ("3", "5", "0"):
        assert client.post("/search/click/", {"token": signed, "position": position}).status_code == 204
    kept()
    day = AskedDay.objects.get()
    assert (day.clicks, day.positions, day.pin_clicks) == (2, 8, 1)


def test_a_click_needs_no_cookie_and_no_csrf_token_and_sets_none(ask):
    browser = Client(enforce_csrf_checks=True)
    response = browser.post("/search/click/", {"token": token(ask), "position": "1"})
    assert response.status_code == 204
    assert not response.cookies


@pytest.mark.parametrize("position", ["", "-1", "x", "99999", "١"])
def test_a_position_that_no_result_has_is_refused(ask, client, position):
    assert client.post("/search/click/", {"token": token(ask), "position": position}).status_code == 400


def test_a_forged_token_is_refused_and_a_look_at_the_address_too(client, db):
    assert client.post("/search/click/", {"token": "lịch thi:abc", "position": "1"}).status_code == 400
    assert client.get("/search/click/").status_code == 405


def test_the_same_page_of_results_is_the_same_for_everybody(ask, client):
    assert token(ask) == token(ask)


def test_positions_go_on_from_page_to_page(client, make_article, drain, settings):
    settings.SEARCH_PAGE_SIZE = 2
    for _ in range(5):
        make_article(title="Lịch thi")
    drain()

    def positions(address):
        soup = BeautifulSoup(client.get(address).content, "html.parser")
        links = {link["rel"][0]: f"/search/{link['href']}" for link in soup.select(".search-pages a")}
        return [item["data-position"] for item in soup.select("[data-position]")], links

    first, links = positions("/search/?q=lịch+thi&type=article")
    second, links = positions(links["next"])
    assert (first, second) == (["1", "2"], ["3", "4"])
    assert positions(links["prev"])[0] == ["1", "2"]


# Past queries


def past(text, asked=1, days=(), results=1, answered_as=""):
    """A question that was asked so often on each of these days."""
    folded = " ".join(fold_tokens(tokens(text)))
    question = Question(" ".join(tokens(text)), text, folded, answered_as, results)
    tables.write({(question.key, day): Tally(Counter(asked=asked), question) for day in days})


TWO_DAYS = (date(2026, 11, 1), date(2026, 11, 2))


@pytest.fixture
def questions(db):
    past("trường chính trị", 9, TWO_DAYS)
    past("trường chuẩn mức 2", 5, TWO_DAYS)
    past("truong chinh tri", 20, TWO_DAYS)
    past("lịch thi", 5, TWO_DAYS)


@pytest.mark.parametrize("typed", ["truong ch", "trường ch", "TRUONG CH", "truo"])
def test_a_half_typed_beginning_is_completed_most_frequent_first(questions, typed):
    assert past_queries(tokens(typed), 8) == ["trường chính trị", "trường chuẩn mức 2"]
    assert past_queries(tokens(typed), 1) == ["trường chính trị"]


def test_the_accents_of_a_half_typed_word_may_come_yet(questions):
    assert past_queries(tokens("trương"), 8) == ["trường chính trị", "trường chuẩn mức 2"]
    assert past_queries(tokens("trường chì"), 8) == ["trường chính trị"]


def test_whole_words_with_accents_must_have_them(questions):
    assert past_queries(tokens("trưởng ch"), 8) == []
    assert past_queries(tokens("trường chinh tr"), 8) == ["trường chính trị"]


def test_a_y_that_may_go_on_is_found(db):
    past("quyết định 11", 5, TWO_DAYS)
    past("quy chế", 4, TWO_DAYS)
    assert past_queries(tokens("quy"), 8) == ["quyết định 11", "quy chế"]
    assert past_queries(tokens("quyế"), 8) == ["quyết định 11"]


def test_nothing_typed_completes_to_nothing(questions):
    assert past_queries([], 8) == []


def test_what_was_asked_seldom_or_on_one_day_alone_stays_with_who_asked(db):
    past("nguyễn văn an", 1, TWO_DAYS)
    past("nguyễn văn bình", 50, TWO_DAYS[:1])
    assert past_queries(tokens("nguyen"), 8) == []


def test_what_found_nothing_the_last_time_is_not_suggested(db):
    past("kế hoạch mật", 9, TWO_DAYS, results=0)
    assert past_queries(tokens("ke hoach"), 8) == []


def test_a_question_about_a_page_that_is_gone_is_no_longer_suggested_once_asked(ask, make_article, drain):
    article = make_article(title="Kế hoạch mật")
    drain()
    past("kế hoạch mật", 9, TWO_DAYS)
    assert past_queries(tokens("ke ho"), 8) == ["kế hoạch mật"]
    article.unpublish()
    drain()
    ask("kế hoạch mật")
    query_log.flush()
    assert past_queries(tokens("ke ho"), 8) == []


def test_what_had_to_be_corrected_is_not_suggested(db):
    past("truowngf chinhs trij", 9, TWO_DAYS, answered_as="trường chính trị")
    assert past_queries(tokens("truow"), 8) == []


def test_nothing_that_is_typed_is_a_pattern(questions):
    assert past_queries(["%"], 8) == past_queries(["*"], 8) == past_queries(["t_"], 8) == []
