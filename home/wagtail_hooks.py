from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from home.demo import marks


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Show in a page's history that it came with the demo content."""
    actions.register_action(marks.ACTION, _("Load demo content"), _("Loaded with the demo content"))
