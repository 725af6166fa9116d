"""A crawl as `wget --mirror` leaves it (`data/crawl`, made for these tests): articles among lists, each once."""

import shutil
from pathlib import Path

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from cms.core.importing.crawl_names import addresses_of, host_folder, is_page
from cms.core.importing.sources import read_all
from cms.core.models import Document, Image
from cms.news.models import ArticlePage, NewsIndexPage
from home.demo.papers import pdf
from tests.cms.importing.conftest import DATA
from tests.cms.importing.test_import_articles import outcomes, reasons, run
from tests.cms.importing.test_media_and_archives import archive, picture

HOUSE, CLASS, WEEK = (
    "Trao tặng nhà tình nghĩa tại xã Phúc Lộc",
    "Khai giảng lớp Trung cấp lý luận chính trị khóa 42",
    "Lịch công tác tuần 36",
)
OLD = "http://www.truong.example"


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    """The crawl with its picture and its file."""
    folder = tmp_path / "crawl"
    shutil.copytree(DATA / "crawl", folder)
    for name, data in {"anh/trao-nha.jpg": picture(), "tep/ke-hoach.pdf": pdf("Kế hoạch", [["Trang một"]])}.items():
        path = folder / "www.truong.example" / name
        path.parent.mkdir()
        path.write_bytes(data)
    return folder


def test_the_articles_are_found_among_lists_and_chrome(section: NewsIndexPage, crawl: Path) -> None:
    report = run(crawl)
    assert {page.title for page in ArticlePage.objects.all()} == {HOUSE, CLASS, WEEK}
    assert reasons(report)["index.html"].startswith(("a list", "no article"))
    assert reasons(report)["gioi-thieu.html"] == "no article: no date found"
    assert reasons(report)["lien-he.html"] == "no article: no date found"
    assert reasons(report)["index.html@p=2.html"] == "a list: its title leads to another page"
    assert "robots.txt" not in outcomes(report)


def test_a_story_under_several_addresses_is_one_page_and_all_of_them_redirect(
    section: NewsIndexPage, crawl: Path, client: Client
) -> None:
    report = run(crawl)
    page = ArticlePage.objects.get(title=HOUSE)
    assert page.legacy_url == f"{OLD}/chi-tiet.aspx?id=12"
    for address in ("/chi-tiet.aspx?id=12", "/chi-tiet.aspx?id=12&p=1", "/thi-dua/chi-tiet.aspx?muc=3&id=12",
                    "/in-bai.aspx?id=12"):  # fmt: skip
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (301, page.get_url()), address
    assert reasons(report)["in-bai.aspx@id=12.html"].startswith("same article as")


def test_the_address_that_a_page_calls_its_own_is_its_address(section: NewsIndexPage, crawl: Path) -> None:
    run(crawl)
    page = ArticlePage.objects.get(title=CLASS)
    assert page.legacy_url == f"{OLD}/dao-tao/khai-giang-k42.html"
    assert set(Redirect.objects.filter(redirect_page=page).values_list("old_path", flat=True)) == {
        "/dao-tao/khai-giang-k42.html", "/chi-tiet.aspx?id=15"
    }  # fmt: skip


def test_the_page_is_whole_with_its_picture_its_file_and_without_the_sites_chrome(
    section: NewsIndexPage, crawl: Path
) -> None:
    run(crawl)
    page = ArticlePage.objects.get(title=HOUSE)
    assert page.published_at.isoformat() == "2019-11-10T07:28:00+00:00"
    assert [author.name for author in page.authors.all()] == ["Thu Hà"]
    kinds = [block["type"] for block in page.body.raw_data]
    assert kinds == ["text", "picture", "text", "files"]
    assert page.body[1].value["caption"] == "Toàn cảnh lễ trao nhà cho gia đình bà Mến"
    assert (Image.objects.count(), Document.objects.count()) == (1, 1)
    text = str(page.body.raw_data)
    assert not [chrome for chrome in ("24/11/2026", "Liên hệ", "©", "Cổng thông tin", "khóa 42") if chrome in text]


def test_copies_that_wget_made_of_a_file_are_left_out(section: NewsIndexPage, crawl: Path) -> None:
    report = reasons(run(crawl))
    assert report["chi-tiet.aspx@id=15.html.1"] == "another copy of chi-tiet.aspx@id=15.html"
    assert report["chi-tiet.aspx@id=18.html.orig"] == "another copy of chi-tiet.aspx@id=18.html"


def test_the_way_from_the_home_page_tells_the_old_section(crawl: Path) -> None:
    articles = {reading.article.title: reading.article for reading in read_all([crawl]) if reading.article}
    assert {title: article.section for title, article in articles.items()} == {
        HOUSE: "Hoạt động đoàn thể", CLASS: "Đào tạo", WEEK: "Lịch công tác"
    }  # fmt: skip


