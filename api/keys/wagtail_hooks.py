"""Keys in the admin's menu, in the groups' permissions and in the log."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from api.keys.views import KeyViewSet


@hooks.register("register_admin_viewset")
def key_views() -> KeyViewSet:
    return KeyViewSet("api_keys", url_prefix="api-keys")


@hooks.register("register_permissions")
def key_permissions() -> QuerySet[Permission]:
    """Groups may be let make, change and revoke keys."""
    return Permission.objects.filter(
        content_type__app_label="keys", content_type__model="key", codename__in=["add_key", "change_key", "delete_key"]
    )


@hooks.register("register_log_actions")
def key_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("keys.revoke", _("Revoke API key"), _("API key revoked"))
