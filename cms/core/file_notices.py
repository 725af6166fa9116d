"""Tells editors which of their files nobody will find by what is in them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.panels import Panel

from cms.core.extraction.process import KINDS
from cms.core.models import Document, FileText


def notices(documents: Iterable[Document]) -> list[tuple[Document, str]]:
    """The files with something to say about, each with that."""
    documents = list(documents)
    read = {text.document_id: text for text in FileText.objects.defer("pages").filter(document__in=documents)}
    said = ((document, notice(document, read.get(document.pk))) for document in documents)
    return [(document, text) for document, text in said if text]


def notice(document: Document, text: FileText | None) -> str:
    """Why readers do not find the file by its content; empty where they do."""
    if document.file_extension.lower() not in KINDS:
        return _("What is in files of this kind is not searched. PDF (not scanned) and Word files (.docx) are.")
    if text is None or text.file_name != document.file.name:
        return _("The text in this file is being read; until then it is not found.")
    if text.state == FileText.State.EMPTY:
        return _(
            "This is a scan: nothing in it can be found. Attach the file that was printed as well, if you have it."
        )
    if text.state == FileText.State.FAILED:
        return _("The text in this file could not be read (%(reason)s): nothing in it is found.") % {
            "reason": text.problem
        }
    return ""


class FilesNotice(Panel):
    """Stands below a page's files (`files`, with a `file` each) where there is something to say about them."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "core/files_notice.html"

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            attached = self.instance.files.all() if self.instance else ()
            self.notices = notices(item.file for item in attached if item.file_id)

        def is_shown(self) -> bool:
            return bool(self.notices) and super().is_shown()
