"""What an editor types into the register: numbers in any spelling, issuers seen before, and papers entered twice."""

from itertools import islice
from typing import Any

from django.db.models import Q
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.query import PageQuerySet

from cms.core.visibility import open_to_all
from cms.documents.models import OfficialDocumentPage
from search.vietnamese import fold
from search.vietnamese.document_numbers import DocumentNumber

_MANY = 5  # more papers of one number are not worth naming


def known_to(user: Any) -> PageQuerySet:
    """The documents whose titles the user may know: those that readers see, and those of the user's own sections."""
    everywhere = OfficialDocumentPage.objects.all()
    own = PagePermissionPolicy().explorable_instances(user).values("pk")
    return everywhere.filter(Q(pk__in=own) | Q(pk__in=open_to_all(everywhere).values("pk")))


def issuer_of(number: DocumentNumber, known: PageQuerySet) -> str:
    """Who issues under this number's abbreviation, as it was entered last; empty where nobody has yet."""
    named = known.filter(issuer_code=number.issuer).exclude(issuer="")
    return named.order_by("-pk").values_list("issuer", flat=True).first() or ""


def doubles(
    number: DocumentNumber, issuer: str, year: int | None, known: PageQuerySet, page_id: int | None = None
) -> list[OfficialDocumentPage]:
    """The other documents that may be the same paper: its number, and neither issuer nor year says otherwise."""
    same = known.filter(number_key=number.key).exclude(pk=page_id)
    if year:
        same = same.filter(Q(issued_on=None) | Q(issued_on__year=year))
    by = fold(issuer.strip())
    found = (page for page in same.order_by("-pk") if not by or not page.issuer or fold(page.issuer.strip()) == by)
    return list(islice(found, _MANY))
