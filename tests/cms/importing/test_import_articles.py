"""`manage.py import_articles` from end to end, on a real database and a real index."""

import json
import os
import signal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.search.models import IndexEntry

from cms.core.importing.report import Outcome
from cms.core.models import ReadCount
from cms.news.importing.content import MAX_SLUG
from cms.news.models import ArticlePage, NewsIndexPage
from search import sync
from search.engines.base import Engine
from search.models import OutboxEntry
from search.queries import SearchQuery
from search.service import search
from tests.cms.importing.conftest import ARTICLE, DATA

OLD = "http://www.truongchinhtri.example/ArticleDetail.aspx?id=543&cat=7"


def run(*paths: Path, status: int = 0, **options: Any) -> dict[str, Any]:
    """Run the command, expect this exit status, and give its report."""
    out = StringIO()
    ended = 0
    try:
        call_command("import_articles", *map(str, paths), into="tin-tuc", json=True, stdout=out, **options)
    except SystemExit as end:
        ended = end.code
    assert ended == status, out.getvalue()
    return json.loads(out.getvalue())


def outcomes(report: dict[str, Any]) -> dict[str, str]:
    return {Path(entry["file"]).name: entry["outcome"] for entry in report["entries"]}


def reasons(report: dict[str, Any]) -> dict[str, str]:
    return {Path(entry["file"]).name: entry["reason"] for entry in report["entries"]}


def test_an_article_becomes_a_live_page_with_everything_it_had(section: NewsIndexPage, write) -> None:
    report = run(write("a.txt", ARTICLE + "\nThS. Lê Thị Hoa\n\nGiảng viên Trường Chính trị tỉnh\n"))
    page = ArticlePage.objects.child_of(section).live().get()
    assert page.title == "TRAO TẶNG NHÀ TÌNH NGHĨA TẠI XÃ PHÚC LỘC"
    assert page.slug == "trao-tang-nha-tinh-nghia-tai-xa-phuc-loc"
    assert page.first_published_at == page.published_at
    assert [(author.name, author.post) for author in page.authors.all()] == [
        ("ThS. Lê Thị Hoa", "Giảng viên Trường Chính trị tỉnh")
    ]
    assert ReadCount.objects.get(page=page, day=None).count == 120
    assert report["entries"][0]["url"] == page.get_url()
    assert outcomes(report) == {"a.txt": "made"}


def test_captions_stay_in_the_body_as_italic_text_of_their_own(section: NewsIndexPage) -> None:
    run(DATA / "hai_dong_khong_dong_trong.txt")
    page = ArticlePage.objects.get()
    assert [block.value.source for block in page.body if block.value.source.startswith("<p><i>")] == [
        "<p><i>Toàn cảnh buổi lễ khai giảng</i></p>",
        "<p><i>(Đồng chí Lò Văn Thắng tặng hoa chúc mừng lớp học)</i></p>",
    ]


