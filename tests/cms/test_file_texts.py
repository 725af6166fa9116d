"""What is in attached files: taken out within limits, found, named by file and page, and never leaked."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from wagtail.models import Collection, CollectionViewRestriction

from cms.core.extraction.pending import pending, read_pending
from cms.core.extraction.process import Unreadable, read
from cms.core.models import Document, FileText
from home.demo.papers import docx, pdf
from search.highlighting import Terms, highlight_page

PAGES = [["Điều 1. Phạm vi áp dụng"], ["Điều 2. Học viên nộp hồ sơ nhập học"], ["Điều 3. Hiệu lực"]]


def document(page):
    (found,) = type(page).for_search([page.pk])
    return found.search_document()


@pytest.fixture
def make_pdf(make_document):
    def make(name="quy-che.pdf", pages=PAGES, **fields):
        return make_document(file=ContentFile(pdf("Quy chế", pages), name), **({"title": "Quy chế đào tạo"} | fields))

    return make


def test_a_pdfs_text_comes_page_by_page():
    text = read(BytesIO(pdf("Quy chế", PAGES)), "pdf")
    assert text.is_paged
    assert [page.splitlines()[-1] for page in text.pages] == [page[0] for page in PAGES]


def test_a_word_files_text_comes_whole_with_its_tables():
    text = read(BytesIO(docx("Kế hoạch", ["Đoạn một", "Đoạn hai"])), "docx")
    assert not text.is_paged
    assert text.pages == ("Kế hoạch\nĐoạn một\nĐoạn hai",)


def scanned():
    """A PDF whose page is a picture."""
    from fpdf import FPDF
    from PIL import Image

    picture = BytesIO()
    Image.new("RGB", (200, 200), "white").save(picture, "PNG")
    paper = FPDF()
    paper.add_page()
    paper.image(picture, w=100)
    return bytes(paper.output())


def bomb():
    """A Word file of some kilobytes that would unpack to three hundred megabytes."""
    made = BytesIO(docx("Bom", ["x"]))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/zero.bin", b"\0" * 300 * 1024**2)
    return made.getvalue()


def with_external_entity(tmp_path):
    """A Word file that asks for a file of the server's to be put into its text."""
    secret = tmp_path / "secret.txt"
    secret.write_text("mat-khau-cua-may-chu")
    source, made = zipfile.ZipFile(BytesIO(docx("XXE", ["Đoạn"]))), BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "word/document.xml":
                head = f'<!DOCTYPE x [<!ENTITY secret SYSTEM "{secret.as_uri()}">]>'.encode()
                data = data.replace(b"<w:document", head + b"<w:document", 1).replace("Đoạn".encode(), b"Doan &secret;")
            archive.writestr(entry.filename, data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "kind", "reason"),
    [
        (b"%PDF-1.4 and no more", "pdf", "không đúng"),
        (b"", "pdf", "không đúng"),
        (b"PK\x03\x04 and no more", "docx", "không đúng"),
        (pdf("Tên", PAGES), "docx", "không đúng"),
    ],
)
def test_what_is_no_such_file_says_so(data, kind, reason):
    with pytest.raises(Unreadable, match=reason):
        read(BytesIO(data), kind)


def test_a_bomb_is_refused_by_its_size_and_by_the_limits():
    with pytest.raises(Unreadable, match="bộ nhớ"):
        read(BytesIO(bomb()), "docx")
    with pytest.raises(Unreadable, match="bộ nhớ"):
        read(BytesIO(pdf("Tên", PAGES)), "pdf", megabytes=20)


def test_what_takes_too_long_is_ended():
    with pytest.raises(Unreadable, match="giây"):
        read(BytesIO(pdf("Tên", PAGES)), "pdf", seconds=0.01)


def test_an_external_entity_is_not_followed(tmp_path):
    try:
        text = read(BytesIO(with_external_entity(tmp_path)), "docx")
    except Unreadable:
        return
    assert "mat-khau" not in "".join(text.pages)


def test_new_and_replaced_files_are_read_once(make_pdf, make_document):
    make_document()  # of no kind that has readable text
    file = make_pdf()
    assert [made.document_id for made in read_pending()] == [file.pk]
    assert list(read_pending()) == []
    file.file = ContentFile(pdf("Mới", [["Trang mới"]]), "moi.pdf")
    file.save()
    assert list(pending()) == [file]
    assert [made.pages for made in read_pending()] == [["Mới\nTrang mới"]]


def test_a_scanned_pdf_is_noted_as_having_no_text_and_a_damaged_one_with_its_reason(make_document):
    empty = make_document(file=ContentFile(scanned(), "quet.pdf"))
    damaged = make_document(file=ContentFile(b"%PDF-1.7 hong", "hong.pdf"))
    missing = make_document(file=ContentFile(scanned(), "mat.pdf"))
    missing.file.storage.delete(missing.file.name)
    states = {made.document_id: made for made in read_pending()}
    assert states[empty.pk].state == FileText.State.EMPTY
    assert states[damaged.pk].state == states[missing.pk].state == FileText.State.FAILED
    assert states[damaged.pk].problem


