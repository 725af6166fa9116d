"""An official document is entered: its number in any spelling, once, with files that are found or not."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from cms.core.extraction.pending import read_pending
from cms.documents.models import DocumentIndexPage, OfficialDocumentPage
from cms.schools.models import SchoolGroup
from home.demo.papers import pdf
from tests.cms.test_file_texts import scanned
from tests.cms.test_schools import member_of

Role = SchoolGroup.Role


@pytest.mark.parametrize(
    ("typed", "kept", "key"),
    [
        ("số: 123/ QĐ - TCT", "123/QĐ-TCT", "123-QĐ/TCT"),
        ("Số  123 – QĐ/TCT", "123-QĐ/TCT", "123-QĐ/TCT"),
        ("123/qđ-tct", "123/QĐ-TCT", "123-QĐ/TCT"),
        ("05-CTr/TU", "05-CTr/TU", "5-CTr/TU"),
        ("15/2023/ nđ-cp", "15/2023/NĐ-CP", "15/2023/NĐ-CP"),
        ("Thông báo tuyển sinh", "Thông báo tuyển sinh", ""),
    ],
)
def test_a_number_is_kept_tidy_however_it_is_typed(make_official_document, typed, kept, key):
    page = make_official_document(typed)
    assert (page.number, page.number_key) == (kept, key)


@pytest.fixture
def ask(admin_client):
    """What the form is told about a number."""

    def do(client=admin_client, **typed):
        return client.get(reverse("document_number"), typed).json()

    return do


def test_a_number_says_its_kind_and_who_issued_others_of_its_abbreviation(ask, make_official_document):
    make_official_document("11/QĐ-TCT", issuer="Trường Chính trị tỉnh Vân Sơn")
    found = ask(number="Số: 123/ QĐ - TCT")
    assert found == {
        "number": "123/QĐ-TCT", "kind": "quyet-dinh", "issuer": "Trường Chính trị tỉnh Vân Sơn", "warning": "",
    }  # fmt: skip
    assert ask(number="7-KH/XYZ")["issuer"] == ""
    assert ask(number="7-KH/TCT", issuer="Phòng Đào tạo")["issuer"] == "Phòng Đào tạo"


@pytest.mark.parametrize(
    "typed", [{}, {"number": "không số"}, {"number": "9" * 200}, {"number": "1-KH/TU", "year": "x"}]
)
def test_what_says_nothing_gets_no_answer(ask, typed):
    assert ask(**typed) == {}


@pytest.mark.parametrize(
    ("issuer", "year", "is_double"),
    [
        ("Cụm Thi đua", "2023", True),
        ("cum thi dua", "", True),
        ("", "2023", True),
        ("Sở Nội vụ", "2023", False),
        ("Cụm Thi đua", "2024", False),
    ],
)
def test_the_same_number_issuer_and_year_may_be_the_same_paper(ask, make_official_document, issuer, year, is_double):
    page = make_official_document(title="Kế hoạch <444>", issuer="Cụm Thi đua", issued_on=date(2023, 10, 25))
    warning = ask(number="444/kh-ctđ", issuer=issuer, year=year)["warning"]
    assert bool(warning) == is_double
    assert "<444>" not in warning
    assert (reverse("wagtailadmin_pages:edit", args=[page.pk]) in warning) == is_double
    assert not ask(number="444/KH-CTĐ", issuer=issuer, year=year, page=page.pk)["warning"]


@pytest.fixture
def register_of(make_school):
    """A school's register of documents."""

    def make(name):
        return make_school(name).add_child(instance=DocumentIndexPage(title="Văn bản", slug="van-ban"))

    return make


def test_nobody_hears_of_documents_that_are_not_theirs_to_see(ask, client, register_of):
    ours, theirs = register_of("Trường A"), register_of("Trường B")
    draft = OfficialDocumentPage(title="Chưa công bố", number="9-QĐ/TCT", issuer="Bí mật", live=False)
    private = OfficialDocumentPage(title="Nội bộ", number="9-QĐ/TCT", issuer="Bí mật")
    for page in (draft, private):
        theirs.add_child(instance=page)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    client.force_login(member_of(ours.get_parent().specific, Role.EDITOR))
    assert ask(client, number="9-QĐ/TCT") == {"number": "9-QĐ/TCT", "kind": "quyet-dinh", "issuer": "", "warning": ""}
    client.force_login(member_of(theirs.get_parent().specific, Role.EDITOR))
    found = ask(client, number="9-QĐ/TCT")
    assert found["issuer"] == "Bí mật"
    assert "Chưa công bố" in found["warning"]


