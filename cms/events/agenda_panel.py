"""The agenda in the admin's form of an event, with keys of its own."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import InlinePanel

KEYS = _(
    "By keyboard: Enter goes to the next item, and behind the last one adds another; Ctrl+Enter adds one below; "
    "Alt+↑ and Alt+↓ move the item. A new item goes on in time as the agenda does so far."
)
MOVED = _("Item moved to place {place} of {count}.")  # the script fills it in


class AgendaPanel(InlinePanel):
    """An inline panel whose items are quick to write, by `static/js/agenda.js`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"help_text": KEYS, "attrs": {"data-agenda-moved": MOVED}} | kwargs)

    class BoundPanel(InlinePanel.BoundPanel):
        class Media:
            js = ("js/agenda.js",)
