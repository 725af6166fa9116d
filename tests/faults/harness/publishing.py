"""An editor at work while receivers of webhooks listen."""

import time

from django.db import transaction

from api.webhooks.models import Receiver
from cms.news.models import ArticlePage, NewsIndexPage
from home.models import HomePage
from search import sequencer


def receivers(urls: list[str]) -> int:
    """Receivers at these addresses, and a section to publish in, whose id this gives."""
    section = HomePage.objects.get().add_child(instance=NewsIndexPage(title="Tin tức"))
    sequencer.drain()
    for url in urls:
        Receiver.objects.create(name=url, url=url, types=["article"])
    return section.pk


def publish(section_id: int, count: int, pause: float) -> dict[int, float]:
    """New articles, one after the other; when each was committed, by its id."""
    committed = {}
    for number in range(count):
        with transaction.atomic():
            section = NewsIndexPage.objects.get(pk=section_id)
            article = section.add_child(instance=ArticlePage(title=f"Bài {number}"))
        committed[article.pk] = time.time()
        time.sleep(pause)
    return committed
