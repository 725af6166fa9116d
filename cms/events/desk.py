"""The admin's form for an event that takes place again."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateTimeInput

from cms.core.page_actions import PageAction, PageActionItem
from cms.events.copying import copy_with_dates
from cms.events.models import EventPage

A_YEAR = timedelta(weeks=52)  # the same day of the week


class CopyForm(forms.Form):
    """What is new about the event."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=255)
    starts_at = forms.DateTimeField(
        label=gettext_lazy("Begins"),
        widget=AdminDateTimeInput,
        help_text=gettext_lazy("The end and all times of the agenda are shifted by as much."),
    )


class CopyEvent(PageAction):
    """Makes a draft of the same event with new dates, and opens it."""

    model = EventPage
    form_class = CopyForm
    page_title = gettext_lazy("Copy with new dates")
    header_icon = "date"
    template_name = "events/admin/copy.html"

    @staticmethod
    def is_allowed(page: EventPage, user: Any) -> bool:
        return page.permissions_for_user(user).can_copy_to(page.get_parent())

    def get_initial(self) -> dict[str, Any]:
        return {"title": self.page.title, "starts_at": self.page.starts_at + A_YEAR}

    def form_valid(self, form: CopyForm) -> HttpResponse:
        try:
            made = copy_with_dates(self.page, **form.cleaned_data, user=self.request.user)
        except ValidationError as error:  # the draft that is copied has gaps
            form.add_error(None, [f"{name}: {'; '.join(texts)}" for name, texts in error])
            return self.form_invalid(form)
        messages.success(self.request, _("“%(title)s” is a draft now. Check it and publish it.") % {"title": made})
        return redirect("wagtailadmin_pages:edit", made.pk)


class CopyEventItem(PageActionItem):
    view = CopyEvent
    label = CopyEvent.page_title
    icon_name = "date"
    url_name = "copy_event"
