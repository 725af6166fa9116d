"""What the admin says about a document's number: while it is typed, and once more when the page is saved."""

from typing import Any

from django import forms
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.documents import entering
from cms.documents.kinds import kind_of
from cms.documents.models import OfficialDocumentPage
from search.vietnamese import document_numbers


class Typed(forms.Form):
    """As much of the page's form as has been filled in."""

    number = forms.CharField(max_length=100, required=False)
    issuer = forms.CharField(max_length=255, required=False)
    year = forms.IntegerField(required=False, min_value=1, max_value=9999)
    page = forms.IntegerField(required=False)


def about_number(request: HttpRequest) -> JsonResponse:
    """What the number says, and the register's documents that may be the same paper."""
    form = Typed(request.GET)
    typed = form.cleaned_data if form.is_valid() else {}
    number = document_numbers.parse_typed(typed.get("number", ""))
    if number is None:
        return JsonResponse({})
    known = entering.known_to(request.user)
    issuer = typed["issuer"] or entering.issuer_of(number, known)
    same = entering.doubles(number, issuer, typed["year"], known, typed["page"])
    return JsonResponse(
        {"number": number.printed, "kind": kind_of(number), "issuer": issuer, "warning": _warning(same, request.user)}
    )


def warn_of_doubles(request: HttpRequest, page: Any) -> None:
    """Say so after a document has been saved that the register may have already; it is saved all the same."""
    number = document_numbers.parse_typed(page.number)
    if number is None:
        return
    known, year = entering.known_to(request.user), page.issued_on.year if page.issued_on else None
    if same := entering.doubles(number, page.issuer, year, known, page.pk):
        messages.warning(request, _warning(same, request.user))


def _warning(same: list[OfficialDocumentPage], user: Any) -> str:
    """HTML: the documents, as links to where the user can look at them. Empty where there are none."""
    if not same:
        return ""
    links = format_html_join(", ", '<a href="{}">{}</a>', ((_address(page, user), page.title) for page in same))
    return format_html("{} {}", _("The register may have this document already:"), links)


def _address(page: OfficialDocumentPage, user: Any) -> str:
    may_edit = page.permissions_for_user(user).can_edit()
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) if may_edit else page.url or ""
