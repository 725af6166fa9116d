"""Kinds of official documents, by the names that facets and addresses use for them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from search.vietnamese import document_numbers


class DocumentKind(models.TextChoices):
    RESOLUTION = "nghi-quyet", _("Resolution")
    DECISION = "quyet-dinh", _("Decision")
    REGULATION = "quy-dinh", _("Regulation")
    STATUTE = "quy-che", _("Statute")
    DIRECTIVE = "chi-thi", _("Directive")
    CONCLUSION = "ket-luan", _("Conclusion")
    DECREE = "nghi-dinh", _("Decree")
    CIRCULAR = "thong-tu", _("Circular")
    LAW = "luat", _("Law")
    PLAN = "ke-hoach", _("Plan")
    PROGRAMME = "chuong-trinh", _("Programme")
    SCHEME = "de-an", _("Scheme")
    PROJECT = "phuong-an", _("Project plan")
    GUIDANCE = "huong-dan", _("Guidance")
    NOTICE = "thong-bao", _("Notice")
    REPORT = "bao-cao", _("Report")
    PROPOSAL = "to-trinh", _("Proposal")
    LETTER = "cong-van", _("Official letter")
    TELEGRAM = "cong-dien", _("Telegram")
    INVITATION = "giay-moi", _("Invitation")
    MINUTES = "bien-ban", _("Minutes")
    OTHER = "khac", _("Other document")


def kind_of(number: document_numbers.DocumentNumber | None) -> DocumentKind:
    """The kind that a number says."""
    if number is None:
        return DocumentKind.OTHER
    return DocumentKind(document_numbers.KINDS.get(number.kind, DocumentKind.LAW))