def test_it_makes_no_difference_how_wget_was_told_to_name_files(section: NewsIndexPage, crawl: Path) -> None:
    for path in sorted(crawl.rglob("*aspx@*.html")):
        path.rename(path.with_name(path.name.replace("@", "?").removesuffix(".html")))
    run(crawl)
    assert {page.legacy_url for page in ArticlePage.objects.all()} == {
        f"{OLD}/chi-tiet.aspx?id=12", f"{OLD}/dao-tao/khai-giang-k42.html", f"{OLD}/chi-tiet.aspx?id=18"
    }  # fmt: skip


def test_the_folder_of_the_host_may_be_named_and_so_may_an_archive(
    section: NewsIndexPage, crawl: Path, tmp_path: Path
) -> None:
    files = {str(path.relative_to(crawl)): path.read_bytes() for path in crawl.rglob("*") if path.is_file()}
    run(archive(tmp_path / "cu.zip", files))
    assert ArticlePage.objects.count() == 3
    assert set(outcomes(run(crawl / "www.truong.example")).values()) == {"unchanged", "skipped"}


def test_running_it_again_changes_nothing(section: NewsIndexPage, crawl: Path) -> None:
    run(crawl)
    assert set(outcomes(run(crawl)).values()) == {"unchanged", "skipped"}


def test_an_address_found_later_leads_to_the_page_that_is_there(
    section: NewsIndexPage, crawl: Path, client: Client
) -> None:
    later = crawl / "www.truong.example" / "in-bai.aspx@id=12.html"
    text = later.read_bytes()
    later.unlink()
    run(crawl)
    later.write_bytes(text)
    report = run(crawl)
    assert reasons(report)["chi-tiet.aspx@id=12.html"] == "old addresses"
    assert client.get("/in-bai.aspx?id=12")["Location"] == ArticlePage.objects.get(title=HOUSE).get_url()


def test_a_page_in_a_bad_state_is_a_failure_and_no_list(section: NewsIndexPage, crawl: Path) -> None:
    host = crawl / "www.truong.example"
    good = (host / "chi-tiet.aspx@id=18.html").read_text(encoding="utf-8")
    (host / "sai-ngay.html").write_text(good.replace("05/09/2019", "31/02/2019"), encoding="utf-8")
    (host / "anh.html").write_bytes(picture())
    report = run(crawl, status=1)
    assert reasons(report)["sai-ngay.html"] == "there is no such date: 31/02/2019"
    assert outcomes(report)["anh.html"] == "failed"
    assert ArticlePage.objects.count() == 3


def test_two_stories_of_a_day_with_one_title_stay_two(section: NewsIndexPage, crawl: Path) -> None:
    host = crawl / "www.truong.example"
    other = (host / "chi-tiet.aspx@id=18.html").read_text(encoding="utf-8")
    start, end = other.index("<p>"), other.rindex("</p>")
    text = "<p>Cả tuần nhà trường tổ chức cho học viên đi nghiên cứu thực tế tại ba huyện vùng cao của tỉnh.</p>"
    (host / "chi-tiet.aspx@id=19.html").write_text(other[:start] + text * 3 + other[end:], encoding="utf-8")
    articles = [reading for reading in read_all([crawl]) if reading.article]
    assert sorted(reading.article.title for reading in articles) == sorted([HOUSE, CLASS, WEEK, WEEK])


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("index.html", "/"),
        ("tin/index.html", "/tin/"),
        ("bai.aspx?id=12", "/bai.aspx?id=12"),
        ("bai.aspx@id=12.html", "/bai.aspx?id=12"),
        ("bai.aspx.html", "/bai.aspx"),
        ("index.html?p=2", "/?p=2"),
        ("tin/bài.html", "/tin/b%C3%A0i.html"),
        ("a@b.html", "/a@b.html"),
    ],
)
def test_the_old_address_is_worked_out_from_the_name(name: str, address: str) -> None:
    host = Path("/crawl/www.truong.example+8080")
    assert addresses_of(host / name, host, has_added=False) == [f"http://www.truong.example:8080{address}"]


def test_with_added_suffixes_both_addresses_may_be_the_old_one() -> None:
    host = Path("/crawl/truong.example")
    assert addresses_of(host / "bai.html", host, has_added=True) == [
        "http://truong.example/bai.html", "http://truong.example/bai"
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["bai-viet", "2019", "ban.docx", "v1.final"])
def test_a_folder_that_is_named_after_no_host_is_no_crawl(tmp_path: Path, name: str) -> None:
    assert host_folder(tmp_path / name / "a.html", tmp_path) is None


def test_a_page_is_known_by_its_beginning_where_its_name_says_nothing(tmp_path: Path) -> None:
    for name, text, expected in (("tin", "<!DOCTYPE html><p>", True), ("anh", "\x89PNG", False), ("a.css", "<", False)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert is_page(tmp_path / name) is expected
