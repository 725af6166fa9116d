"""Covers for a portal's articles: rows of pictures with every size made, as after a while in use; no files."""

from collections.abc import Iterator

from portal import BATCH
from wagtail.images.models import Filter
from wagtail.models import Collection

from api.content.pictures import FORMATS, SIZES
from cms.core.models import Image, Rendition
from cms.news.models import ArticleAuthor, ArticlePage
from search.chunks import chunks

PICTURES = 1_000  # that the articles share
WIDTH, HEIGHT = 1600, 1067
SPECS = {(size, kind): f"{SIZES[size]}|{FORMATS[kind]}" for size in SIZES for kind in FORMATS}
SPECS["admin", "jpg"] = "max-165x165"  # as the admin lists them


def add() -> None:
    """Give each article that has none a cover, and an author."""
    pictures = _pictures()
    bare = ArticlePage.objects.filter(cover=None).order_by("pk").values_list("pk", flat=True)
    for ids in chunks(list(bare), BATCH):
        articles = [ArticlePage(pk=key, page_ptr_id=key, cover_id=pictures[key % len(pictures)]) for key in ids]
        ArticlePage.objects.bulk_update(articles, ["cover"])
        ArticleAuthor.objects.bulk_create(
            ArticleAuthor(page_id=key, sort_order=0, name="ThS. Phạm Thị Thu Hà", post="Trưởng khoa") for key in ids
        )


def _pictures() -> list[int]:
    if Image.objects.exists():
        return list(Image.objects.order_by("pk").values_list("pk", flat=True))
    collection = Collection.get_first_root_node()
    made = Image.objects.bulk_create(
        Image(
            title=f"Ảnh {number}",
            description=f"Hội nghị, ảnh {number}",
            file=f"original_images/anh-{number}.jpg",
            width=WIDTH,
            height=HEIGHT,
            collection=collection,
        )
        for number in range(PICTURES)
    )
    Rendition.objects.bulk_create((row for image in made for row in _renditions(image)), batch_size=BATCH)
    return [image.pk for image in made]


def _renditions(image: Image) -> Iterator[Rendition]:
    for (size, kind), spec in SPECS.items():
        made = Filter(spec)
        width, height = made.get_transform(image).size
        name = f"images/anh-{image.pk}.{size}.{kind}"
        yield Rendition(
            image=image,
            filter_spec=spec,
            focal_point_key=made.get_cache_key(image),
            file=name,
            width=width,
            height=height,
        )
