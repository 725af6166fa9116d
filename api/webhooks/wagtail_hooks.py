"""Receivers and the log of deliveries in the admin."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from api.webhooks import views
from api.webhooks.forms import ReceiverForm
from api.webhooks.models import Delivery, Receiver


def _state(receiver: Receiver) -> Any:
    if not receiver.is_active:
        return _("disabled")
    return _("failing") if receiver.failing_since else _("active")


class ReceiverViewSet(ModelViewSet):
    model = Receiver
    name = "webhook_receivers"
    icon = "mail"
    menu_label = _("Receivers")
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = views.InspectReceiver
    inspect_view_fields = ["name", "url", "created_at"]
    inspect_template_name = "webhooks/receiver.html"
    edit_template_name = "webhooks/edit_receiver.html"
    add_view_class = views.CreateReceiver
    list_display = [
        "name",
        "url",
        StatusTagColumn("state", label=_("State"), accessor=_state, primary=lambda receiver: receiver.is_active),
        Column("disabled_because", label=_("Reason")),
    ]
    search_fields = ["name", "url"]

    def get_form_class(self, for_update: bool = False) -> type[ReceiverForm]:
        return ReceiverForm

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("rotate/<int:pk>/", views.RotateSecret.as_view(), name="rotate"),
            path("enable/<int:pk>/", views.Enable.as_view(), name="enable"),
            path("disable/<int:pk>/", views.Disable.as_view(), name="disable"),
        ]


class DeliveryViewSet(ModelViewSet):
    """A log: nobody writes or edits it."""

    model = Delivery
    name = "webhook_deliveries"
    icon = "history"
    menu_label = _("Deliveries")
    add_to_reference_index = False
    index_view_class = views.DeliveryIndex
    pk_path_converter = "uuid"
    inspect_view_enabled = True
    inspect_view_class = views.InspectDelivery
    inspect_template_name = "webhooks/delivery.html"
    inspect_view_fields = [
        "receiver",
        "kind",
        "page_type",
        "page_id",
        "seq",
        "status",
        "attempts",
        "answer",
        "problem",
        "created_at",
        "due_at",
        "finished_at",
    ]
    form_fields = ["status"]  # required, and never shown
    list_display = [
        "__str__",
        "receiver",
        StatusTagColumn(
            "status",
            label=_("State"),
            accessor="get_status_display",
            primary=lambda delivery: delivery.status == Delivery.Status.DELIVERED,
        ),
        "answer",
        "attempts",
        DateColumn("created_at", label=_("Created at")),
    ]
    list_filter = ["receiver", "status", "kind"]
    list_export = ["receiver", "kind", "page_type", "page_id", "status", "attempts", "answer", "problem", "created_at"]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        nowhere = dict.fromkeys(("add_url_name", "edit_url_name", "delete_url_name", "copy_url_name"))
        return {**super().get_common_view_kwargs(**kwargs), **nowhere}

    def get_urlpatterns(self) -> list[URLPattern]:
        shown = {"index", "index_results", "inspect"}
        patterns = [pattern for pattern in super().get_urlpatterns() if pattern.name in shown]
        return [*patterns, path("again/<uuid:pk>/", views.Redeliver.as_view(), name="again")]


class WebhooksGroup(ModelViewSetGroup):
    menu_label = _("Webhooks")
    menu_icon = "mail"
    menu_order = 900
    items = (ReceiverViewSet, DeliveryViewSet)


@hooks.register("register_admin_viewset")
def webhooks() -> WebhooksGroup:
    return WebhooksGroup()
