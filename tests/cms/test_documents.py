"""The register of official documents, and links to it from every text that cites a number."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile

from cms.documents.kinds import DocumentKind
from cms.documents.linking import link_numbers
from cms.documents.models import OfficialDocumentPage
from search.vietnamese.document_numbers import KINDS
from tests.cms.bodies import HOSTILE


def document(page):
    (found,) = type(page).for_search([page.pk])
    return found.search_document()


def test_every_kind_that_a_number_can_say_has_a_name():
    assert set(KINDS.values()) <= set(DocumentKind.values)


@pytest.mark.parametrize(
    ("number", "key", "serial", "issuer", "kind"),
    [
        ("Số: 444 – KH/CTĐ", "444-KH/CTĐ", 444, "CTĐ", "ke-hoach"),
        ("15/2023/NĐ-CP", "15/2023/NĐ-CP", 15, "CP", "nghi-dinh"),
        ("34/2024/QH15", "34/2024/QH15", 34, "QH15", "luat"),
        ("không số", "", None, "", "khac"),
        ("", "", None, "", "khac"),
    ],
)
def test_a_number_is_taken_apart_and_says_the_kind(make_official_document, number, key, serial, issuer, kind):
    page = make_official_document(number)
    assert (page.number_key, page.serial, page.issuer_code, page.kind) == (key, serial, issuer, kind)
    page.number = "11-QĐ/TW"
    page.save_revision().publish()
    page.refresh_from_db()
    assert page.number_key == "11-QĐ/TW"


def test_the_kind_that_an_editor_chose_stays(make_official_document):
    assert make_official_document("11-QĐ/TW", kind=DocumentKind.REGULATION).kind == "quy-dinh"


def test_a_document_shows_all_that_the_register_knows(client, make_official_document, make_person, make_document):
    make_official_document(
        slug="ke-hoach", summary="Kiểm tra thi đua theo 11-QĐ/TW", issuer="Cụm Thi đua", signer_name="Lê Văn An",
        signer=make_person("Lê Văn An", slug="an"), issued_on=date(2023, 10, 25), effective_on=date(2023, 11, 1),
        files=[make_document(title="Bản chính")],
    )  # fmt: skip
    make_official_document("11-QĐ/TW", slug="quy-dinh-11")
    shown = client.get("/van-ban/ke-hoach/").content.decode()
    for part in (
        "444-KH/CTĐ", "Kế hoạch", "Cụm Thi đua", '<a href="/can-bo/an/">Lê Văn An</a>', "25/10/2023", "01/11/2023",
        "Bản chính", "?cited=444-KH%2FCT%C4%90", '<a href="/van-ban/quy-dinh-11/">11-QĐ/TW</a>',
    ):  # fmt: skip
        assert part in shown


def test_the_register_lists_the_newest_first_and_by_kind(client, make_official_document):
    make_official_document("1-KH/CTĐ", issued_on=date(2021, 1, 1))
    make_official_document("2-QĐ/CTĐ", issued_on=date(2023, 1, 1))
    make_official_document("3-KH/CTĐ")
    make_official_document("4-KH/CTĐ", live=False)
    shown = client.get("/van-ban/").content.decode()
    places = [shown.index(f">{number}</a>") for number in ("2-QĐ/CTĐ", "1-KH/CTĐ", "3-KH/CTĐ")]
    assert places == sorted(places)
    assert "4-KH/CTĐ" not in shown
    plans = client.get("/van-ban/?kind=ke-hoach").content.decode()
    assert ">1-KH/CTĐ</a>" in plans
    assert ">2-QĐ/CTĐ</a>" not in plans
    assert client.get("/van-ban/?kind=khong-co&page=99").status_code == 200


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("number=452", {"452-KH/CTĐ", "452/QĐ-UBND"}),
        ("number=số 452 – kh/ctđ", {"452-KH/CTĐ"}),
        ("number=UBND", {"452/QĐ-UBND"}),
        ("number=999", set()),
        ("number=%00", {"452-KH/CTĐ", "452/QĐ-UBND", "7-KH/CTĐ"}),
        ("year=2023", {"452-KH/CTĐ"}),
        ("year=2023&kind=quyet-dinh", set()),
        ("year=1066&kind=x", {"452-KH/CTĐ", "452/QĐ-UBND", "7-KH/CTĐ"}),
        ("year=²023", {"452-KH/CTĐ", "452/QĐ-UBND", "7-KH/CTĐ"}),
    ],
)
def test_the_register_is_narrowed_by_number_year_and_kind(client, make_official_document, asked, found):
    make_official_document("452-KH/CTĐ", issued_on=date(2023, 10, 23))
    make_official_document("452/QĐ-UBND", issued_on=date(2021, 1, 1))
    make_official_document("7-KH/CTĐ")
    shown = client.get(f"/van-ban/?{asked}").context
    assert {document.number for document in shown["documents"]} == found
    assert shown["years"] == [2023, 2021]


def test_an_article_lists_the_documents_that_it_cites(client, make_article, make_official_document):
    make_official_document("444-KH/CTĐ", summary="Về việc tổng kết")
    make_article(slug="bai", body=[("text", "<p>Theo Kế hoạch số 444-KH/CTĐ và 11-QĐ/TW</p>")])
    shown = client.get("/tin-tuc/bai/")
    assert [document.number for document in shown.context["cited"]] == ["444-KH/CTĐ"]
    assert "Về việc tổng kết" in shown.text
    assert shown.text.count('href="/van-ban/van-ban-444-khctd/"') == 2  # in the text and in the list


def test_a_pdf_can_be_read_on_the_page_and_loads_when_asked_for(client, make_official_document, make_document):
    pdf, text = make_document(title="Bản scan", file=ContentFile(b"%PDF-1.4", "scan.pdf")), make_document()
    make_official_document(slug="kh", files=[pdf, text])
    frames = BeautifulSoup(client.get("/van-ban/kh/").content, "html.parser").select("details iframe")
    assert [(frame["src"], frame["loading"], frame["title"]) for frame in frames] == [(pdf.url, "lazy", "Bản scan")]


def test_a_register_of_many_costs_as_many_queries_as_of_few(client, make_official_document, count_queries):
    def cost():
        client.get("/van-ban/")
        return count_queries(lambda: client.get("/van-ban/"))

    make_official_document("1-KH/CTĐ")
    few = cost()
    for number in range(2, 20):
        make_official_document(f"{number}-KH/CTĐ")
    assert cost() == few


def test_its_search_document_has_kind_day_and_number_and_cites_not_itself(make_official_document):
    page = make_official_document(
        summary="Thực hiện 444-KH/CTĐ và 11-QĐ/TW", issuer="Cụm Thi đua", issued_on=date(2023, 10, 25)
    )
    made = document(page)
    assert made.type == "document"
    assert [(value.value, value.label) for value in made.facets["document_kind"]] == [("ke-hoach", "Kế hoạch")]
    assert [value.value for value in made.facets["cited"]] == ["11-QĐ/TW"]
    assert [value.value for value in made.facets["year"]] == ["2023"]
    assert made.body.split("\n")[0] == "444-KH/CTĐ"


def test_what_an_article_cites_is_a_facet_whether_or_not_the_register_has_it(make_article):
    made = document(make_article(body=[("text", "<p>Kế hoạch số 444–KH/CTĐ; 444/KH-CTĐ; ngày 25/10/2023</p>")]))
    assert [(value.value, value.label) for value in made.facets["cited"]] == [("444-KH/CTĐ", "444/KH-CTĐ")]


def test_a_number_in_an_article_leads_to_the_register_once_the_document_is_there(
    client, make_article, make_official_document
):
    make_article(slug="bai", body=[("text", "<p>Theo Kế hoạch số 444-KH/CTĐ &amp; 9-QĐ/TW</p>")])
    assert "444-KH/CTĐ</a>" not in client.get("/tin-tuc/bai/").content.decode()
    page = make_official_document("444/KH-CTĐ", slug="ke-hoach")
    shown = client.get("/tin-tuc/bai/").content.decode()
    assert '<a href="/van-ban/ke-hoach/">444-KH/CTĐ</a> &amp; 9-QĐ/TW' in shown
    page.unpublish()
    assert "444-KH/CTĐ</a>" not in client.get("/tin-tuc/bai/").content.decode()


def test_links_are_put_into_text_alone(make_official_document):
    make_official_document(slug="kh")
    link = '<a href="/van-ban/kh/">444-KH/CTĐ</a>'
    assert link_numbers('<p title="444-KH/CTĐ">444-KH/CTĐ<br>x</p>') == f'<p title="444-KH/CTĐ">{link}<br>x</p>'
    inside = '<p><a href="/x/">theo <b>444-KH/CTĐ</b></a> và 444-KH/CTĐ</p>'
    assert link_numbers(inside) == f'<p><a href="/x/">theo <b>444-KH/CTĐ</b></a> và {link}</p>'
    assert link_numbers("<p>444-KH/CTĐ</p>", OfficialDocumentPage.objects.get().pk) == "<p>444-KH/CTĐ</p>"
    assert link_numbers("<p>&lt;b&gt; 444-KH/CTĐ</p>") == f"<p>&lt;b&gt; {link}</p>"


def test_what_was_escaped_stays_escaped(client, make_article, make_official_document):
    make_official_document(slug="kh")
    make_article(slug="bai", body=[("quote", {"text": f"{HOSTILE} 444-KH/CTĐ", "who": HOSTILE})])
    shown = client.get("/tin-tuc/bai/").content.decode()
    assert HOSTILE not in shown
    assert '<a href="/van-ban/kh/">444-KH/CTĐ</a>' in shown


def test_a_text_without_numbers_costs_no_query(count_queries):
    assert count_queries(lambda: link_numbers("<p>ngày 25/10/2023</p>")) == 0


def test_documents_with_files_cost_as_many_queries_as_few(make_official_document, make_document, count_queries):
    ids = [make_official_document(f"{n}-KH/CTĐ", files=[make_document(), make_document()]).pk for n in range(1, 8)]

    def cost(count):
        return count_queries(lambda: [page.search_document() for page in OfficialDocumentPage.for_search(ids[:count])])

    cost(7)
    assert cost(2) == cost(7)
