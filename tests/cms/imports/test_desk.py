"""What editors see before an import and after it: pages to be corrected, and old ones beside the new."""

import pytest
from django.urls import reverse

from cms.news.models import ArticlePage
from tests.cms.imports.conftest import act, archive, do_tasks, html, page, picture

NO_DATE = "BÀI KHÔNG CÓ NGÀY\n\nMột đoạn văn đầy đủ, có hai câu. Đây là câu thứ hai.\n\nThêm một đoạn nữa cho đủ.\n"


def fields(answer):
    """What the form would send as it stands."""
    form = answer.context["form"]
    values = {name: form[name].value() for name in form.fields}
    values["published_at"] = form["published_at"].value() and form["published_at"].value().strftime("%Y-%m-%dT%H:%M")
    return {name: value for name, value in values.items() if value not in (None, False)}


def test_pages_are_listed_with_what_was_understood(read, desk):
    importing = read({"a.txt": page()})
    shown = desk.get(reverse("imports:pages", args=[importing.pk]), {"show": "all"}).content.decode()
    for text in ("Trao tặng nhà tình nghĩa", "10/11/2021", "Ths. Lê Thị Hoa".replace("Ths", "ThS"), "a.txt"):
        assert text.casefold() in shown.casefold()


def test_a_page_without_a_date_is_doubtful_until_an_editor_gives_it_one(read, desk):
    importing = read({"a.txt": NO_DATE, "b.txt": page()})
    assert importing.pages.doubtful().filter(origin="a.txt").exists()
    row = importing.pages.get(origin="a.txt")
    address = reverse("imports:page", args=[importing.pk, row.number])
    values = fields(desk.get(address)) | {"published_at": "2019-05-06T07:08", "title": "Bài đã có ngày"}
    assert desk.post(address, values).status_code == 302
    row.refresh_from_db()
    assert not row.is_doubtful
    act(desk, importing, "run")
    article = ArticlePage.objects.get(title="Bài đã có ngày")
    assert article.published_at.isoformat() == "2019-05-06T00:08:00+00:00"


def test_what_an_editor_leaves_as_it_is_stays_to_the_second(read, desk):
    importing = read({"a.txt": page(date="10/11/2021 2:28:31 CH")})
    address = reverse("imports:page", args=[importing.pk, 1])
    desk.post(address, fields(desk.get(address)))
    act(desk, importing, "run")
    assert ArticlePage.objects.get().published_at.second == 31


def test_byline_and_captions_are_corrected(read, desk):
    importing = read({"cu.zip": archive({"a.html": html("a"), "anh/nha.jpg": picture()})})
    address = reverse("imports:page", args=[importing.pk, 1])
    values = fields(desk.get(address))
    [caption] = [name for name in values if name.startswith("caption-")]
    values |= {caption: "Nhà mới của bà Mến", "author-0-name": "TS. Trần Văn Bình", "author-0-post": ""}
    desk.post(address, values)
    act(desk, importing, "run")
    article = ArticlePage.objects.get()
    assert [(author.name, author.post) for author in article.authors.all()] == [("TS. Trần Văn Bình", "")]
    [shown] = [block.value for block in article.body if block.block_type == "picture"]
    assert shown["caption"] == "Nhà mới của bà Mến"


def test_a_page_that_is_left_out_does_not_come_in(read, desk):
    importing = read({"a.txt": page(), "b.txt": page("BÀI KHÁC HẲN")})
    address = reverse("imports:page", args=[importing.pk, 1])
    desk.post(address, fields(desk.get(address)) | {"skip": "on"})
    act(desk, importing, "run")
    assert [article.title.casefold() for article in ArticlePage.objects.all()] == ["bài khác hẳn"]


def test_saving_leads_to_the_next_doubtful_page(read, desk):
    importing = read({"a.txt": NO_DATE, "b.txt": page(), "c.txt": NO_DATE.replace("KHÔNG", "CHƯA")})
    address = reverse("imports:page", args=[importing.pk, 1])
    values = fields(desk.get(address)) | {"published_at": "2019-05-06T07:08", "next": "yes"}
    importing.pages.filter(origin="b.txt").update(is_doubtful=False)
    assert desk.post(address, values).url == reverse("imports:page", args=[importing.pk, 3])


