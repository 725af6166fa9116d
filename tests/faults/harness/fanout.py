"""Changes of one thing that many pages depend on; actors call these functions."""

from io import BytesIO

SECTION = "Chuyên đề"


def share_picture_and_file() -> None:
    """All articles get the same cover, a file in the text, and the tag `cu`; without signals."""
    from taggit.models import Tag
    from wagtail.models import ReferenceIndex

    from cms.core.models import Document
    from cms.news.models import ArticlePage, ArticleTag

    cover, tag = _picture("xanh"), Tag.objects.create(name="Cũ", slug="cu")
    file = Document.objects.create(title="Kế hoạch", file=_content(b"mot", "ke-hoach.txt"))
    keys = ArticlePage.objects.values_list("pk", flat=True)
    ArticleTag.objects.bulk_create(ArticleTag(content_object_id=key, tag=tag) for key in keys)
    for article in ArticlePage.objects.all():
        article.cover = cover
        article.body = [*article.body.raw_data, {"type": "files", "value": {"title": "Tệp", "files": [file.pk]}}]
        article.save(clean=False)
        ReferenceIndex.create_or_update_for_object(article)


def move_section() -> None:
    from cms.news.models import NewsIndexPage
    from home.models import HomePage

    above = HomePage.objects.get().add_child(instance=NewsIndexPage(title="Hoạt động"))
    NewsIndexPage.objects.get(title=SECTION).move(above, pos="last-child")


def rename_section() -> None:
    section = _section()
    section.title, section.slug = "Chuyên đề mới", "chuyen-de-moi"
    section.save_revision().publish()


def restrict_section() -> None:
    from wagtail.models import PageViewRestriction

    PageViewRestriction.objects.create(page=_section(), restriction_type=PageViewRestriction.LOGIN)


def open_section() -> None:
    _section().view_restrictions.get().delete()


def merge_tag() -> None:
    """As taggit's own admin does it: the articles by one statement, of which no signal tells, then the old tag."""
    from django.db import transaction
    from taggit.models import Tag

    from cms.news.models import ArticleTag

    old, new = Tag.objects.get(slug="cu"), Tag.objects.create(name="Mới", slug="moi")
    with transaction.atomic():
        ArticleTag.objects.filter(tag=old).update(tag=new)
        old.delete()


def replace_picture() -> None:
    from cms.core.models import Image

    picture = Image.objects.get(title="Ảnh")
    picture.file = _drawn("do")
    picture._set_file_hash()
    picture.save()
    picture.renditions.all().delete()  # as the admin does


def restrict_collection() -> None:
    from wagtail.models import Collection, CollectionViewRestriction

    from cms.core.models import Image

    collection = Collection.get_first_root_node().add_child(name="Nội bộ")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=CollectionViewRestriction.LOGIN)
    picture = Image.objects.get(title="Ảnh")
    picture.collection = collection
    picture.save()


def replace_file() -> None:
    from cms.core.models import Document

    file = Document.objects.get(title="Kế hoạch")
    file.title, file.file = "Kế hoạch mới", _content(b"hai", "ke-hoach-moi.txt")
    file.save()


def _section():
    from cms.news.models import NewsIndexPage

    return NewsIndexPage.objects.get(slug__startswith="chuyen-de")


def _picture(colour: str):
    from cms.core.models import Image

    return Image.objects.create(title="Ảnh", description="Một màu", file=_drawn(colour))


def _drawn(colour: str):
    from PIL import Image

    data = BytesIO()
    Image.new("RGB", (640, 480), {"xanh": "blue", "do": "red"}[colour]).save(data, "PNG")
    return _content(data.getvalue(), f"{colour}.png")


def _content(data: bytes, name: str):
    from django.core.files.base import ContentFile

    return ContentFile(data, name)
