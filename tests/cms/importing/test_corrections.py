"""An import in two steps: what was understood, with its doubts; then the same with what an editor said."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError
from wagtail.contrib.redirects.models import Redirect

from cms.core.importing.corrections import Corrections, correct
from cms.core.importing.doubts import doubts_of
from cms.core.importing.report import Outcome
from cms.core.importing.sources import read_all
from cms.core.importing.values import BlockKind, ImportedAuthor, Part
from cms.news.importing import Importer, ImportOptions
from cms.news.models import ArticlePage, NewsIndexPage
from tests.cms.importing.conftest import ARTICLE, DATA
from tests.cms.importing.test_import_articles import run

DATELESS = ARTICLE.replace("Ngày xuất bản: 10/11/2021 2:28:00 CH\n", "")
MOMENT = datetime(2020, 5, 6, 7, tzinfo=UTC)


def parts(path: Path) -> set[Part]:
    [reading] = read_all([path])
    return {doubt.part for doubt in doubts_of(reading)}


def test_doubts_know_their_part_of_the_page(write) -> None:
    assert parts(write("a.txt", ARTICLE + "\nThS. Lê Thị Hoa\n")) == set()
    assert parts(write("b.txt", ARTICLE)) == {Part.BYLINE}
    assert parts(write("c.txt", DATELESS + "\nThS. Lê Thị Hoa\n")) == {Part.DATE}
    assert parts(DATA / "ngay_tren_tieu_de.txt") >= {Part.TITLE, Part.CAPTION}


def test_a_doubt_about_a_caption_knows_its_block() -> None:
    [reading] = read_all([DATA / "hai_dong_khong_dong_trong.txt"])
    found = [doubt.block for doubt in doubts_of(reading) if doubt.part is Part.CAPTION]
    assert {reading.article.blocks[place].kind for place in found} == {BlockKind.CAPTION}
    assert len(found) == 2


def test_reading_writes_nothing(section: NewsIndexPage, write, django_assert_num_queries) -> None:
    path = write("a.txt", ARTICLE)
    with django_assert_num_queries(0):
        assert [reading.origin for reading in read_all([path])] == [str(path)]


def test_what_an_editor_says_is_what_the_page_gets(section: NewsIndexPage) -> None:
    importer = Importer(section)
    [reading] = importer.readings([DATA / "hai_dong_khong_dong_trong.txt"])
    places = [doubt.block for doubt in doubts_of(reading) if doubt.part is Part.CAPTION]
    said = Corrections(
        title="  Khai giảng  lớp mới ",
        published_at=MOMENT,
        authors=(ImportedAuthor("Văn Nam", "Phóng viên"),),
        captions={places[0]: "Buổi lễ khai giảng", places[1]: ""},
    )
    with importer.run():
        entry = importer.take(reading, said)
    page = ArticlePage.objects.get()
    assert (entry.outcome, entry.page, entry.doubts) == (Outcome.MADE, page.pk, ())
    assert (page.title, page.published_at) == ("Khai giảng lớp mới", MOMENT)
    assert [(author.name, author.post) for author in page.authors.all()] == [("Văn Nam", "Phóng viên")]
    text = str(page.body.raw_data)
    assert "<i>Buổi lễ khai giảng</i>" in text
    assert "Lò Văn Thắng tặng hoa" not in text


def test_a_page_that_lacks_its_date_is_imported_once_an_editor_has_said_it(section: NewsIndexPage, write) -> None:
    importer = Importer(section)
    [reading] = importer.readings([write("a.txt", DATELESS)])
    assert importer.take(reading).reason == "no date found"
    assert importer.take(reading, Corrections(title="Tên khác")).reason == "no date found"
    assert not ArticlePage.objects.exists()
    assert importer.take(reading, Corrections(published_at=MOMENT)).outcome is Outcome.MADE


def test_a_correction_that_is_no_title_is_refused(write) -> None:
    [reading] = read_all([write("a.txt", ARTICLE)])
    assert correct(reading, Corrections(title="…")).problem == "no title found"
    assert "255" in correct(reading, Corrections(title="dài " * 100)).problem


def test_a_page_may_be_left_out(section: NewsIndexPage, write) -> None:
    importer = Importer(section)
    [reading] = importer.readings([write("a.txt", ARTICLE)])
    entry = importer.take(reading, Corrections(skip=True))
    assert (entry.outcome, entry.reason) == (Outcome.SKIPPED, "left out by an editor")
    assert not ArticlePage.objects.exists()


def test_a_corrected_page_is_the_same_page_next_time(section: NewsIndexPage, write) -> None:
    path = write("a.txt", f"URL: http://cu.example/bai?id=7\n{ARTICLE}")
    said = Corrections(title="Tên khác", published_at=MOMENT)
    for expected in (Outcome.MADE, Outcome.UNCHANGED):
        importer = Importer(section)
        [reading] = importer.readings([path])
        assert importer.take(reading, said).outcome is expected


SECTIONED = (
    """{{"title": "Bài {n}", "date": "2022-03-0{n}", "text": "Sáng nay có hội nghị.", "section": "{section}"}}\n"""
)


@pytest.fixture
def sectioned(write) -> Path:
    names = ["Hoạt động", "HOẠT ĐỘNG", "Đào tạo", ""]
    return write("xuat.jsonl", "".join(SECTIONED.format(n=n, section=name) for n, name in enumerate(names, 1)))


def test_pages_go_where_their_old_section_is_mapped_to(section: NewsIndexPage, sectioned: Path) -> None:
    other = section.add_child(instance=NewsIndexPage(title="Hoạt động", slug="hoat-dong"))
    report = run(sectioned, section=["Hoạt động=tin-tuc/hoat-dong"])
    assert sorted(page.title for page in ArticlePage.objects.child_of(other)) == ["Bài 1", "Bài 2"]
    assert sorted(page.title for page in ArticlePage.objects.child_of(section)) == ["Bài 3", "Bài 4"]
    assert report["sections"] == {"Đào tạo": 1}


def test_an_editor_may_choose_another_section_for_a_page(section: NewsIndexPage, sectioned: Path) -> None:
    other = section.add_child(instance=NewsIndexPage(title="Khác", slug="khac"))
    importer = Importer(section, ImportOptions(sections={"Hoạt động": section}))
    for reading in importer.readings([sectioned]):
        importer.take(reading, Corrections(section=other.pk))
    assert ArticlePage.objects.child_of(other).count() == 4


def test_a_section_that_is_not_there_is_named_with_those_that_are(section: NewsIndexPage, sectioned: Path) -> None:
    with pytest.raises(CommandError, match="there is no section at khong-co; there are: tin-tuc"):
        run(sectioned, section=["Hoạt động=khong-co"])
    with pytest.raises(CommandError, match="not of the form OLD=PATH"):
        run(sectioned, section=["tin-tuc"])


def test_all_addresses_of_a_page_lead_to_it_and_one_found_later_too(section: NewsIndexPage, write) -> None:
    importer = Importer(section)
    [reading] = importer.readings([write("a.txt", f"URL: http://cu.example/bai?id=7\n{ARTICLE}")])
    importer.take(reading)
    more = replace(reading.article, other_addresses=("http://www.cu.example/in?id=7", "http://cu.example/bai?id=7"))
    entry = Importer(section).take(replace(reading, article=more))
    assert (entry.outcome, entry.reason) == (Outcome.CHANGED, "old addresses")
    assert set(Redirect.objects.values_list("old_path", flat=True)) == {"/bai?id=7", "/in?id=7"}
    assert Importer(section).take(replace(reading, article=more)).outcome is Outcome.UNCHANGED