@pytest.mark.parametrize(("field", "value"), [("title", " – "), ("title", ""), ("published_at", "hôm qua")])
def test_what_makes_no_page_is_refused_by_name(read, desk, field, value):
    importing = read({"a.txt": page()})
    address = reverse("imports:page", args=[importing.pk, 1])
    answer = desk.post(address, fields(desk.get(address)) | {field: value})
    assert list(answer.context["form"].errors) == [field]


def test_a_page_cannot_be_sent_into_a_section_without_rights(read, desk, other_section):
    importing = read({"a.txt": page()})
    address = reverse("imports:page", args=[importing.pk, 1])
    answer = desk.post(address, fields(desk.get(address)) | {"section": other_section.pk})
    assert list(answer.context["form"].errors) == ["section"]


def test_nothing_is_corrected_after_the_import(read, desk):
    importing = act(desk, read({"a.txt": page()}), "run")
    address = reverse("imports:page", args=[importing.pk, 1])
    assert "before the import" in desk.post(address, {"title": "Muộn"}, follow=True).content.decode()
    assert importing.pages.get().corrections == {}


def test_ten_thousand_pages_are_leafed_through(read, desk, django_assert_max_num_queries):
    importing = read({f"{number:03}.txt": page(f"BÀI VIẾT SỐ {number}") for number in range(120)})
    address = reverse("imports:pages", args=[importing.pk])
    with django_assert_max_num_queries(40):
        answer = desk.get(address, {"show": "all", "p": 3})
    assert len(answer.context["pages"]) == 20


def test_a_table_with_unknown_columns_asks_and_is_read_by_the_answer(read, desk):
    table = "Cot A;Cot B;Cot C\nBài trong bảng;04/03/2022;Một câu đầy đủ. Và một câu nữa cho dài.\n"
    importing = read({"bang.csv": table})
    assert importing.state == "columns"
    address = reverse("imports:columns", args=[importing.pk])
    assert "Cot A" in desk.get(address).content.decode()
    assert desk.post(address, {"title": "Cot A"}).context["form"].non_field_errors()
    answer = desk.post(address, {"title": "Cot A", "date": "Cot B", "text": "Cot C"})
    assert answer.status_code == 302
    do_tasks()
    importing = act(desk, importing, "run")
    assert ArticlePage.objects.get().title == "Bài trong bảng"


@pytest.fixture
def checked(read, desk):
    """An import of two pages that has run."""
    files = {"a.html": html("a", "Bài một"), "b.html": html("b", "Bài hai"), "anh/nha.jpg": picture()}
    return act(desk, read({"cu.zip": archive(files)}), "run")


def test_old_and_new_page_stand_side_by_side_and_are_marked_as_checked(checked, desk, publisher):
    first = desk.get(reverse("imports:checking", args=[checked.pk])).url
    shown = desk.get(first).content.decode()
    assert reverse("imports:original", args=[checked.pk, 1]) in shown
    assert f'src="{ArticlePage.objects.get(title="Bài một").url}"' in shown
    assert desk.post(first).url == reverse("imports:check", args=[checked.pk, 2])
    assert checked.pages.get(number=1).checked_by == publisher
    assert desk.get(reverse("imports:checking", args=[checked.pk])).url.endswith("/2/")
    desk.post(first, {"undo": "yes"})
    assert checked.pages.get(number=1).checked_at is None


def test_the_old_page_is_shown_without_scripts_or_links_and_with_its_own_pictures(checked, desk):
    answer = desk.get(reverse("imports:original", args=[checked.pk, 1]))
    shown = answer.content.decode()
    assert "Ngôi nhà rộng 60 mét vuông" in shown
    assert "alert" not in shown
    assert "<script" not in shown
    assert "href" not in shown
    address = reverse("imports:picture", args=[checked.pk, 1])
    assert f'src="{address}?address=anh%2Fnha.jpg"' in shown
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert desk.get(address, {"address": "anh/nha.jpg"}).content == picture()


@pytest.mark.parametrize("address", ["../../../secret_key", "/etc/passwd", "a.html", "https://xau.example/a.jpg", ""])
def test_nothing_but_pictures_of_the_import_is_given_out(checked, desk, address):
    assert desk.get(reverse("imports:picture", args=[checked.pk, 1]), {"address": address}).status_code == 404
