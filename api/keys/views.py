"""Keys in the admin: made and shown once, changed, revoked; never shown again, never deleted."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log

from api.keys.forms import KeyForm
from api.keys.models import Key


class KeyIndexView(generic.IndexView):
    """All keys, those that are good for nothing any more among them."""

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self._get_title_column_class(TitleColumn)("name", label=gettext_lazy("Program"), get_url=self.get_edit_url),
            Column("prefix", label=gettext_lazy("Key"), accessor=lambda key: f"{key.prefix}…"),
            Column("state", label=gettext_lazy("State"), accessor=lambda key: key.get_state()),
            DateColumn("last_used_at", label=gettext_lazy("Last used")),
        ]

    def get_list_more_buttons(self, instance: Key) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        revoking = self.get_delete_url(instance)
        for button in buttons:
            if revoking and button.url == revoking:
                button.label = _("Revoke")
        return [button for button in buttons if not (instance.revoked_at and button.url == revoking)]


class KeyCreateView(generic.CreateView):
    """Answers with the key itself, which is in this one answer and nowhere else."""

    def form_valid(self, form: KeyForm) -> HttpResponseBase:
        self.form = form
        self.object, text = Key.objects.make(**form.cleaned_data)
        log(self.object, "wagtail.create", user=self.request.user)
        context = self.get_context_data(key_text=text, object=self.object, page_title=_("API key made"))
        return TemplateResponse(self.request, "keys/made.html", context | {"header_title": _("API key made")})


class KeyEditView(generic.EditView):
    """What a key is good for can be changed, not its text."""

    delete_item_label = gettext_lazy("Revoke")


class KeyRevokeView(generic.DeleteView):
    """Stands where others delete: the row stays, and says what the key was."""

    page_title = gettext_lazy("Revoke")
    template_name = "keys/confirm_revoke.html"

    @property
    def confirmation_message(self) -> str:
        return _("Revoke this key? The programs that use it are refused from their next request on.")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        key = self.get_object()
        if not key.revoked_at:
            log(key.revoke(), "keys.revoke", user=request.user)
        messages.success(request, _("The key “%(name)s” has been revoked.") % {"name": key.name})
        return redirect(self.get_success_url())


class KeyViewSet(ModelViewSet):
    """API keys, in the settings menu, for those whose groups may handle them."""

    model = Key
    icon = "key"
    menu_label = gettext_lazy("API keys")
    menu_name = "api_keys"
    menu_order = 601  # before Wagtail's own tokens, if there are any
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = KeyIndexView
    add_view_class = KeyCreateView
    edit_view_class = KeyEditView
    delete_view_class = KeyRevokeView
    list_per_page = 50
    search_fields = ["name", "contact", "prefix"]
    search_backend_name = None

    def get_form_class(self, for_update: bool = False) -> type[KeyForm]:
        return KeyForm
