"""The search in the admin: synonyms and pins that hold at once, the report, the reasons, the tests, and for whom."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from cms.core.models import User
from cms.schools.groups import set_up
from cms.schools.models import SchoolGroup
from search import query_log, service
from search.models import AskedQuery, ExpectedPage, Pin, RelevanceTest, Synonym
from search.queries import SearchQuery
from tests.search.test_query_log import past

pytestmark = pytest.mark.django_db
REPORT, WHY = "/admin/search/report/", "/admin/search/why/"


@pytest.fixture
def admin(db) -> Client:
    """An administrator whose interface is English, whatever the catalogue says."""
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(User.objects.create_superuser("quan-tri", password="x"))
    return client


def editor(*permissions: str) -> Client:
    """Somebody who may enter the admin, and what these permissions of the search allow."""
    group = Group.objects.create(name="Ban biên tập")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for name in permissions:
        group.permissions.add(Permission.objects.get(codename=name, content_type__app_label="search"))
    user = User.objects.create_user("bien-tap", password="x")
    user.groups.add(group)
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(user)
    return client


def soup(client: Client, address: str, **parameters: str) -> BeautifulSoup:
    response = client.get(address, parameters)
    assert response.status_code == 200, response
    return BeautifulSoup(response.content, "html.parser")


def found(text: str) -> list[str]:
    return [result["title"] for result in Client().get("/api/v1/search/", {"q": text}).json()["results"]]


# Synonyms and pins


def test_a_synonym_holds_from_the_next_question_on_and_until_it_is_deleted(admin, make_article, drain):
    make_article(title="Tọa đàm về chuyển đổi số")
    make_article(title="Lễ khai giảng")
    drain()
    assert found("hội thảo") == []
    admin.post("/admin/search/synonyms/new/", {"words": "hội thảo", "meaning": "tọa đàm", "direction": "one"})
    synonym = Synonym.objects.get()
    assert found("hoi thao") == ["Tọa đàm về chuyển đổi số"]
    admin.post(
        f"/admin/search/synonyms/edit/{synonym.pk}/", {"words": "hội thảo", "meaning": "khai giảng", "direction": "one"}
    )
    assert found("hội thảo") == ["Lễ khai giảng"]
    admin.post(f"/admin/search/synonyms/delete/{synonym.pk}/")
    assert found("hội thảo") == []


def test_editors_strike_out_a_meaning_of_the_dictionary_and_keep_the_others(admin, make_article, drain):
    make_article(title="Quy hoạch cán bộ")
    drain()
    assert service.search(SearchQuery("QH")).asked.expanded == ("Quốc hội", "quy hoạch")
    values = {"words": "qh", "meaning": "QUỐC HỘI", "direction": "not"}
    admin.post("/admin/search/synonyms/new/", values)
    assert service.search(SearchQuery("QH")).asked.expanded == ("quy hoạch",)
    Synonym.objects.all().delete()
    assert service.search(SearchQuery("QH")).asked.expanded == ("Quốc hội", "quy hoạch")


def test_a_synonym_goes_one_way_or_both(admin, make_article, drain):
    make_article(title="Hội thảo")
    make_article(title="Tọa đàm")
    drain()
    synonym = Synonym.objects.create(words="hội thảo", meaning="tọa đàm", direction=Synonym.Direction.ONE)
    assert (len(found("hội thảo")), len(found("tọa đàm"))) == (2, 1)
    synonym.direction = Synonym.Direction.BOTH
    synonym.save()
    assert (len(found("hội thảo")), len(found("tọa đàm"))) == (2, 2)


def test_a_pin_made_in_the_admin_holds_at_once(admin, make_article, drain):
    article = make_article(title="Thông báo")
    drain()
    response = admin.post("/admin/search/pins/new/", {"words": "Lịch thi", "page": article.pk, "place": 1})
    assert response.status_code == 302, response.content
    assert Client().get("/api/v1/search/?q=lich+thi").json()["promoted"][0]["id"] == article.pk
    (row,) = soup(admin, "/admin/search/pins/").select("tbody tr")
    assert "Thông báo" in row.get_text()
    article.unpublish()
    assert soup(admin, "/admin/search/pins/").select("tbody tr")


@pytest.mark.parametrize(("list_", "typed"), [("synonyms", "TOA đàm"), ("pins", "thong bao"), ("tests", "lich t")])
def test_lists_are_searched_without_accents(admin, make_article, list_, typed):
    article = make_article(title="Thông báo")
    Synonym.objects.create(words="hội thảo", meaning="tọa đàm")
    Pin.objects.create(words="lịch thi", page=article)
    RelevanceTest.objects.create(words="lịch thi")
    address = f"/admin/search/{list_}/"
    assert len(soup(admin, address, q=typed).select("tbody tr")) == 1
    assert len(soup(admin, address, q="học phí").select("tbody tr")) == 0


@pytest.mark.parametrize("form", ["synonyms", "pins", "tests"])
def test_a_form_may_come_with_the_question_filled_in(admin, form):
    field = soup(admin, f"/admin/search/{form}/new/", words="lịch thi <b>").select_one("[name=words]")
    assert field["value"] == "lịch thi <b>"


@pytest.mark.parametrize("form", ["synonyms", "pins", "tests"])
def test_forms_are_for_those_who_may(form, admin):
    name = {"synonyms": "synonym", "pins": "pin", "tests": "relevancetest"}[form]
    allowed = editor(f"add_{name}")
    assert allowed.get(f"/admin/search/{form}/new/").status_code == 200
    assert allowed.get(f"/admin/search/{form}/").status_code == 200
    Group.objects.get(name="Ban biên tập").permissions.remove(Permission.objects.get(codename=f"add_{name}"))
    assert allowed.get(f"/admin/search/{form}/new/").status_code == 302
    assert allowed.get(f"/admin/search/{form}/").status_code == 302


def test_the_groups_form_offers_the_searchs_permissions(admin):
    html = admin.get("/admin/groups/new/").text
    for name in ("view_askedquery", "add_synonym", "add_pin", "add_relevancetest"):
        assert str(Permission.objects.get(codename=name).pk) in html


# The report


@pytest.fixture
def asked(db):
    today = timezone.localdate()
    past("lịch thi", 6, [today, today - timedelta(1)])
    past("học phí", 3, [today], results=0)
    past("năm ngoái", 50, [today - timedelta(60)])
    for position in (1, 3):
        signed = query_log.click_token(type("Q", (), {"text": "lịch thi"}))
        assert Client().post("/search/click/", {"token": signed, "position": str(position)}).status_code == 204
    query_log.flush()
    AskedQuery.objects.get(text="lịch thi").by_day.update(on_site=2)


def rows(page: BeautifulSoup) -> dict[str, list[str]]:
    cells = [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in page.select("tbody tr")]
    return {first.split(" Why")[0]: others for first, *others in cells}


def test_the_report_tells_what_was_asked_and_what_became_of_it(admin, asked, engine):
    page = soup(admin, REPORT)
    assert rows(page) == {
        "lịch thi": ["12", "0", "1", "50%", "2.0"],
        "học phí": ["3", "0", "0", "", ""],
    }
    totals = {item.dt.get_text(): item.dd.get_text(strip=True) for item in page.select(".search-desk-totals div")}
    assert totals["Asked"] == "15"
    assert totals["Different questions"] == "2"
    assert totals["Mean position clicked"] == "2.0"
    assert len(page.select(".search-desk-chart g")) == 2
    assert not page.select(".search-desk-chart [style], .search-desk-chart script")


def test_the_period_can_be_chosen(admin, asked, engine):
    assert list(rows(soup(admin, REPORT, period="90"))) == ["năm ngoái", "lịch thi", "học phí"]
    assert list(rows(soup(admin, REPORT, period="7"))) == ["lịch thi", "học phí"]
    assert list(rows(soup(admin, REPORT, period="x"))) == ["lịch thi", "học phí"]


def test_the_report_can_be_narrowed_to_what_found_nothing_or_was_not_clicked_and_searched(admin, asked, engine):
    assert list(rows(soup(admin, REPORT, found="nothing"))) == ["học phí"]
    assert list(rows(soup(admin, REPORT, found="unclicked"))) == []
    assert list(rows(soup(admin, f"{REPORT}results/", q="HOC ph"))) == ["học phí"]
    assert list(rows(soup(admin, REPORT, ordering="text"))) == ["học phí", "lịch thi"]


def test_from_a_row_one_click_leads_to_a_pin_and_a_synonym_with_the_question_filled_in(admin, asked, engine):
    row = soup(admin, REPORT, found="nothing").select_one("tbody tr")
    addresses = {link.get_text(): link["href"] for link in row.select("a")}
    for name in ("Pin a page", "Add a synonym"):
        assert soup(admin, addresses[name]).select_one("[name=words]")["value"] == "học phí"
    assert "học phí" in soup(admin, addresses["Why these results"]).select_one("[name=q]")["value"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_report_can_be_downloaded(admin, asked, engine, form):
    response = admin.get(REPORT, {"export": form})
    content = b"".join(response.streaming_content)
    assert response.status_code == 200
    if form == "csv":
        assert content.decode().splitlines()[1].startswith("lịch thi,,12,0,1,0.5,2.0")


def test_an_empty_report_says_so(admin, engine):
    assert "There are no results" in soup(admin, REPORT).get_text()


def test_the_report_is_for_those_who_may_see_it(asked, engine):
    allowed = editor("view_askedquery")
    page = soup(allowed, REPORT)
    assert [link.get_text() for link in page.select("tbody tr:first-child td:first-child a")] == ["Why these results"]
    assert REPORT in allowed.get("/admin/").text
    Group.objects.get(name="Ban biên tập").permissions.remove(Permission.objects.get(codename="view_askedquery"))
    for address in (REPORT, f"{REPORT}results/", f"{REPORT}?export=csv"):
        assert allowed.get(address).status_code == 302
    assert REPORT not in allowed.get("/admin/").text
    assert Client().get(REPORT).status_code == 302


def test_editors_in_chief_and_administrators_of_schools_see_the_report_and_others_do_not(make_school, engine):
    school = make_school()
    set_up(school)
    for role, allowed in (
        ("contributor", False),
        ("editor", False),
        ("editor_in_chief", True),
        ("administrator", True),
    ):
        user = User.objects.create_user(role, password="x")
        user.groups.add(SchoolGroup.objects.get(school=school, role=role).group)
        client = Client()
        client.force_login(user)
        assert (client.get(REPORT).status_code == 200) is allowed, role
        assert (client.get("/admin/search/synonyms/new/").status_code == 200) is allowed, role
        assert client.get(WHY).status_code == 200, role


# Reasons


def reasons(client: Client, text: str) -> dict[str, list[str]]:
    hits = soup(client, WHY, q=text).select(".search-desk-hits > li")
    return {hit.h3.a.get_text(): [reason.get_text() for reason in hit.select("ul li")] for hit in hits}


def test_reasons_name_the_words_and_where_they_stand(admin, make_article, drain):
    make_article(title="Trường Chính trị", summary="Lịch thi")
    make_article(title="Lịch truồng")
    drain()
    told = reasons(admin, "trường lịch thi")
    assert told["Trường Chính trị"] == [
        "Stands in the title as typed: “trường”.",
        "Stands in the text as typed: “lịch”, “thi”.",
        "Side by side in the text: “lịch thi”.",
    ]
    assert told["Lịch truồng"] == [
        "Stands in the title as typed: “lịch”.",
        "Stands in the title with other accents: “trường”.",
        "It does not have: “thi”.",
    ]


def test_reasons_name_abbreviations_synonyms_and_pins(admin, make_article, drain):
    party = make_article(title="Trung cấp lý luận chính trị")
    talk = make_article(title="Tọa đàm")
    drain()
    Synonym.objects.create(words="hội thảo", meaning="tọa đàm")
    Pin.objects.create(words="hội thảo LLCT", page=talk)
    told = reasons(admin, "hội thảo LLCT")
    assert list(told) == ["Tọa đàm", "Trung cấp lý luận chính trị"]
    assert told[talk.title][0] == "Editors pinned it to this question."
    assert "Stands in the title: “tọa đàm”. Editors' synonym: “hội thảo” also finds “tọa đàm”." in told[talk.title]
    assert any("Abbreviation: “llct” also finds “lý luận chính trị”." in reason for reason in told[party.title])


def test_reasons_name_document_numbers_years_and_recency(admin, make_official_document, make_article, drain):
    make_official_document("444-KH/CTĐ", title="Kế hoạch hội thao")
    make_article(title="Theo Kế hoạch 444-KH/CTĐ", published_at=timezone.now() - timedelta(3))
    make_article(title="Hội thao")
    drain()
    told = reasons(admin, "444-KH/CTĐ")
    assert "It is the document 444-KH/CTĐ." in told["Kế hoạch hội thao"]
    assert "It cites the document 444-KH/CTĐ." in told["Theo Kế hoạch 444-KH/CTĐ"]
    assert any("Less than 30 days old" in reason for reason in told["Theo Kế hoạch 444-KH/CTĐ"])
    assert "It is of the year 2024, which the question names." in reasons(admin, "hội thao 2024")["Hội thao"]


def test_what_is_said_of_the_question_itself(admin, make_article, drain):
    make_article(title="Hội nghị tổng kết 2023")
    drain()
    page = soup(admin, WHY, q='"hội nghị" 2023 -sơ kết')
    read = [line.get_text() for line in page.select(".search-desk-read li")]
    assert "Only pages that say “hội nghị” word for word." in read
    assert "No pages that say “sơ”." in read
    assert "Pages of the year 2023 come first." in read


def test_reasons_are_shown_when_only_the_database_answers(admin, make_article, search_dir):
    make_article(title="Lịch thi")
    page = soup(admin, WHY, q="lịch thi")
    assert "the database answered" in page.get_text()
    assert "Lịch thi" in page.select_one(".search-desk-hits").get_text()


def test_a_mistake_is_told_and_what_is_typed_is_escaped(admin, engine):
    assert "at most 256" in soup(admin, WHY, q="x" * 300).select_one("[role=alert]").get_text()
    assert "<script>alert" not in admin.get(WHY, {"q": "<script>alert"}).text


def test_looking_why_is_no_question_of_a_reader(admin, engine):
    soup(admin, WHY, q="lịch thi")
    query_log.flush()
    assert not AskedQuery.objects.exists()


# Relevance tests


@pytest.fixture
def judged(make_article, drain):
    article, other = make_article(title="Lịch thi học kỳ"), make_article(title="Học phí")
    drain()

    def add(words, page, top=3):
        test = RelevanceTest.objects.create(words=words, top=top)
        ExpectedPage.objects.create(test=test, page=page)
        return test

    return article, other, add


def run(*arguments) -> str:
    out = StringIO()
    try:
        call_command("search_quality", "--judgements", *arguments, stdout=out)
    except CommandError as error:
        return f"{out.getvalue()}{error}"
    return out.getvalue()


def test_the_command_asks_the_tests_and_fails_when_one_does(judged):
    article, other, add = judged
    add("lich thi", article)
    assert "1 of 1 passed, MRR 1.000" in run()
    add("lịch thi", other)
    assert run().endswith("1 of 2 relevance tests failed")
    with pytest.raises(CommandError, match="1 of 2"):
        call_command("search_quality", "--judgements", "--json", stdout=StringIO())


def test_the_command_tells_in_json(judged):
    article, _other, add = judged
    add("lich thi", article, top=2)
    assert json.loads(run("--json")) == {
        "engine": json.loads(run("--json"))["engine"],
        "tests": 1,
        "failed": 0,
        "mrr": 1.0,
        "verdicts": [
            {
                "question": "lich thi",
                "top": 2,
                "passed": True,
                "expected": [{"page_id": article.pk, "title": "Lịch thi học kỳ", "place": 1}],
            }
        ],
    }


def test_the_command_measures_what_a_step_is_worth(judged):
    article, _other, add = judged
    Synonym.objects.create(words="kiểm tra", meaning="lịch thi")
    add("kiểm tra", article)
    assert "without synonyms: 0 of 1 passed, MRR 0.000" in run("--each-step")
    assert run("--without", "synonyms").endswith("1 of 1 relevance tests failed")
    assert "1 of 1 passed" in run()


def test_a_test_counts_pins_and_fails_when_its_pages_are_gone(judged):
    article, other, add = judged
    add("lịch thi", other, top=1)
    Pin.objects.create(words="lịch thi", page=other)
    assert "1 of 1 passed" in run()
    other.delete()
    assert "its pages are gone" in run()
    assert article.pk


def test_two_expected_pages_of_one_title_are_two(judged, make_article, drain):
    article, _other, add = judged
    test = add("lịch thi", article)
    ExpectedPage.objects.create(test=test, page=make_article(title=article.title, live=False))
    assert "1 of 1 relevance tests failed" in run()


def test_a_set_and_judgements_at_once_or_neither_are_refused(tmp_path):
    for arguments in ([], [str(tmp_path), "--judgements"]):
        with pytest.raises(CommandError, match="either"):
            call_command("search_quality", *arguments)


def test_the_report_shows_how_the_tests_stand(admin, judged):
    article, other, add = judged
    add("lịch thi", article)
    add("lịch", other, top=1)
    passed = [item.get_text(" ", strip=True) for item in soup(admin, REPORT).select(".search-desk-passed")]
    failed = [item.get_text(" ", strip=True) for item in soup(admin, REPORT).select(".search-desk-failed")]
    assert "place 1" in passed[0]
    assert "not among the first 1" in failed[0]


def test_a_test_is_made_in_the_admin(admin, judged):
    article, _other, _add = judged
    form = {
        "words": "lịch thi",
        "top": 3,
        "note": "",
        "expected-TOTAL_FORMS": 1,
        "expected-INITIAL_FORMS": 0,
        "expected-MIN_NUM_FORMS": 1,
        "expected-MAX_NUM_FORMS": 1000,
        "expected-0-page": article.pk,
        "expected-0-ORDER": 1,
    }
    assert admin.post("/admin/search/tests/new/", form | {"expected-TOTAL_FORMS": 0}).status_code == 200
    assert admin.post("/admin/search/tests/new/", form).status_code == 302
    assert "1 of 1 passed" in run()
    assert "Lịch thi học kỳ" in soup(admin, "/admin/search/tests/").get_text()
