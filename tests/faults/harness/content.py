"""Content for an installation; actors call these functions, and have `bench/` on their path."""

from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

WORDS = """
hội nghị tổng kết công tác thi đua khen thưởng năm học của trường chính trị tỉnh với giảng viên và học viên
các lớp bồi dưỡng lý luận nghiên cứu khoa học về xây dựng chuyển đổi số trong giảng dạy
""".split()  # noqa: SIM905 (to be read)
EVERYWHERE = "trường chính trị"  # is in every article
PENDING = "SELECT count(*) FROM search_outboxentry WHERE version > synced_version"


def fill(articles: int) -> list[int]:
    """So many published articles in eight sections, written in bulk; their ids.

    Editors' search has them, and the outbox knows nothing of them: `search_rebuild` brings them into the index.
    """
    from corpus import Text
    from old_pages import title
    from portal import fill as fill_portal

    from cms.news.importing import admin_index
    from cms.news.models import ArticlePage

    fill_portal(Text(f"bai-{number}", title(number), tuple(paragraphs(number))) for number in range(articles))
    admin_index.add_missing()
    return list(ArticlePage.objects.order_by("pk").values_list("pk", flat=True))


def section(title: str) -> str:
    """A new section; its path, as `import_articles` wants it."""
    from cms.news.models import NewsIndexPage
    from home.models import HomePage

    return HomePage.objects.get().add_child(instance=NewsIndexPage(title=title)).slug


def importing_into(title: str, name: str, password: str) -> int:
    """A new section, whose id this gives, and an administrator who imports into it."""
    from cms.core.models import User
    from cms.news.models import NewsIndexPage
    from home.models import HomePage

    User.objects.create_superuser(name, f"{name}@truong.example", password)
    return HomePage.objects.get().add_child(instance=NewsIndexPage(title=title)).pk


def old_portal(folder: Path, first: int, pages: int) -> Path:
    """A new folder with so many pages of an old portal, as `import_articles` takes them."""
    from old_pages import write

    write(folder, range(first, first + pages), [text for number in range(20) for text in paragraphs(number)])
    return folder


def touch(ids: Sequence[int]) -> None:
    """As if these pages had changed."""
    from search import outbox

    outbox.touch(ids)


def paragraphs(number: int, count: int = 3, words: int = 80) -> Iterator[str]:
    """Text of an article: the same at every run, another for each number."""
    for paragraph in range(count):
        start, step = number + paragraph * 7, 1 + number % 5
        some = islice(cycle(WORDS), start % len(WORDS), None, step)
        yield f"Bài {number}: {EVERYWHERE} " + " ".join(islice(some, words))
