"""Related pages: more like this one."""

from collections.abc import Callable

import pytest
from django.test import Client

from cms.news.models import ArticlePage
from search import lexicon
from search.service import related
from search.understanding.likeness import characteristic_pairs
from search.understanding.vocabulary import EMPTY, count_words

MakeArticle = Callable[..., ArticlePage]


@pytest.fixture
def articles(make_article: MakeArticle, drain: Callable[[], object]) -> list[ArticlePage]:
    titles = [
        "Hội thi giảng viên dạy giỏi cấp tỉnh",
        "Giảng viên dạy giỏi chia sẻ kinh nghiệm",
        "Trồng cây đầu xuân",
        "Khen thưởng giảng viên dạy giỏi",
    ]
    made = [make_article(title=title) for title in titles]
    drain()
    return made


def test_articles_with_the_same_subject_are_related_and_the_page_itself_is_not(articles: list[ArticlePage]) -> None:
    found = related(articles[0].pk, articles[0].title, "article")
    assert {hit.id for hit in found} == {articles[1].pk, articles[3].pk}


def test_an_unpublished_article_is_not_related_even_before_the_index_knows(articles: list[ArticlePage]) -> None:
    articles[1].unpublish()
    assert [hit.id for hit in related(articles[0].pk, articles[0].title, "article")] == [articles[3].pk]


def test_a_text_without_two_words_has_nothing_related(articles: list[ArticlePage]) -> None:
    assert related(articles[0].pk, "tin", "article") == ()


def test_an_article_page_links_its_related_articles(articles: list[ArticlePage], client: Client) -> None:
    content = client.get(articles[0].url).content.decode()
    assert f'href="{articles[1].url}"' in content
    assert f'href="{articles[2].url}"' not in content


def test_rare_pairs_come_first_and_those_of_this_text_alone_not_at_all() -> None:
    texts = ["nhà trường tổ chức hội nghị"] * 50 + ["nhà trường tổ chức gieo cấy"] * 2
    text = "nhà trường tổ chức gieo cấy, câu cá"
    assert characteristic_pairs(text, count_words([*texts, text]))[:2] == ["chuc_gieo", "gieo_cay"]
    assert "cau_ca" not in characteristic_pairs(text, count_words([*texts, text]))
    assert "cau_ca" in characteristic_pairs(text, EMPTY)


def test_the_vocabulary_weighs_what_is_characteristic(articles: list[ArticlePage]) -> None:
    lexicon.make()
    lexicon.refresh()
    assert related(articles[0].pk, articles[0].title, "article")