def test_editors_see_which_files_have_no_text_and_why(make_document, admin_client, client):
    make_document(title="Bản quét", file=ContentFile(scanned(), "quet.pdf"))
    list(read_pending())
    shown = admin_client.get("/admin/reports/files/").content.decode()
    assert "Bản quét" in shown
    assert "không có chữ" in shown
    assert client.get("/admin/reports/files/").status_code == 302


def attached(file):
    return [{"type": "files", "value": {"title": "", "files": [file.pk]}}]


def test_the_text_of_a_file_stands_in_the_document_of_every_page_that_offers_it(make_article, make_pdf):
    file = make_pdf()
    article = make_article(summary="Tóm tắt", body=attached(file))
    assert document(article).attachments == ()
    list(read_pending())
    made = document(article)
    assert made.body.startswith("Tóm tắt\nQuy chế đào tạo\n")
    [attachment] = made.attachments
    assert (attachment.title, attachment.url, attachment.paged) == ("Quy chế đào tạo", file.url, True)
    starts = [made.body[start:].splitlines()[0] for start in attachment.starts]
    assert starts == ["Quy chế", "Điều 2. Học viên nộp hồ sơ nhập học", "Điều 3. Hiệu lực"]


def test_a_file_that_a_text_links_to_is_attached_too(make_article, make_school, make_pdf):
    file = make_pdf()
    html = f'<p>Xem <a id="{file.pk}" linktype="document">tại đây</a> và <a id="9" linktype="page">đó</a>.</p>'
    pages = [make_article(body=[("text", html)]), make_school("Trường A", about=html)]
    list(read_pending())
    for page in pages:
        made = document(page)
        assert [attachment.title for attachment in made.attachments] == ["Quy chế đào tạo"]
        assert "Điều 2" in made.body


def test_a_hit_names_the_file_and_the_page(make_article, make_pdf):
    article = make_article(summary="Tóm tắt", body=attached(file := make_pdf()))
    list(read_pending())
    made = document(article)
    shown = highlight_page(made.title, made.body, Terms.of("ho so nhap hoc"), made.attachments)
    assert shown["body"] == ["Tóm tắt\nQuy chế đào tạo"]
    [passage] = shown["files"]
    assert (passage["title"], passage["url"], passage["page"]) == ("Quy chế đào tạo", file.url, 2)
    assert "<mark>hồ sơ nhập học</mark>" in passage["text"]


def test_of_a_replaced_file_the_old_text_is_never_found(make_article, make_pdf):
    article = make_article(body=attached(file := make_pdf()))
    list(read_pending())
    file.file = ContentFile(pdf("Mới", [["Khác hẳn"]]), "moi.pdf")
    file.save()
    assert "Điều 2" not in document(article).body


@pytest.mark.parametrize("by_collection", [True, False])
def test_a_private_file_is_not_found_through_a_public_page(make_official_document, make_pdf, by_collection):
    file = make_pdf(title="Tên tệp mật")
    page = make_official_document(files=[file])
    list(read_pending())
    assert "Điều 2" in document(page).body
    root = Collection.get_first_root_node()
    private = root.add_child(name="Nội bộ")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    file.collection = private if by_collection else private.add_child(name="Dưới nội bộ")
    file.save()
    made = document(page)
    assert "Điều 2" not in made.body
    assert "Tên tệp mật" not in made.body
    assert made.attachments == ()


def test_a_private_file_is_not_offered_on_the_page(client, make_official_document, make_pdf):
    private = Collection.get_first_root_node().add_child(name="Nội bộ")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    make_official_document(
        title="Công khai", files=[make_pdf(title="Tệp mở"), make_pdf(title="Tệp kín", collection=private)]
    )
    shown = client.get("/van-ban/cong-khai/").content.decode()
    assert "Tệp mở" in shown
    assert "Tệp kín" not in shown


def test_a_private_file_in_a_text_is_not_even_named(client, make_article, make_pdf):
    private = Collection.get_first_root_node().add_child(name="Nội bộ")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    below = private.add_child(name="Dưới nội bộ")
    body = [*attached(make_pdf(title="Tệp mở")), *attached(make_pdf(title="Tệp kín", collection=below))]
    make_article(slug="bai", body=body)
    shown = client.get("/tin-tuc/bai/").content.decode()
    assert "Tệp mở" in shown
    assert "Tệp kín" not in shown
    assert shown.count('class="files"') == 1


def test_a_long_files_text_is_cut_at_the_limit(make_article, make_document, monkeypatch):
    monkeypatch.setattr("cms.core.attachments.MAX_CHARACTERS", 30)
    file = make_document(file=ContentFile(pdf("Tên", [["chữ " * 20]] * 2), "dai.pdf"))
    article = make_article(body=attached(file))
    list(read_pending())
    made = document(article)
    assert len(made.body[made.attachments[0].starts[0] :]) <= 30 + 1
    assert Document.objects.get(pk=file.pk).text.state == FileText.State.READ


def test_many_pages_with_files_cost_as_many_queries_as_few(make_article, make_pdf, count_queries):
    from cms.news.models import ArticlePage

    ids = [make_article(body=attached(make_pdf(name=f"{n}.pdf", pages=[[str(n)]]))).pk for n in range(6)]
    list(read_pending())

    def cost(count):
        return count_queries(lambda: [page.search_document() for page in ArticlePage.for_search(ids[:count])])

    cost(6)  # what is looked up once
    assert cost(2) == cost(6)
