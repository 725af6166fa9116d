from datetime import UTC, datetime

import pytest
from wagtail.models import Collection, CollectionViewRestriction, Page

from cms.core.models import ReadCount
from cms.news.models import ArticlePage, NewsIndexPage
from home.models import StandardPage
from tests.cms.bodies import full_body


def document(page):
    (found,) = type(page).for_search([page.pk])
    return found.search_document()


def labels(document, facet):
    return [(value.value, value.label) for value in document.facets.get(facet, ())]


@pytest.fixture
def nested(section):
    return section.add_child(instance=NewsIndexPage(title="Thi đua", slug="thi-dua"))


def test_an_article_hands_over_all_its_text(make_article, make_image, make_document):
    stored = full_body(make_image().pk, make_document(title="Kế hoạch 444-KH/CTĐ").pk)
    article = make_article(
        summary="Tóm tắt",
        body=stored,
        authors=[("ThS. Phạm Thị Thu Hà", "Giảng viên"), ("Lê A", "")],
        source="Báo Yên Bái",
        tags=["Thi đua"],
    )
    lines = document(article).body.split("\n")
    assert lines[:3] == ["Tóm tắt", "Đoạn một", "mục & mục"]
    assert "Kế hoạch 444-KH/CTĐ" in lines
    assert lines[-4:] == ["ThS. Phạm Thị Thu Hà, Giảng viên", "Lê A", "Báo Yên Bái", "Thi đua"]


def test_the_body_of_an_article_just_made_in_memory_is_found_too(make_article):
    article = make_article(body=[("text", "<p>Chưa đọc lại</p>")])
    assert article.search_document().body == "Chưa đọc lại"


def test_its_facets_are_type_sections_year_and_tags(nested, section, make_article):
    article = make_article(
        parent=nested, tags=["Thi đua", "Đào tạo"], published_at=datetime(2023, 12, 31, 17, tzinfo=UTC)
    )
    made = document(article)
    assert [value.value for value in made.facets["type"]] == ["article"]
    assert labels(made, "section") == [(str(section.pk), "Tin tức"), (str(nested.pk), "Thi đua")]
    assert labels(made, "year") == [("2024", "2024")]  # midnight in Vietnam
    assert sorted(label for _value, label in labels(made, "tag")) == ["Thi đua", "Đào tạo"]


def test_its_card_shows_address_summary_section_and_picture(nested, make_article, make_image):
    article = make_article(parent=nested, slug="bai", summary="Tóm tắt", cover=make_image(description="Cổng trường"))
    card = document(article).card
    assert card.url == "/tin-tuc/thi-dua/bai/"
    assert card.summary == "Tóm tắt"
    assert card.section == {"id": nested.pk, "title": "Thi đua", "url": "/tin-tuc/thi-dua/"}
    assert card.thumbnail["url"].endswith(".webp")
    assert {**card.thumbnail, "url": ""} == {"url": "", "width": 320, "height": 213, "alt": "Cổng trường"}


def test_place_language_date_and_reads_come_along(make_article):
    article = make_article(published_at=datetime(2023, 11, 10, 7, 28, tzinfo=UTC))
    ReadCount.objects.set_imported(article.pk, 3073)
    made = document(article)
    assert (made.path, made.language, made.reads) == (article.path, "vi", 3073)
    assert made.date == datetime(2023, 11, 10, 7, 28, tzinfo=UTC)


def test_a_section_and_a_standing_page_are_found_by_their_own_text(home, section):
    section.summary, section.intro = "Gọn", "<p>Lời dẫn</p><p>hai</p>"
    section.save()
    page = home.add_child(instance=StandardPage(title="Giới thiệu", body=[("text", "<p>Lịch sử</p>")]))
    made = document(section)
    assert (made.type, made.body, made.date) == ("section", "Gọn\nLời dẫn\nhai", None)
    assert "section" not in made.facets
    assert (document(page).type, document(page).body) == ("page", "Lịch sử")


def test_a_page_outside_every_site_has_no_document(section, make_article):
    article = make_article()
    outside = Page.objects.get(depth=1).add_child(instance=Page(title="Ngoài", slug="ngoai"))
    article.move(outside, pos="last-child")
    assert document(ArticlePage.objects.get(pk=article.pk)) is None


def test_drafts_are_left_out(make_article):
    article = make_article(live=False)
    assert ArticlePage.for_search([article.pk]) == []


def test_a_picture_whose_file_is_missing_or_damaged_is_left_out(make_article, make_image):
    missing, damaged = make_image(), make_image()
    missing.file.storage.delete(missing.file.name)
    with damaged.file.storage.open(damaged.file.name, "wb") as file:
        file.write(b"not a picture")
    assert document(make_article(cover=missing)).card.thumbnail is None
    assert document(make_article(cover=damaged)).card.thumbnail is None


@pytest.mark.parametrize("restrict_the_parent", [True, False])
def test_a_picture_in_a_private_collection_is_left_out(make_article, make_image, restrict_the_parent):
    parent = Collection.get_first_root_node().add_child(name="Nội bộ")
    collection = parent.add_child(name="Ảnh nội bộ")
    CollectionViewRestriction.objects.create(
        collection=parent if restrict_the_parent else collection, restriction_type="login"
    )
    article = make_article(cover=make_image(collection=collection))
    assert document(article).card.thumbnail is None


def test_many_documents_cost_as_many_queries_as_few(nested, make_article, make_image, make_document, count_queries):
    image, file = make_image(), make_document()
    for number in range(12):
        article = make_article(
            parent=nested,
            cover=make_image(),
            body=full_body(image.pk, file.pk),
            tags=[f"thẻ {number}"],
            authors=[("A", "B"), ("C", "D")],
        )
        ReadCount.objects.set_imported(article.pk, number)
    ids = list(ArticlePage.objects.values_list("pk", flat=True))

    def cost(count):
        return count_queries(lambda: [page.search_document() for page in ArticlePage.for_search(ids[:count])])

    cost(12)  # the thumbnails are made once
    assert cost(3) == cost(12)
