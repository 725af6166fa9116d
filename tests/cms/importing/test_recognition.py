"""What imported articles speak of is linked where the portal knows it, and listed where it does not."""

from datetime import UTC, datetime

import pytest

from cms.news.models import ArticlePage
from search.queries import SearchQuery
from search.service import search
from tests.cms.importing.conftest import ARTICLE
from tests.cms.importing.test_import_articles import outcomes, run

PROVINCES = ("Hòa Bình", "Tuyên Quang", "Yên Bái", "Phú Thọ", "Bắc Giang", "Bắc Kạn", "Thái Nguyên")


def unknown(report):
    return report["entries"][0]["unknown"]


@pytest.mark.relevance
def test_the_sample_page_is_listed_where_the_portal_knows_nothing(section, sample, write):
    names = unknown(run(write("mau.txt", sample)))
    assert [name for name in names if name.startswith("school")] == [
        f"school: Trường Chính trị tỉnh {province}" for province in ("Hoà Bình", *PROVINCES[1:])
    ]
    assert "person: Ths. Phạm Thị Thu Hà" in names
    assert {"document: 444-KH/CTĐ", "document: 11-QĐ/TW"} <= set(names)
    assert [name for name in names if name.startswith("event: HỘI NGHỊ TỔNG KẾT CỤM THI ĐUA")]


@pytest.mark.relevance
def test_the_sample_page_is_linked_with_all_that_the_portal_knows_and_found_through_each(
    section, sample, write, make_school, make_person, make_event, make_official_document, drain
):
    schools = [make_school(f"Trường Chính trị tỉnh {province}") for province in PROVINCES]
    person = make_person("Phạm Thị Thu Hà")
    event = make_event(
        title="Hội nghị tổng kết Cụm Thi đua các trường chính trị khu vực Trung du miền núi phía Bắc năm 2023"
    )
    make_official_document("444-KH/CTĐ"), make_official_document("11-QĐ/TW")
    assert unknown(run(write("mau.txt", sample))) == []
    drain()
    page = ArticlePage.objects.get()
    assert {item.school_id for item in page.schools.all()} == {school.pk for school in schools}
    assert [author.person_id for author in page.authors.all()] == [person.pk]
    assert page.event_id == event.pk
    for school in schools:
        assert page.pk in found(school=str(school.pk))
    for number in ("444-KH/CTĐ", "11-QĐ/TW"):
        assert found(cited=number) == {page.pk}
    assert page.pk in {article.pk for article in person.articles()}
    assert page.pk in {article.pk for article in event.articles()}


def found(**filters):
    results = search(SearchQuery("", filters={name: (value,) for name, value in filters.items()}, page_size=50))
    assert not results.degraded
    return {hit.id for hit in results.hits}


def test_a_person_whose_name_two_people_bear_is_left_to_the_editor(section, write, make_person):
    make_person("Lê Thị Hoa", slug="a"), make_person("Lê Thị Hoa", slug="b")
    report = run(write("a.txt", ARTICLE + "\nThS. Lê Thị Hoa\n"))
    assert unknown(report) == ["person: ThS. Lê Thị Hoa"]


def test_former_and_short_names_and_other_spellings_are_known(section, write, make_school):
    school = make_school("Trường Chính trị tỉnh Hoà Bình", short_name="Trường Chính trị Hoà Bình")
    school.former_names.create(name="Trường Đảng tỉnh Hoà Bình"), school.save()
    other = make_school("Trường Chính trị Tôn Đức Thắng")
    text = ARTICLE + "\nĐoàn của Trường Đảng tỉnh Hòa Bình và trường chính trị Tôn Đức Thắng đến dự.\n"
    assert unknown(run(write("a.txt", text))) == []
    assert {item.school_id for item in ArticlePage.objects.get().schools.all()} == {school.pk, other.pk}


