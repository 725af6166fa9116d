"""Which files wait to be read, and reading them: one after the other, each kept when it is done."""

import time
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from cms.core.extraction.process import KINDS, Unreadable, read
from cms.core.models import Document, FileText
from search.fanout import touch_referring_pages

ROUND = 10  # seconds after which a round of the scheduler begins no other file


def pending() -> QuerySet[Document]:
    """The documents whose file has not been read yet, since it is new or was replaced."""
    is_kind = Q()
    for kind in KINDS:
        is_kind |= Q(file__iendswith=f".{kind}")
    known = FileText.objects.filter(document=OuterRef("pk"), file_name=OuterRef("file"))
    return Document.objects.filter(is_kind).exclude(Exists(known)).order_by("pk")


def read_pending() -> Iterator[FileText]:
    """Read what is pending. Stopped in between, it goes on another time where it stopped."""
    last = 0
    while document := pending().filter(pk__gt=last).first():
        last = document.pk
        if (made := _read(document)) is not None:
            yield made


def read_new_files() -> None:
    """A round of the scheduler's: as many files as fit into it."""
    end = time.monotonic() + ROUND
    for _made in read_pending():
        if time.monotonic() > end:
            return


def _read(document: Document) -> FileText | None:
    """Keep what is in the file; the pages that offer it are looked at again. None where the document is gone."""
    text = _text(document)
    with transaction.atomic():
        if not Document.objects.filter(pk=document.pk, file=document.file.name).exists():
            return None  # deleted or replaced meanwhile
        values = {name: getattr(text, name) for name in ("file_name", "state", "problem", "pages", "is_paged")}
        kept, _is_new = FileText.objects.update_or_create(document=document, defaults=values)
        touch_referring_pages(Document, [document.pk])
    return kept


def _text(document: Document) -> FileText:
    made = FileText(file_name=document.file.name, state=FileText.State.READ)
    try:
        with document.file.storage.open(document.file.name) as file:
            text = read(file, document.file_extension.lower())
    except (OSError, Unreadable) as problem:
        made.state, made.problem = FileText.State.FAILED, str(problem)
        return made
    if text.is_empty:
        made.state = FileText.State.EMPTY
    else:
        made.pages, made.is_paged = list(text.pages), text.is_paged
    return made
