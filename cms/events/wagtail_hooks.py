"""An event can be copied with new dates, from the menus of its page."""

from cms.core import page_actions
from cms.events.desk import CopyEventItem

page_actions.register(CopyEventItem, "events/<int:page_id>/copy/")