def test_markup_in_an_old_text_is_text(section: NewsIndexPage, write) -> None:
    run(write("a.txt", ARTICLE + "\nKý hiệu <script>alert(1)</script> & <b>khác</b> được giữ nguyên.\n"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;" in ArticlePage.objects.get().body[0].value.source


def test_a_new_page_has_the_history_of_a_published_one(section: NewsIndexPage, write) -> None:
    run(write("a.txt", ARTICLE))
    page = ArticlePage.objects.get()
    assert page.live_revision == page.latest_revision == Revision.objects.for_instance(page).get()
    assert not page.has_unpublished_changes
    assert page.latest_revision.as_object().body == page.body
    assert [entry.action for entry in PageLogEntry.objects.filter(page=page)] == ["news.import", "wagtail.create"]


@pytest.mark.parametrize("query", ["hoi nghi tong ket cum thi dua", "Hòa Bình", "444-KH/CTĐ", "pham thi thu ha"])
def test_the_real_page_is_found(section: NewsIndexPage, engine: Engine, write, sample: str, query: str) -> None:
    run(write("000.txt", sample))
    if not engine.embedded:
        sync.drain()  # as a search worker does
    results = search(SearchQuery(query))
    assert not results.degraded
    assert [hit.id for hit in results.hits] == [ArticlePage.objects.get().pk]


def test_editors_find_it_in_the_admin_without_accents(section: NewsIndexPage, write) -> None:
    run(write("a.txt", ARTICLE))
    page = ArticlePage.objects.get()
    assert list(ArticlePage.objects.search("nha tinh nghia")) == [page]
    page.title = "Bàn giao nhà mới"
    page.save_revision().publish()
    assert list(ArticlePage.objects.search("ban giao")) == [page]


def test_what_a_killed_run_left_out_of_the_editors_index_is_added_by_the_next(section: NewsIndexPage, write) -> None:
    path = write("a.txt", ARTICLE)
    run(path)
    IndexEntry.objects.all().delete()
    assert outcomes(run(path)) == {"a.txt": "unchanged"}
    assert ArticlePage.objects.search("nha tinh nghia").count() == 1


def test_the_same_page_twice_is_one_page_and_writes_nothing(section: NewsIndexPage, write) -> None:
    path = write("a.txt", ARTICLE)
    run(path)
    before = (
        Revision.objects.count(),
        PageLogEntry.objects.count(),
        OutboxEntry.objects.values_list("version", flat=True)[::1],
    )
    assert outcomes(run(path)) == {"a.txt": "unchanged"}
    assert (
        Revision.objects.count(),
        PageLogEntry.objects.count(),
        OutboxEntry.objects.values_list("version", flat=True)[::1],
    ) == before
    assert ArticlePage.objects.count() == 1


def test_a_changed_page_gets_a_new_published_revision(section: NewsIndexPage, write) -> None:
    run(write("a.txt", ARTICLE))
    report = run(write("a.txt", ARTICLE + "\nBà Mến rất xúc động.\n"))
    page = ArticlePage.objects.get()
    assert outcomes(report) == {"a.txt": "changed"}
    assert "Bà Mến rất xúc động." in page.body[0].value.source
    assert Revision.objects.for_instance(page).count() == 2
    assert page.live_revision == page.latest_revision


def test_reads_are_set_and_not_added(section: NewsIndexPage, write) -> None:
    run(write("a.txt", ARTICLE))
    report = run(write("a.txt", ARTICLE.replace("120", "150")))
    assert (outcomes(report), reasons(report)) == ({"a.txt": "changed"}, {"a.txt": "number of reads"})
    assert ReadCount.objects.get().count == 150
    assert Revision.objects.count() == 1


def edited(write) -> ArticlePage:
    """A page imported from `a.txt`, edited by hand after that, and a newer `a.txt`."""
    run(write("a.txt", ARTICLE))
    page = ArticlePage.objects.get()
    page.title = "Trao tặng nhà tình nghĩa"
    page.save_revision().publish()
    write("a.txt", ARTICLE + "\nBà Mến rất xúc động.\n")
    return page


def test_an_editors_work_is_never_overwritten_silently(section: NewsIndexPage, write, tmp_path: Path) -> None:
    page = edited(write)
    assert reasons(run(tmp_path / "pages")) == {"a.txt": "edited since import"}
    page.refresh_from_db()
    assert page.title == "Trao tặng nhà tình nghĩa"


def test_an_editors_work_is_overwritten_on_request(section: NewsIndexPage, write, tmp_path: Path) -> None:
    page = edited(write)
    assert outcomes(run(tmp_path / "pages", overwrite=True)) == {"a.txt": "changed"}
    page.refresh_from_db()
    assert page.title == "TRAO TẶNG NHÀ TÌNH NGHĨA TẠI XÃ PHÚC LỘC"
    assert outcomes(run(tmp_path / "pages")) == {"a.txt": "unchanged"}


def test_a_page_that_an_editor_took_down_stays_down(section: NewsIndexPage, write) -> None:
    run(write("a.txt", ARTICLE))
    ArticlePage.objects.get().unpublish()
    report = run(write("a.txt", ARTICLE + "\nBà Mến rất xúc động.\n"))
    assert reasons(report) == {"a.txt": "unpublished since import"}
    assert not ArticlePage.objects.get().live


def test_a_page_that_an_editor_moved_is_still_the_same(section: NewsIndexPage, write) -> None:
    path = write("a.txt", ARTICLE)
    run(path)
    other = section.add_child(instance=NewsIndexPage(title="Hoạt động", slug="hoat-dong"))
    ArticlePage.objects.get().move(other, pos="last-child")
    assert outcomes(run(path)) == {"a.txt": "unchanged"}


def test_the_same_article_in_two_files_is_imported_once(section: NewsIndexPage, write, tmp_path: Path) -> None:
    first = write("a.txt", ARTICLE)
    write("b.txt", ARTICLE.replace("\n\n", "\n\n\n"))
    report = run(tmp_path / "pages")
    assert outcomes(report) == {"a.txt": "made", "b.txt": "skipped"}
    assert reasons(report)["b.txt"] == f"same article as {first}"


def test_an_old_address_leads_to_the_page(section: NewsIndexPage, client: Client) -> None:
    run(DATA / "chan_trang.txt")
    page = ArticlePage.objects.get()
    assert page.legacy_url == OLD
    response = client.get("/ArticleDetail.aspx?cat=7&id=543")
    assert (response.status_code, response["Location"]) == (301, page.get_url())


def test_an_address_that_turns_up_later_belongs_to_the_same_page(section: NewsIndexPage, write) -> None:
    run(write("a.txt", ARTICLE))
    assert outcomes(run(write("a.txt", f"URL: {OLD}\n{ARTICLE}"))) == {"a.txt": "changed"}
    assert outcomes(run(write("a.txt", ARTICLE))) == {"a.txt": "unchanged"}
    assert ArticlePage.objects.get().legacy_url == OLD
    assert Redirect.objects.count() == 1


def test_a_redirect_of_somebody_elses_is_reported_and_kept(section: NewsIndexPage, write) -> None:
    Redirect.add_redirect(OLD, redirect_to="https://example.org/")
    for dry_run in (True, False):
        report = run(write("a.txt", f"URL: {OLD}\n{ARTICLE}"), dry_run=dry_run)
        assert report["entries"][0]["doubts"] == [
            "the old address /ArticleDetail.aspx?cat=7&id=543 already leads elsewhere"
        ]
    assert Redirect.objects.get().redirect_link == "https://example.org/"


def test_an_old_address_that_is_a_page_of_the_site_is_reported(section: NewsIndexPage, write) -> None:
    report = run(write("a.txt", f"URL: http://old.example/tin-tuc/\n{ARTICLE}"))
    assert report["entries"][0]["doubts"] == ["the old address /tin-tuc is a page of this site"]
    assert not Redirect.objects.exists()


def test_a_dry_run_decides_the_same_and_writes_nothing(section: NewsIndexPage, write, tmp_path: Path) -> None:
    write("a.txt", f"URL: {OLD}\n{ARTICLE}")
    write("b.txt", "")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        dry = run(tmp_path / "pages", dry_run=True, status=1)
    assert not [query for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert outcomes(dry) == outcomes(run(tmp_path / "pages", status=1)) == {"a.txt": "made", "b.txt": "failed"}


BAD = {
    "binary.txt": (b"\x89PNG\r\n\x1a\n\x00\x00", "zero byte at offset 8"),
    "date.txt": (ARTICLE.replace("10/11/2021", "31/02/2023").encode(), "there is no such date: 31/02/2023"),
    "dateless.txt": (ARTICLE.replace("Ngày xuất bản", "").encode()[:40], "no date found"),
    "empty.txt": (b"", "empty"),
    "encoding.txt": (bytes(range(0x80, 0x100)), "not UTF-8: byte 0x80 at offset 0"),
    "future.txt": (ARTICLE.replace("2021", "2921").encode(), "the date lies in the future"),
    "huge.txt": (b"a" * (20 * 1024 * 1024 + 1), "larger than 20 MB"),
    "titleless.txt": (ARTICLE.replace("TRAO TẶNG NHÀ TÌNH NGHĨA TẠI XÃ PHÚC LỘC", "").encode(), "no title found"),
    "truncated.txt": (
        ARTICLE.encode()[: ARTICLE.encode().rindex("ạ".encode()) + 1] if "ạ" in ARTICLE else b"\xe1",
        "truncated",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_with_the_reason_and_the_rest_is_imported(
    section: NewsIndexPage, write, tmp_path: Path, name: str
) -> None:
    content, reason = BAD[name]
    write(name, content)
    write("good.txt", ARTICLE.replace("TRAO TẶNG", "KHÁNH THÀNH"))
    report = run(tmp_path / "pages", status=1)
    assert outcomes(report) == {name: "failed", "good.txt": "made"}
    assert reason in reasons(report)[name]
    assert ArticlePage.objects.get().title.startswith("KHÁNH THÀNH")


def test_a_file_that_the_system_refuses_is_named_and_the_rest_is_imported(
    section: NewsIndexPage, write, tmp_path: Path
) -> None:
    write("good.txt", ARTICLE)
    circle = tmp_path / "circle.txt"
    circle.symlink_to(circle)
    report = run(circle, tmp_path / "pages", status=1)
    assert outcomes(report) == {"circle.txt": "failed", "good.txt": "made"}
    assert reasons(report)["circle.txt"].startswith("cannot be read")


def test_a_failure_in_the_middle_of_a_page_leaves_nothing_of_it(section: NewsIndexPage, write, tmp_path: Path) -> None:
    write("a.txt", f"URL: {OLD}\n{ARTICLE}")
    write("b.txt", ARTICLE.replace("TRAO TẶNG", "KHÁNH THÀNH"))

    def no_redirects(execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "wagtailredirects_redirect"'):
            raise DatabaseError("disk full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(no_redirects):
        report = run(tmp_path / "pages", status=1)
    assert outcomes(report) == {"a.txt": "failed", "b.txt": "made"}
    assert "disk full" in reasons(report)["a.txt"]
    page = ArticlePage.objects.get()
    assert page.title.startswith("KHÁNH THÀNH")
    assert ReadCount.objects.get().page_id == Revision.objects.get().content_object.pk == page.pk
    section.refresh_from_db()
    assert section.numchild == 1
    assert Page.find_problems() == ([], [], [], [], [])
    assert outcomes(run(tmp_path / "pages")) == {"a.txt": "made", "b.txt": "unchanged"}


def test_folders_are_read_in_order_without_hidden_files_and_links_out(
    section: NewsIndexPage, write, tmp_path: Path
) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text(ARTICLE)
    write("b/z.txt", ARTICLE.replace("TRAO", "Z"))
    write("a/y.txt", ARTICLE.replace("TRAO", "Y"))
    write(".git/x.txt", ARTICLE)
    write(".hidden.txt", ARTICLE)
    write("photo.bmp", b"\xff\xd8")
    (tmp_path / "pages" / "link.txt").symlink_to(outside)
    report = run(tmp_path / "pages")
    assert list(reasons(report).items()) == [
        ("link.txt", "a link out of the folder"),
        ("photo.bmp", "no reader for this kind of file"),
        ("y.txt", ""),
        ("z.txt", ""),
    ]


def test_titles_that_are_alike_get_addresses_of_their_own(section: NewsIndexPage, write, tmp_path: Path) -> None:
    for day in (10, 11, 12):
        write(f"{day}.txt", ARTICLE.replace("10/11/2021", f"{day}/11/2021"))
    run(tmp_path / "pages")
    base = "trao-tang-nha-tinh-nghia-tai-xa-phuc-loc"
    assert set(ArticlePage.objects.values_list("slug", flat=True)) == {base, f"{base}-2", f"{base}-3"}


def test_a_long_title_gives_an_address_cut_between_words(section: NewsIndexPage, write) -> None:
    title = "Hội nghị tổng kết cụm thi đua các trường chính trị khu vực trung du miền núi phía bắc"
    run(write("a.txt", ARTICLE.replace("TRAO TẶNG NHÀ TÌNH NGHĨA TẠI XÃ PHÚC LỘC", title)))
    slug = ArticlePage.objects.get().slug
    assert len(slug) <= MAX_SLUG
    assert slug.endswith("-mien-nui")


def test_an_unknown_section_is_an_error_that_lists_those_there_are(section: NewsIndexPage, write) -> None:
    with pytest.raises(CommandError, match="no section at su-kien; there are: tin-tuc"):
        call_command("import_articles", str(write("a.txt", ARTICLE)), into="su-kien")


def test_a_page_that_is_no_section_is_an_error(section: NewsIndexPage, write) -> None:
    path = write("a.txt", ARTICLE)
    run(path)
    with pytest.raises(CommandError, match="is no news section"):
        call_command("import_articles", str(path), into=f"tin-tuc/{ArticlePage.objects.get().slug}")


def test_a_path_that_does_not_exist_is_an_error_before_anything_is_written(section: NewsIndexPage, write) -> None:
    with pytest.raises(CommandError, match="no such file or folder: missing"):
        run(write("a.txt", ARTICLE), Path("missing"))
    assert not ArticlePage.objects.exists()


def test_ctrl_c_ends_after_the_page_in_hand_with_the_report(section: NewsIndexPage, write, tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        write(f"{name}.txt", ARTICLE.replace("TRAO", name.upper()))

    def interrupt(execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "news_articlepage"') and not ArticlePage.objects.exists():
            os.kill(os.getpid(), signal.SIGINT)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(interrupt):
        report = run(tmp_path / "pages", status=130)
    assert (report["interrupted"], outcomes(report)) == (True, {"a.txt": "made"})
    assert outcomes(run(tmp_path / "pages")) == {"a.txt": "unchanged", "b.txt": "made", "c.txt": "made"}


def test_the_report_goes_to_a_file_and_its_text_names_what_happened(
    section: NewsIndexPage, write, tmp_path: Path
) -> None:
    good, bad = write("good.txt", ARTICLE), write("bad.txt", "")
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command(
            "import_articles", str(good), str(bad), into="tin-tuc", report=tmp_path / "report.json", stdout=out
        )
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert report["counts"] == {outcome: int(outcome in {Outcome.MADE, Outcome.FAILED}) for outcome in Outcome}
    assert f"Failed: {bad}: empty" in out.getvalue()
    assert f"Made: {good}: “TRAO TẶNG NHÀ TÌNH NGHĨA TẠI XÃ PHÚC LỘC” → /tin-tuc/" in out.getvalue()


def test_the_number_of_queries_does_not_grow_with_the_section(section: NewsIndexPage, write) -> None:
    counts = []
    for number in range(12):
        path = write(f"{number}.txt", ARTICLE.replace("TRAO", f"TRAO {number}"))
        with CaptureQueriesContext(connection) as queries:
            run(path)
        counts.append(len(queries))
    assert counts[-1] <= counts[1]