def test_a_post_behind_a_schools_name_is_no_school(section, write):
    text = ARTICLE + "\nĐồng chí Lê A, Trường Chính trị tỉnh Yên Bái, Phó Hiệu trưởng, và Khoa Xây dựng Đảng đã dự.\n"
    assert unknown(run(write("a.txt", text))) == ["school: Trường Chính trị tỉnh Yên Bái"]


def test_a_private_or_unpublished_page_is_no_answer(section, write, make_school):
    make_school("Trường Chính trị tỉnh Yên Bái", live=False)
    text = ARTICLE + "\nTrường Chính trị tỉnh Yên Bái đến dự.\n"
    assert unknown(run(write("a.txt", text))) == ["school: Trường Chính trị tỉnh Yên Bái"]


def test_an_event_of_another_year_is_not_this_one(section, write, make_event):
    text = ARTICLE.replace("TRAO TẶNG NHÀ TÌNH NGHĨA TẠI XÃ PHÚC LỘC", "HỘI NGHỊ TỔNG KẾT CỤM THI ĐUA")
    other = make_event(title="Hội nghị tổng kết Cụm Thi đua năm 2019", slug="cu")
    assert other.starts_at.year == 2023
    assert unknown(run(write("a.txt", text))) == ["event: HỘI NGHỊ TỔNG KẾT CỤM THI ĐUA"]
    days = {"starts_at": datetime(2021, 11, 8, tzinfo=UTC), "ends_at": datetime(2021, 11, 9, tzinfo=UTC)}
    event = make_event(title="Hội nghị tổng kết Cụm Thi đua năm 2021", **days)
    run(write("a.txt", text.replace("Sáng 10/11", "Sáng ngày 10/11")))
    assert ArticlePage.objects.get().event_id == event.pk


def test_running_it_again_links_what_the_portal_has_got_since(
    section, write, make_school, make_person, make_event, drain
):
    text = ARTICLE.replace("TRAO TẶNG NHÀ TÌNH NGHĨA TẠI XÃ PHÚC LỘC", "HỘI NGHỊ TỔNG KẾT CỤM THI ĐUA")
    path = write("a.txt", text + "\nTrường Chính trị tỉnh Yên Bái đến dự.\n\nThS. Lê Thị Hoa\n")
    assert len(unknown(run(path))) == 3
    school, person = make_school("Trường Chính trị tỉnh Yên Bái"), make_person("Lê Thị Hoa")
    days = {"starts_at": datetime(2021, 11, 8, tzinfo=UTC), "ends_at": datetime(2021, 11, 9, tzinfo=UTC)}
    event = make_event(title="Hội nghị tổng kết Cụm Thi đua năm 2021", **days)
    report = run(path)
    assert (outcomes(report)["a.txt"], unknown(report)) == ("changed", [])
    page = ArticlePage.objects.get()
    assert [item.school_id for item in page.schools.all()] == [school.pk]
    assert [author.person_id for author in page.authors.all()] == [person.pk]
    assert page.event_id == event.pk
    assert outcomes(run(path))["a.txt"] == "unchanged"


def test_running_it_again_links_nothing_on_a_page_that_an_editor_has_changed(section, write, make_school):
    path = write("a.txt", ARTICLE + "\nTrường Chính trị tỉnh Yên Bái đến dự.\n")
    run(path)
    ArticlePage.objects.get().save_revision().publish()
    make_school("Trường Chính trị tỉnh Yên Bái")
    assert outcomes(run(path))["a.txt"] == "unchanged"
    assert not ArticlePage.objects.get().schools.exists()


def test_the_report_counts_what_the_portal_lacks(section, write):
    from io import StringIO

    from django.core.management import call_command

    paths = [write(f"{n}.txt", ARTICLE.replace("PHÚC LỘC", f"PHÚC LỘC {n}") + "\nTheo 444-KH/CTĐ.\n") for n in "AB"]
    out = StringIO()
    call_command("import_articles", *map(str, paths), into="tin-tuc", stdout=out)
    assert "Not on the portal, named in 2: document: 444-KH/CTĐ" in out.getvalue()
