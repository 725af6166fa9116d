"""Which parts of the demo content were loaded, and as which pages.

Kept in the pages' audit log: it outlives a page, so that what an editor deleted does not come back.
"""

from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry

ACTION = "home.load_demo"
HOME = "home"


def loaded() -> dict[str, int | None]:
    """Ids of the pages by the names of their parts; None for a page that is gone."""
    entries = PageLogEntry.objects.filter(action=ACTION).order_by("timestamp", "pk")
    marks = {entry.data["part"]: entry.page_id for entry in entries}
    there = set(Page.objects.filter(pk__in=marks.values()).values_list("pk", flat=True))
    return {name: page_id if page_id in there else None for name, page_id in marks.items()}


def mark(page: Page, name: str) -> None:
    """Remember that the part `name` was loaded as `page`."""
    log(instance=page, action=ACTION, data={"part": name})