def test_what_others_published_is_named_with_the_address_for_readers(ask, client, register_of):
    ours, theirs = register_of("Trường A"), register_of("Trường B")
    page = theirs.add_child(instance=OfficialDocumentPage(title="Quyết định", number="9-QĐ/TCT"))
    client.force_login(member_of(ours.get_parent().specific, Role.EDITOR))
    warning = ask(client, number="9-QĐ/TCT")["warning"]
    assert f'href="{page.url}"' in warning
    assert "/edit/" not in warning


def test_readers_cannot_ask(client):
    assert "/login/" in client.get(reverse("document_number"), {"number": "9-QĐ/TCT"}).url


def form(**fields):
    values = {
        "title": "Kế hoạch kiểm tra",
        "slug": "kiem-tra",
        "number": "Số: 444/KH - CTĐ",
        "files": inline_formset([]),
    }
    return nested_form_data(values | fields)


def test_a_second_entry_is_saved_with_a_warning(admin_client, make_official_document):
    there = make_official_document(title="Kế hoạch đã có", issuer="Cụm Thi đua")
    address = reverse("wagtailadmin_pages:add", args=["documents", "officialdocumentpage", there.get_parent().pk])
    shown = admin_client.post(address, form(issuer="Cụm Thi đua"), follow=True).content.decode()
    made = OfficialDocumentPage.objects.get(slug="kiem-tra")
    assert (made.number, made.kind) == ("444/KH-CTĐ", "ke-hoach")
    assert "Có thể văn bản này đã có" in shown
    assert "Kế hoạch đã có" in shown

    edit = reverse("wagtailadmin_pages:edit", args=[made.pk])
    shown = admin_client.post(edit, form(issuer="Sở Nội vụ"), follow=True).content.decode()
    assert "Có thể văn bản này đã có" not in shown


def test_the_form_asks_about_its_own_page(admin_client, make_official_document):
    page = make_official_document()
    shown = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert f'data-number-address="{reverse("document_number")}"' in shown
    assert f'data-page="{page.pk}"' in shown
    assert "js/document-number" in shown


def test_scans_and_other_files_that_are_not_found_are_named_on_the_page_and_on_the_file(
    admin_client, make_official_document, make_document
):
    scan = make_document(title="Bản có dấu", file=ContentFile(scanned(), "quet.pdf"))
    text = make_document(title="Bản đánh máy", file=ContentFile(pdf("Kế hoạch", [["Điều 1. Phạm vi"]]), "chu.pdf"))
    broken = make_document(title="Bản hỏng", file=ContentFile(b"%PDF-1.4 hong", "hong.pdf"))
    picture = make_document(title="Ảnh chụp", file=ContentFile(b"x", "chup.jpg"))
    page = make_official_document(files=[scan, text, broken, picture])

    def shown(name, pk):
        return " ".join(admin_client.get(reverse(name, args=[pk])).content.decode().split())

    on_page = shown("wagtailadmin_pages:edit", page.pk)
    assert "<strong>Bản đánh máy</strong>: Nội dung tệp đang được đọc" in on_page
    list(read_pending())
    on_page = shown("wagtailadmin_pages:edit", page.pk)
    assert "<strong>Bản có dấu</strong>: Bản quét, không tìm được nội dung" in on_page
    assert "<strong>Bản hỏng</strong>: Không đọc được nội dung tệp" in on_page
    assert "<strong>Ảnh chụp</strong>: Không tìm được nội dung của loại tệp này" in on_page
    assert "<strong>Bản đánh máy</strong>" not in on_page
    assert "Bản quét, không tìm được nội dung" in shown("wagtaildocs:edit", scan.pk)
    assert "không tìm được" not in shown("wagtaildocs:edit", text.pk)


def test_a_page_whose_files_are_all_found_says_nothing(admin_client, make_official_document):
    shown = admin_client.get(reverse("wagtailadmin_pages:edit", args=[make_official_document().pk])).content.decode()
    assert "Những tệp không tìm được nội dung" not in shown
