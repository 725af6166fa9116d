"""Tells whoever started an import of its end, by e-mail."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.mail import send_mail

from cms.core.importing.report import LABELS
from cms.imports.models import Import

logger = logging.getLogger(__name__)

State = Import.State


def tell_of_the_end(import_id: int) -> None:
    """Send the mail, if something has ended and there is an address."""
    importing = Import.objects.select_related("started_by").get(pk=import_id)
    address = importing.started_by.email if importing.started_by else ""
    if not address or not (subject := _subject(importing)):
        return
    try:
        send_mail(subject, _text(importing), [address])
    except (OSError, SMTPException) as error:
        logger.warning("%s could not be told of the end of an import: %s", address, error)


def _subject(importing: Import) -> str:
    """Empty where nothing has ended."""
    name = {"name": importing}
    if importing.state == State.DONE:
        return _("The import has ended: %(name)s") % name
    if importing.state == State.UNDONE:
        return _("The import has been undone: %(name)s") % name
    broke_off = importing.problem and importing.state in {State.STOPPED, State.FAILED}
    return _("The import has broken off: %(name)s") % name if broke_off else ""


def _text(importing: Import) -> str:
    outcomes = importing.outcomes()
    counts = [f"{LABELS[outcome]}: {outcomes[outcome]}" for outcome in LABELS if outcomes.get(outcome)]
    if importing.state == State.UNDONE:
        kept = importing.pages.filter(undone="kept").count()
        counts.append(_("Kept, as they were edited since: %(count)d") % {"count": kept})
    address = settings.WAGTAILADMIN_BASE_URL + reverse("imports:detail", args=[importing.pk])
    return "\n".join(filter(None, [importing.problem, *counts, "", _("The whole report: %(url)s") % {"url": address}]))
