"""The admin's views of receivers and deliveries beyond the usual ones."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin.views import generic
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from api.webhooks.models import Delivery, Receiver


class CreateReceiver(generic.CreateView):
    """Ends with the secret, which is shown only here."""

    def save_action(self) -> HttpResponse:
        return _secret(self.request, self.object)


class InspectView(generic.InspectView):
    """As Wagtail's, in the site's time zone."""

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = super().get_field_display_value(field_name, field)
        return timezone.localtime(value) if isinstance(value, datetime) else value


class InspectReceiver(InspectView):
    template_name = "webhooks/receiver.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether the user `may_change` it, and how many deliveries are `waiting`."""
        context = super().get_context_data(**kwargs)
        waiting = self.object.deliveries.waiting().count()
        return {**context, "may_change": self.user_has_permission("change"), "waiting": waiting}


class DeliveryIndex(generic.IndexView):
    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("receiver")


class InspectDelivery(InspectView):
    template_name = "webhooks/delivery.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether the user `may_change` it."""
        return {**super().get_context_data(**kwargs), "may_change": self.user_has_permission("change")}


class Deed(PermissionCheckedMixin, View):
    """Something that a button does to one object."""

    model: Any = None
    permission_required = "change"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self.do(request, get_object_or_404(self.model, pk=pk))

    def do(self, request: HttpRequest, item: Any) -> HttpResponse:
        raise NotImplementedError


class RotateSecret(Deed):
    model = Receiver

    def do(self, request: HttpRequest, item: Receiver) -> HttpResponse:
        item.rotate()
        return _secret(request, item)


class Enable(Deed):
    model = Receiver

    def do(self, request: HttpRequest, item: Receiver) -> HttpResponse:
        item.enable()
        messages.success(request, _("“%s” is told of changes again.") % item)
        return redirect("webhook_receivers:inspect", item.pk)


class Disable(Deed):
    model = Receiver

    def do(self, request: HttpRequest, item: Receiver) -> HttpResponse:
        item.disable(_("Disabled by %s.") % request.user)
        messages.success(request, _("“%s” is not told of changes any more; what happens is kept for it.") % item)
        return redirect("webhook_receivers:inspect", item.pk)


class Redeliver(Deed):
    model = Delivery

    def do(self, request: HttpRequest, item: Delivery) -> HttpResponse:
        item.again()
        messages.success(request, _("It is being sent again."))
        return redirect("webhook_deliveries:inspect", item.pk)


def _secret(request: HttpRequest, receiver: Receiver) -> HttpResponse:
    """In the answer itself: a message would keep it in a cookie or a session."""
    response = TemplateResponse(request, "webhooks/secret.html", {"receiver": receiver})
    response["Cache-Control"] = "no-store"
    return response
