"""Merging tags, and everything that bears them following."""

import pytest
from taggit.models import Tag

from cms.core.tags import merge
from cms.news.models import ArticlePage
from search.models import OutboxEntry


@pytest.fixture
def tags(db):
    return [
        Tag.objects.create(name=name, slug=slug) for name, slug in (("Thi đua", "moi"), ("thi-dua", "cu"), ("TĐ", "td"))
    ]


def names(article):
    return sorted(ArticlePage.objects.get(pk=article.pk).tags.values_list("name", flat=True))


def test_what_bore_one_of_them_bears_the_one_that_stays_once(make_article, make_image, tags):
    first, second = make_article(tags=["thi-dua"]), make_article(tags=["Thi đua", "thi-dua", "TĐ", "Khác"])
    image = make_image()
    image.tags.add("TĐ")
    assert merge(tags, into=tags[0]) == 2
    assert names(first) == ["Thi đua"]
    assert names(second) == ["Khác", "Thi đua"]
    assert list(image.tags.values_list("name", flat=True)) == ["Thi đua"]
    assert set(Tag.objects.values_list("name", flat=True)) == {"Thi đua", "Khác"}


def test_drafts_keep_the_tag_too(make_article, tags):
    article = make_article()
    article.tags.add("thi-dua", "Thi đua")
    article.save_revision()
    merge(tags[1:2], into=tags[0])
    ArticlePage.objects.get(pk=article.pk).get_latest_revision().publish()
    assert names(article) == ["Thi đua"]


def test_the_index_follows_and_goes_on_following_the_tag_that_stays(make_article, tags):
    article = make_article(tags=["thi-dua"])
    article.save_revision().publish()
    for change in (lambda: merge(tags[1:], into=tags[0]), lambda: rename(tags[0])):
        before = OutboxEntry.objects.get(pk=article.pk).version
        change()
        assert OutboxEntry.objects.get(pk=article.pk).version > before


def rename(tag):
    tag.name = "Thi đua, khen thưởng"
    tag.save()


def test_editors_merge_the_tags_they_choose(admin_client, make_article, tags):
    article = make_article(tags=["thi-dua"])
    listed = admin_client.get("/admin/snippets/taggit/tag/").content.decode()
    assert "thi-dua" in listed
    address = f"/admin/bulk/taggit/tag/merge/?id={tags[0].pk}&id={tags[1].pk}&next=/admin/"
    assert "TĐ" not in admin_client.get(address).content.decode()
    response = admin_client.post(address, {"into": tags[0].pk})
    assert response.status_code == 302
    assert names(article) == ["Thi đua"]
    assert not Tag.objects.filter(slug="cu").exists()


def test_only_those_who_may_delete_tags_merge_them(client, django_user_model, tags):
    user = django_user_model.objects.create_user("bien-tap", password="x" * 12)
    client.force_login(user)
    address = f"/admin/bulk/taggit/tag/merge/?id={tags[0].pk}&id={tags[1].pk}&next=/admin/"
    client.post(address, {"into": tags[0].pk})
    assert Tag.objects.filter(slug="cu").exists()
