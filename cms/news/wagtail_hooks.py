from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from cms.news.importing import history


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Show imports in the pages' histories."""
    actions.register_action(history.ACTION, _("Import"), _("Imported from the old portal"))
