"""Files to download as HTML."""

from collections.abc import Iterable

from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from cms.core.models.media import Document


def files_list(title: str, files: Iterable[Document]) -> SafeString:
    """The files under a title; nothing where there are none."""
    items = format_html_join("\n", '<li><a href="{}">{}</a> ({})</li>', map(_shown, files))
    if not items:
        return items
    frame = '<section class="files"><p class="files-title">{}</p><ul>{}</ul></section>'
    return format_html(frame, title or gettext("Attached files"), items)


def _shown(file: Document) -> tuple[str, str, str]:
    """Address, title, and kind with size."""
    size = f", {filesizeformat(file.file_size)}" if file.file_size else ""
    return file.url, file.title, f"{file.file_extension.upper()}{size}"
