"""A portal of tens of thousands of real article pages, written in bulk: no revisions, no signals, treebeard's paths."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from html import escape
from uuid import uuid4

from corpus import Text
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from progress import bar
from taggit.models import Tag
from wagtail.models import Page

from cms.news.models import ArticlePage, ArticleTag, NewsIndexPage
from home.models import HomePage
from search import rebuild
from search.chunks import chunks

SECTIONS = ("Tin tức", "Đào tạo", "Nghiên cứu", "Đoàn thể", "Thi đua", "Thông báo", "Văn bản", "Hợp tác")
TAGS = 40
TAGS_AN_ARTICLE = 2
NEWEST = datetime(2026, 6, 30, 8, tzinfo=UTC)
APART = timedelta(hours=2)  # between two articles: 40,000 of them go back nine years
BATCH = 1_000

Progress = Callable[[int], object]


def fill(texts: Iterable[Text], progress: Progress = lambda count: None, *, titles: Sequence[str] = SECTIONS) -> None:
    """An article for each text, its slug the text's id; the sections take turns. What was there before stays."""
    sections = _sections(titles)
    tags = [Tag.objects.get_or_create(name=f"Chủ đề {number}", slug=f"chu-de-{number}")[0] for number in range(TAGS)]
    done = ArticlePage.objects.count()
    for some in chunks(texts, BATCH):
        with transaction.atomic():
            articles = [_article(text, number, sections) for number, text in enumerate(some, done)]
            _insert(articles)
            _tag(articles, tags)
            Page.objects.bulk_update(sections, ["numchild"])
        done += len(some)
        progress(len(some))


def fill_and_index(texts: Sequence[Text], *, titles: Sequence[str] = SECTIONS) -> None:
    """An article for each text, and the readers' index of them all."""
    with bar("Pages", len(texts)) as step:
        fill(texts, step, titles=titles)
    with bar("Search index", rebuild.pages_to_read()) as step:
        if failed := rebuild.rebuild(step).failed:
            raise RuntimeError(f"{len(failed)} pages could not be indexed, the first: {next(iter(failed.values()))}")


def _sections(titles: Sequence[str]) -> list[NewsIndexPage]:
    home = HomePage.objects.get()
    made = list(NewsIndexPage.objects.child_of(home).order_by("path"))
    return made or [home.add_child(instance=NewsIndexPage(title=title)) for title in titles]


def _article(text: Text, number: int, sections: Sequence[NewsIndexPage]) -> ArticlePage:
    section = sections[number % len(sections)]
    section.numchild += 1
    date = NEWEST - number * APART
    html = "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in text.paragraphs)
    return ArticlePage(
        title=text.title,
        draft_title=text.title,
        slug=text.id,
        summary=" ".join(text.paragraphs)[:200],
        body=json.dumps([{"type": "text", "value": html, "id": str(uuid4())}]),
        published_at=date,
        first_published_at=date,
        last_published_at=date,
        locale_id=section.locale_id,
        content_type=ContentType.objects.get_for_model(ArticlePage),
        path=ArticlePage._get_path(section.path, section.depth + 1, section.numchild),
        depth=section.depth + 1,
        url_path=f"{section.url_path}{text.id}/",
    )


def _insert(articles: Sequence[ArticlePage]) -> None:
    """Both tables of each article. `bulk_create` does it for one table only, so the second takes what is inside it."""
    columns = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    pages = [Page(**{name: getattr(article, name) for name in columns}) for article in articles]
    for article, page in zip(articles, Page.objects.bulk_create(pages), strict=True):
        article.pk = article.id = page.pk
    ArticlePage.objects.all()._batched_insert(articles, ArticlePage._meta.local_concrete_fields, None)


def _tag(articles: Sequence[ArticlePage], tags: Sequence[Tag]) -> None:
    ArticleTag.objects.bulk_create(
        ArticleTag(content_object_id=article.pk, tag=tags[(article.pk * (step + 1)) % len(tags)])
        for article in articles
        for step in range(TAGS_AN_ARTICLE)
    )
