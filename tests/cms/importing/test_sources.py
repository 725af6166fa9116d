"""What of a folder or an archive is a page, and what belongs to one."""

from pathlib import Path

from cms.core.importing.sources import read_all
from cms.core.models import Document
from cms.news.models import ArticlePage, NewsIndexPage
from tests.cms.importing.conftest import ARTICLE
from tests.cms.importing.test_hostile import excel, word, zipped
from tests.cms.importing.test_html import PAGE
from tests.cms.importing.test_import_articles import outcomes, reasons, run
from tests.cms.importing.test_media_and_archives import archive


def test_a_word_file_that_a_page_offers_is_its_attachment_and_another_is_a_page(
    section: NewsIndexPage, write, tmp_path: Path
) -> None:
    write("a.docx", word())
    write("tep/ke-hoach.docx", word())
    write("z.html", PAGE.replace("ke-hoach.pdf", "ke-hoach.docx"))
    report = run(tmp_path / "pages")
    assert outcomes(report) == {"z.html": "made", "a.docx": "made"}
    assert Document.objects.get().filename == "ke-hoach.docx"


def test_a_file_that_somebody_names_is_a_page_whoever_offers_it(section: NewsIndexPage, write) -> None:
    offered = write("tep/ke-hoach.docx", word())
    report = run(write("z.html", PAGE.replace("ke-hoach.pdf", "ke-hoach.docx")), offered)
    assert set(outcomes(report)) == {"z.html", "ke-hoach.docx"}
    assert ArticlePage.objects.count() == 2


def test_a_file_of_a_kind_that_nobody_reads_is_left_out_and_said_so_if_it_was_named(
    section: NewsIndexPage, write, tmp_path: Path
) -> None:
    old = write("cu.doc", b"\xd0\xcf\x11\xe0")
    write("tot.txt", ARTICLE)
    assert reasons(run(old)) == {"cu.doc": "no reader for this kind of file"}
    assert outcomes(run(tmp_path / "pages")) == {"tot.txt": "made"}


def test_an_archive_may_hold_tables_and_word_files_but_no_archive(section: NewsIndexPage, tmp_path: Path) -> None:
    path = archive(
        tmp_path / "cu.zip", {"a.docx": word(), "b.xlsx": excel(), "c.zip": zipped({"a.txt": ARTICLE.encode()})}
    )
    report = run(path)
    assert {name.rpartition("!")[2]: outcome for name, outcome in outcomes(report).items()} == {
        "a.docx": "made", "b.xlsx:2": "made", "c.zip": "skipped"
    }  # fmt: skip


def test_origins_are_the_same_each_time(tmp_path: Path) -> None:
    path = archive(tmp_path / "cu.zip", {"a.docx": word(), "b.xlsx": excel(), "c.txt": ARTICLE})
    first, second = ([reading.origin for reading in read_all([path])] for _time in range(2))
    assert first == second == [f"{path}!{name}" for name in ("c.txt", "a.docx", "b.xlsx:2")]
