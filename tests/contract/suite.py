"""What every engine must do. An engine's test file subclasses EngineContract and provides `engine`, empty."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from search.documents import FACETS, Attachment, Card
from search.engines.base import Alternative, Change, Engine, Exclusion, Found, Position, Preference, Request
from search.queries import Sort
from search.vietnamese import tokens
from tests.contract.documents import added, document, removed


def ids(found: tuple[Found, ...]) -> list[int]:
    return [item.id for item in found]


def ask(engine: Engine, text: str = "", **values: object) -> list[int]:
    """The ids that a question finds, the best first."""
    values.setdefault("sort", Sort.RELEVANCE if text else Sort.NEWEST)
    return ids(engine.search(Request(tokens=tuple(tokens(text)), **values)).found)


class EngineContract:
    def test_an_empty_index_finds_nothing(self, engine: Engine) -> None:
        answer = engine.search(Request(tokens=("hội",), facets=("type",)))
        assert (answer.total, answer.found, answer.facets) == (0, (), {"type": ()})

    @pytest.mark.parametrize(
        "text",
        ["hội nghị tổng kết", "hoi nghi tong ket", "HỘI NGHỊ", "hội nghị", "hoi nghị", "nghị hội"],
    )
    def test_a_word_is_found_however_it_is_typed(self, engine: Engine, text: str) -> None:
        engine.apply(added(document(1, "Hội nghị tổng kết năm"), document(2, "Thông báo tuyển sinh")))
        assert ask(engine, text) == [1]

    @pytest.mark.parametrize("text", ["Hòa Bình", "Hoà Bình", "hoa binh", "HOÀ BÌNH"])
    def test_old_and_new_tone_placement_are_one(self, engine: Engine, text: str) -> None:
        engine.apply(added(document(1, "Trường tỉnh Hoà Bình"), document(2, "Trường tỉnh Hòa Bình")))
        assert sorted(ask(engine, text)) == [1, 2]

    def test_accents_as_typed_rank_before_others(self, engine: Engine) -> None:
        engine.apply(added(document(1, "Bản tin"), document(2, "Bạn đọc"), document(3, "Bán sách")))
        assert ask(engine, "bạn")[0] == 2
        assert ask(engine, "bán")[0] == 3

    def test_neighbouring_words_rank_before_scattered_ones(self, engine: Engine) -> None:
        engine.apply(
            added(
                document(1, "Ghi nhận", "thi viết và đua thuyền rồng"),
                document(2, "Ghi nhận", "phong trào thi đua viết thuyền"),
            )
        )
        assert ask(engine, "thi đua") == [2, 1]

    def test_the_title_counts_more_than_the_body(self, engine: Engine) -> None:
        engine.apply(added(document(1, "Tin ngắn", "tuyển sinh"), document(2, "Tuyển sinh", "tin ngắn")))
        assert ask(engine, "tuyển sinh") == [2, 1]

    def test_a_hit_brings_what_its_card_shows(self, engine: Engine) -> None:
        card = Card(
            url="/tin/1/",
            summary="Tóm tắt",
            thumbnail={"url": "/a.webp", "width": 320, "height": 213, "alt": "Ảnh"},
            section={"id": 7, "title": "Tin tức", "url": "/tin/"},
            schools=({"id": 9, "title": "Trường", "url": "/truong/"},),
        )
        date = datetime(2023, 11, 10, 7, 28, tzinfo=UTC)
        engine.apply(added(document(1, "Tựa đề", "Thân bài", card=card, date=date)))
        [hit] = engine.search(Request(tokens=("tựa",))).found
        assert (hit.id, hit.type, hit.language, hit.title, hit.body) == (1, "article", "vi", "Tựa đề", "Thân bài")
        assert (hit.timestamp, hit.card) == (int(date.timestamp()), card)
        assert hit.score > 0

    def test_a_hit_brings_its_attachments_and_is_found_by_their_text(self, engine: Engine) -> None:
        attachments = (Attachment("Quy chế", "/documents/1/quy-che.pdf", (8, 23), paged=True),)
        body = "Tóm tắt\nĐiều một ở đây\nHọc viên nội trú"
        engine.apply(added(document(1, "Quy chế", body, attachments=attachments), document(2, "Khác")))
        [found] = engine.search(Request(tokens=("noi", "tru"))).found
        assert (found.id, found.body, found.attachments) == (1, body, attachments)
        [plain] = engine.search(Request(tokens=("khac",))).found
        assert plain.attachments == ()

    def test_every_facet_of_the_api_is_counted_and_filters(self, engine: Engine) -> None:
        values = {facet: [f"{facet}/Đ-1 ,;"] for facet in FACETS}
        engine.apply(added(document(1, "Có", facets=values), document(2, "Không")))
        answer = engine.search(Request(tokens=(), sort=Sort.NEWEST, facets=FACETS))
        for facet in FACETS:
            assert (f"{facet}/Đ-1 ,;", 1) in answer.facets[facet]
            assert ask(engine, filters={facet: (f"{facet}/Đ-1 ,;",)}) == [1]

    def test_of_equal_hits_the_newest_comes_first_and_then_the_highest_id(self, engine: Engine) -> None:
        new, old = datetime(2024, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC)
        for item in (document(3, "Tin", date=old), document(1, "Tin", date=new), document(2, "Tin", date=new)):
            engine.apply(added(item))
        assert ask(engine, "tin") == [2, 1, 3]

    # Filters, facets, dates

    def test_values_of_one_facet_widen_and_facets_narrow(self, engine: Engine) -> None:
        engine.apply(
            added(
                document(1, "Một", facets={"tag": ["a", "b"], "year": ["2023"]}),
                document(2, "Hai", facets={"tag": ["b"], "year": ["2024"]}),
                document(3, "Ba", facets={"tag": ["c"], "year": ["2024"]}),
            )
        )
        assert sorted(ask(engine, filters={"tag": ("a", "c")})) == [1, 3]
        assert ask(engine, filters={"tag": ("a", "c"), "year": ("2024",)}) == [3]
        assert ask(engine, filters={"tag": ("không có",)}) == []

    def test_a_facet_value_is_taken_as_it_stands(self, engine: Engine) -> None:
        value = "444-KH/CTĐ “Kế hoạch”"
        engine.apply(
            added(document(1, "Một", facets={"cited": [value]}), document(2, "Hai", facets={"cited": ["444"]}))
        )
        answer = engine.search(Request(sort=Sort.NEWEST, filters={"cited": (value,)}, facets=("cited",)))
        assert ids(answer.found) == [1]
        assert answer.facets["cited"] == (("444", 1), (value, 1))

    def test_facets_count_what_matches_and_ignore_their_own_filter(self, engine: Engine) -> None:
        engine.apply(
            added(
                document(1, "Tin một", facets={"tag": ["a", "b"], "year": ["2023"]}),
                document(2, "Tin hai", facets={"tag": ["b"], "year": ["2024"]}),
                document(3, "Khác", facets={"tag": ["b"], "year": ["2024"]}),
            )
        )
        answer = engine.search(Request(tokens=("tin",), filters={"tag": ("a",)}, facets=("tag", "year", "school")))
        assert answer.total == 1
        assert answer.facets == {"tag": (("b", 2), ("a", 1)), "year": (("2023", 1),), "school": ()}

    def test_days_bound_dated_documents_and_leave_out_undated_ones(self, engine: Engine) -> None:
        day = datetime(2023, 5, 1, tzinfo=UTC)
        engine.apply(
            added(*(document(n, "Tin", date=day + timedelta(days=n)) for n in range(3)), document(9, "Tin", date=None))
        )
        first = int((day + timedelta(days=1)).timestamp())
        assert ask(engine, "tin", earliest=first) == [2, 1]
        assert ask(engine, "tin", latest=first) == [1, 0]
        assert ask(engine, "tin", earliest=first, latest=first) == [1]

    def test_dates_before_1970_and_before_1900_are_ordered_and_bounded(self, engine: Engine) -> None:
        years = [1880, 1930, 1954, 1975]
        engine.apply(added(*(document(year, "Sử", date=datetime(year, 6, 1, tzinfo=UTC)) for year in years)))
        assert ask(engine, sort=Sort.OLDEST)[1:] == [1930, 1954, 1975]
        latest = int(datetime(1960, 1, 1, tzinfo=UTC).timestamp())
        assert ask(engine, latest=latest) == [1954, 1930, 1880]

    # What the understanding adds

    def test_other_words_for_a_part_of_the_question_match_and_score_as_it_does(self, engine: Engine) -> None:
        engine.apply(
            added(
                document(1, "Hội đồng", "ủy ban nhân dân tỉnh họp"),
                document(2, "Hội đồng", "UBND tỉnh họp"),
                document(3, "Hội đồng", "nhân viên, dân cư, ban cán sự"),
                document(4, "Khác"),
            )
        )
        long_form = Alternative(("ủy", "ban", "nhân", "dân"), after="tỉnh")
        request = Request(tokens=("ubnd", "tỉnh"), alternatives=(long_form,), facets=("type",))
        answer = engine.search(request)
        assert sorted(ids(answer.found)) == [1, 2]
        assert answer.facets["type"] == (("article", 2),)
        assert ids(engine.search(replace(request, sort=Sort.NEWEST)).found) == [2, 1]

    def test_a_light_alternative_scores_less_than_a_heavy_one(self, engine: Engine) -> None:
        engine.apply(added(document(1, "Thạch anh"), document(2, "Thanh anh")))
        light, heavy = Alternative(("thạch",), weight=0.1), Alternative(("thanh",), weight=1.0)
        assert ids(engine.search(Request(tokens=("anh",), alternatives=(light, heavy))).found) == [2, 1]

    def test_preferences_order_what_matches_and_find_nothing_by_themselves(self, engine: Engine) -> None:
        new, old = datetime(2024, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC)
        engine.apply(
            added(
                document(1, "Kế hoạch", number="444-KH/CTĐ", date=old),
                document(2, "Kế hoạch", facets={"cited": ["444-KH/CTĐ"]}, date=old),
                document(3, "Kế hoạch", date=new),
                document(4, "Kế hoạch", date=old, facets={"year": ["2020"]}),
                document(5, "Thông báo", number="444-KH/CTĐ", date=new),
                document(6, "Kế hoạch", date=None),
            )
        )
        preferences = (
            Preference(1000, "number", "444-KH/CTĐ"),
            Preference(500, "cited", "444-KH/CTĐ"),
            Preference(3, "year", "2020"),
            Preference(1, since=int(new.timestamp())),
        )
        assert ask(engine, "ke hoach", preferences=preferences) == [1, 2, 4, 3, 6]

    def test_a_phrase_must_stand_there_with_the_accents_that_it_has(self, engine: Engine) -> None:
        engine.apply(added(document(1, "Tổng kết năm"), document(2, "Kết luận tổng"), document(3, "Tống kết")))
        assert ask(engine, "tong ket", phrases=(("tổng", "kết"),)) == [1]
        assert sorted(ask(engine, "tong ket", phrases=(("tong", "ket"),))) == [1, 3]
        assert sorted(ask(engine, "tong ket", phrases=(("tong", "kết"),))) == [1, 3]
        assert sorted(ask(engine, "tong ket", phrases=(("tổng",),))) == [1, 2]
        assert ask(engine, "tong ket", phrases=(("tổng", "kết"), ("nam",)), sort=Sort.NEWEST) == [1]

    def test_what_is_to_be_left_out_is_in_no_hit(self, engine: Engine) -> None:
        engine.apply(added(document(1, "Tin tổng kết"), document(2, "Tin kết luận tổng hợp"), document(3, "Tin")))
        assert sorted(ask(engine, "tin", without=(("tổng", "kết"),))) == [2, 3]
        assert ask(engine, "tin", without=(("tong",),)) == [3]

    def test_it_tells_which_phrases_some_document_holds(self, engine: Engine) -> None:
        engine.apply(added(document(1, "Hội nghị tổng kết"), document(2, "Bí mật", path="00010009")))
        phrases = [["hoi", "nghi"], ["hội", "kết"], ["kết"], ["bí", "mật"], ["không"]]
        assert engine.holds(phrases, Exclusion(paths=("00010009",))) == [True, False, True, False, False]
        assert engine.holds([], Exclusion()) == []

    def test_related_documents_share_rare_pairs(self, engine: Engine) -> None:
        engine.apply(
            added(
                document(1, "Thi đua khen thưởng", "phong trào thi đua"),
                document(2, "Phong trào thi đua khen thưởng"),
                document(3, "Phong trào văn nghệ"),
                document(4, "Tuyển sinh"),
                document(5, "Phong trào thi đua", path="00010009"),
                document(6, "Phong trào thi đua khen thưởng", facets={"type": ["event"]}),
            )
        )
        pairs = ["thi_dua", "dua_khen", "khen_thuong", "phong_trao"]
        assert ids(engine.related(pairs, 1, "article", 8, Exclusion(paths=("00010009",)))) == [2, 3]
        assert ids(engine.related(pairs, 1, "article", 1, Exclusion())) == [2]
        assert engine.related([], 1, "article", 8, Exclusion()) == ()

    def test_it_tells_all_its_texts(self, engine: Engine) -> None:
        engine.apply(added(document(2, "Hai", "Thân bài"), document(1, "Một")))
        assert list(engine.texts()) == ["Một\n", "Hai\nThân bài"]

    # Order and pages

    def test_every_sort_has_its_order_and_undated_documents_come_last(self, engine: Engine) -> None:
        day = datetime(2023, 5, 1, tzinfo=UTC)
        engine.apply(
            added(
                document(1, "Tin", date=day, reads=5),
                document(2, "Tin", date=day + timedelta(days=1), reads=50),
                document(3, "Tin", date=None, reads=7),
            )
        )
        assert ask(engine, sort=Sort.NEWEST) == [2, 1, 3]
        assert ask(engine, sort=Sort.OLDEST) == [1, 2, 3]
        assert ask(engine, sort=Sort.MOST_READ) == [2, 3, 1]

    @pytest.mark.parametrize("sort", list(Sort))
    def test_pages_forth_and_back_hold_every_hit_once(self, engine: Engine, sort: Sort) -> None:
        """With many equal scores, so that pages are cut in the middle of ties."""
        engine.apply(added(*(document(n, "Tin " + "tức " * (n % 3), reads=n % 4) for n in range(1, 48))))
        request = Request(tokens=("tin",), sort=sort, size=5)
        forth = [page := engine.search(request).found]
        while page := engine.search(replace(request, after=self._last(forth))).found:
            forth.append(page)
        numbers = [item.id for page in forth for item in page]
        assert sorted(numbers) == list(range(1, 48))
        before = Position(forth[-1][0].score, forth[-1][0].rank, 45)
        assert engine.search(replace(request, before=before)).found == forth[-2]

    def _last(self, pages: list[tuple[Found, ...]]) -> Position:
        item = pages[-1][-1]
        return Position(item.score, item.rank, sum(map(len, pages)) - 1)

    def test_a_new_document_does_not_repeat_a_hit_on_the_next_page(self, engine: Engine) -> None:
        engine.apply(added(*(document(n, "Tin") for n in range(1, 11))))
        request = Request(sort=Sort.NEWEST, size=5)
        first = engine.search(request).found
        engine.apply(added(document(99, "Tin", date=datetime(2025, 1, 1, tzinfo=UTC))))
        second = engine.search(replace(request, after=Position(0.0, first[-1].rank, 4))).found
        assert ids(first) + ids(second) == list(range(10, 0, -1))

    # Exclusions

    def test_excluded_documents_are_in_no_hit_count_facet_or_suggestion(self, engine: Engine) -> None:
        engine.apply(
            added(
                document(1, "Tin một", path="000100010001"),
                document(2, "Tin hai", path="000100010002"),
                document(3, "Tin ba", path="0001000100020001"),
                document(4, "Tin bốn", path="00010001000A"),
            )
        )
        exclusion = Exclusion(ids=frozenset({1}), paths=("000100010002",))
        answer = engine.search(Request(tokens=("tin",), facets=("type",), exclusion=exclusion))
        assert (ids(answer.found), answer.total, answer.facets["type"]) == ([4], 1, (("article", 1),))
        assert ids(engine.suggest(["tin"], 8, exclusion)) == [4]

    # Suggestions

    @pytest.mark.parametrize("typed", ["truong ch", "trường chí", "Trường Chính tr", "chinh truong"])
    def test_titles_are_suggested_from_half_typed_words(self, engine: Engine, typed: str) -> None:
        engine.apply(added(document(1, "Trường Chính trị tỉnh"), document(2, "Trường học"), document(3, "Chính trị")))
        assert ids(engine.suggest(tokens(typed), 8, Exclusion())) == [1]

    def test_words_side_by_side_are_suggested_first_and_of_these_at_the_beginning(self, engine: Engine) -> None:
        titles = ["Ngày hội non sông", "Hội nghị năm nay", "Kết thúc hội nghị", "Hội thi người giỏi"]
        engine.apply(added(*(document(n, title) for n, title in enumerate(titles, 1))))
        suggested = ids(engine.suggest(["hoi", "ngh"], 8, Exclusion()))
        assert suggested == [2, 3]
        assert ids(engine.suggest(["hoi", "n"], 8, Exclusion()))[0] == 2

    def test_the_typed_accents_are_suggested_first(self, engine: Engine) -> None:
        engine.apply(added(document(1, "Bản tin nội bộ"), document(2, "Bạn tin tưởng")))
        assert ids(engine.suggest(["bạn", "ti"], 8, Exclusion())) == [2, 1]

    def test_other_names_are_suggested_too_and_come_back(self, engine: Engine) -> None:
        plan = document(1, "Kế hoạch tổng kết", names=("444-KH/CTĐ",))
        school = document(2, "Trường Chính trị tỉnh", names=("TCT", "Trường Đảng"))
        engine.apply(added(plan, school))
        for typed in ("444", "444 k", "kh 444", "444-KH/CT", "ke hoach 44"):
            assert ids(engine.suggest(tokens(typed), 8, Exclusion())) == [1], typed
        [found] = engine.suggest(tokens("trường đ"), 8, Exclusion())
        assert found.names == ("TCT", "Trường Đảng")

    # Changes

    def test_a_change_replaces_what_was_there(self, engine: Engine) -> None:
        engine.apply(added(document(1, "Cũ")))
        engine.apply(added(document(1, "Mới"), version=2))
        assert (ask(engine, "cũ"), ask(engine, "mới"), engine.health().documents) == ([], [1], 1)

    def test_a_removed_document_is_gone_and_removing_it_again_is_no_error(self, engine: Engine) -> None:
        engine.apply(added(document(1, "Tin"), document(2, "Tin")))
        assert engine.apply([removed(1, 2)]) == {}
        assert engine.apply([removed(1, 3)]) == {}
        assert ask(engine, "tin") == [2]

    def test_an_older_version_never_wins(self, engine: Engine) -> None:
        engine.apply(added(document(1, "Mới"), version=5))
        engine.apply(added(document(1, "Cũ"), version=4))
        engine.apply([removed(1, 3)])
        assert ask(engine, "mới") == [1]

    def test_one_poisonous_change_fails_by_itself(self, engine: Engine) -> None:
        poisonous = document(2, "Tin", reads="không phải số")
        failed = engine.apply(added(document(1, "Tin"), poisonous, document(3, "Tin")))
        assert list(failed) == [2]
        assert "TypeError" in failed[2]
        assert sorted(ask(engine, "tin")) == [1, 3]

    def test_hostile_text_is_indexed_and_found(self, engine: Engine) -> None:
        hostile = "a" * 70_000 + " \x00 \ud800 ‮ 😀 <script> 'x' \"y\" (z) AND OR * ~ : \\ " + "từ " * 5_000 + " cuối"
        assert engine.apply(added(document(1, hostile, hostile))) == {}
        assert ask(engine, "script cuoi") == [1]

    # Building

    def test_stamps_tell_id_version_and_hash_by_rising_id(self, engine: Engine) -> None:
        items = [document(n, f"Tin {n}") for n in (30, 4, 17)]
        engine.apply(added(*items, version=7))
        expected = sorted((item.id, 7, item.content_hash) for item in items)
        assert [(stamp.id, stamp.version, stamp.content_hash) for stamp in engine.stamps()] == expected

    def test_a_new_index_is_invisible_until_it_is_swapped_in(self, engine: Engine) -> None:
        engine.apply(added(document(1, "Cũ")))
        with engine.build() as builder:
            builder.put(added(document(2, "Mới")))
            builder.put([Change(3, 1, document(3, "Mới"))])
            builder.put([removed(3, 2)])
            assert builder.commit() == 1
            assert (ask(engine, "cũ"), ask(engine, "mới")) == ([1], [])
            assert builder.swap() == 1
        assert (ask(engine, "cũ"), ask(engine, "mới")) == ([], [2])

    def test_a_build_that_breaks_off_leaves_the_old_index_and_no_rest(self, engine: Engine) -> None:
        engine.apply(added(document(1, "Cũ")))
        before = engine.health()
        with pytest.raises(ZeroDivisionError), engine.build() as builder:
            builder.put(added(document(2, "Mới")))
            _ = 1 / 0
        assert engine.health() == before
        assert ask(engine, "cũ") == [1]

    def test_health_tells_versions_and_documents(self, engine: Engine) -> None:
        engine.apply(added(document(1, "Tin"), document(2, "Tin")))
        health = engine.health()
        assert (health.engine, health.available, health.documents) == (engine.name, True, 2)
        assert not health.needs_rebuild
        assert health.size_bytes > 0
