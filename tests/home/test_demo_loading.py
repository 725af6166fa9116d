"""Loading demo content: into which site, what of it, and what is refused."""

import shutil
import unicodedata

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Site

from cms.core.models import Image
from cms.news.models import ArticlePage, NewsIndexPage
from home.demo.content import FOLDER, read_demo
from home.demo.loading import NotEmpty, load
from home.demo.tables import BadDemo
from home.models import SiteSettings

ARTICLE = """
title = "Tiêu đề"
summary = "Tóm tắt"
section = "tin-tuc"
published_at = 2024-03-01T08:00:00
"""
BODY = "[[body]]\n"


def quietly(what, done, total):
    """Progress that nobody watches."""


@pytest.fixture
def small_demo(tmp_path):
    """A folder with two of the sections and no article, to be filled by the test; `write` adds an article."""
    shutil.copytree(FOLDER / "pictures", tmp_path / "pictures")
    for folder in ("articles", "pages", "files"):
        (tmp_path / folder).mkdir()
    (tmp_path / "site.toml").write_text(
        """
        [home]
        title = "Trang chủ"
        welcome = "Chào"
        sections = ["tin-tuc"]
        [settings]
        name = "Trường"
        [[section]]
        path = "tin-tuc"
        title = "Tin tức"
        summary = "Tin"
        [[section]]
        path = "thong-bao"
        title = "Thông báo"
        summary = "Báo"
        [picture.thu-vien]
        title = "Thư viện"
        alt = "Hai giá sách"
        [files]
        """,
        encoding="utf-8",
    )

    def write(name, text):
        (tmp_path / "articles" / f"{name}.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_what_joins_the_content_later_is_added_and_nothing_else(db, small_demo):
    folder = small_demo("dau-tien", ARTICLE)
    load(read_demo(folder), quietly)
    ArticlePage.objects.update(title="Tiêu đề mới")
    small_demo(
        "thu-hai", ARTICLE.replace("2024", "2025") + "[[body]]\ntext = 'Xem <a page=\"dau-tien\">bài trước</a>.'"
    )
    report = load(read_demo(folder), quietly)
    assert report.made == ["thu-hai"]
    assert ArticlePage.objects.get(slug="dau-tien").title == "Tiêu đề mới"
    assert f'id="{ArticlePage.objects.get(slug="dau-tien").pk}"' in str(
        ArticlePage.objects.get(slug="thu-hai").body.raw_data[0]
    )


def test_an_article_for_a_section_that_was_deleted_is_left_out_and_a_link_to_it_becomes_text(db, small_demo):
    folder = small_demo("dau-tien", ARTICLE)
    load(read_demo(folder), quietly)
    NewsIndexPage.objects.get(slug="tin-tuc").delete()
    small_demo("thu-hai", ARTICLE)
    text = "[[body]]\ntext = 'Xem <a page=\"thu-hai\">bài trước</a>.'"
    small_demo("thu-ba", ARTICLE.replace("tin-tuc", "thong-bao").replace("2024", "2025") + text)
    report = load(read_demo(folder), quietly)
    assert (report.left_out, report.made) == (["thu-hai"], ["thu-ba"])
    assert ArticlePage.objects.get().body.raw_data[0]["value"] == "<p>Xem bài trước.</p>"


def test_a_site_with_content_of_its_own_is_refused(section):
    with pytest.raises(CommandError, match="has content of its own"):
        call_command("load_demo")
    assert not ArticlePage.objects.exists()
    assert not Image.objects.exists()


def test_a_home_page_that_was_edited_is_refused(home):
    home.save_revision().publish()
    with pytest.raises(NotEmpty):
        load(read_demo(), quietly)


def test_settings_given_by_an_editor_stay(db, small_demo):
    SiteSettings.objects.create(site=Site.objects.get(), name="Trường của tôi")
    load(read_demo(small_demo("dau-tien", ARTICLE)), quietly)
    assert SiteSettings.objects.get().name == "Trường của tôi"


def test_when_loading_fails_nothing_is_left_not_even_a_file(db, small_demo, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    too_long = BODY + f'heading = "{"x" * 300}"'
    folder = small_demo("dau-tien", ARTICLE + 'cover = "thu-vien"\n' + too_long)
    with pytest.raises(BadDemo, match=r"articles/dau-tien\.toml: \[1\] text "):
        load(read_demo(folder), quietly)
    assert not NewsIndexPage.objects.exists()
    assert not Image.objects.exists()
    assert [path for path in (tmp_path / "media").rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ARTICLE.replace("title", "titel"), "titel: no such field here"),
        (ARTICLE.replace('"Tiêu đề"', '" "'), "title: must not be empty"),
        (ARTICLE.replace('"Tiêu đề"', "7"), "title: must be of the type str"),
        (
            ARTICLE.replace("Tiêu đề", unicodedata.normalize("NFD", "Tiêu đề")),
            r"title: is not in Unicode's composed form",
        ),
        (ARTICLE.replace("tin-tuc", "tin-khac"), "section: nothing is called “tin-khac”"),
        (ARTICLE.replace("2024-03-01", "2024-02-31"), "articles/bai.toml"),
        (ARTICLE + "reads = -1", "reads: must not be negative"),
        (ARTICLE + 'cover = "khac"', "cover: nothing is called “khac”"),
        (ARTICLE + 'authors = [{ post = "Giảng viên" }]', r"authors\[1\].name: is missing"),
        (ARTICLE + BODY + 'bang = "x"', r"body\[1\].bang: no such field here"),
        (ARTICLE + BODY + 'text = "<script>x</script>"', r"body\[1\].text: <script> cannot stand here"),
        (ARTICLE + BODY + 'text = "<b>x"', r"body\[1\].text: <b> is not closed"),
        (ARTICLE + BODY + 'text = "x</i>"', r"body\[1\].text: </i> closes nothing"),
        (ARTICLE + BODY + "text = '<a href=\"javascript:x\">x</a>'", r"body\[1\].text: a link is"),
        (ARTICLE + BODY + "text = '<a page=\"khac\">x</a>'", r"body\[1\].text: there is no page “khac” before"),
        (ARTICLE + BODY + 'picture = { image = "khac" }', r"body\[1\].picture.image: nothing is called"),
        (ARTICLE + BODY + 'table = { rows = [["a", "b"], ["c"]] }', r"body\[1\].table.rows: must be a list of rows"),
    ],
)
def test_bad_content_is_refused_with_file_field_and_reason(small_demo, text, message):
    with pytest.raises(BadDemo, match=message) as caught:
        read_demo(small_demo("bai", text))
    assert str(caught.value).startswith("articles/bai.toml: ")
