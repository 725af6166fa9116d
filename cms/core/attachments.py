"""What pages offer to download, as their search documents need it: titles, and the text inside the files."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cms.core.models.file_texts import FileText
from cms.core.models.media import Document
from cms.core.text import FileId
from search.documents import Attachment
from search.vietnamese import compose

MAX_CHARACTERS = 200_000  # of all files of a page together: about a hundred printed pages

Line = str | FileId


@dataclass(frozen=True)
class File:
    """A file that anybody may download; `text` is None where there is none to read, or it has not been read yet."""

    title: str
    url: str
    text: FileText | None


def fetch_files(lines: Iterable[Line], private_collections: tuple[str, ...]) -> Mapping[int, File]:
    """The files that stand in `lines`, in two queries for all; those in private collections are left out."""
    wanted = {int(line) for line in lines if not isinstance(line, str)}
    texts = FileText.objects.of_present_files(wanted)
    found = Document.objects.filter(pk__in=wanted).select_related("collection")
    return {
        file.pk: File(file.title, file.url, texts.get(file.pk))
        for file in found
        if not file.collection.path.startswith(private_collections)
    }


def body_of(lines: Sequence[Line], files: Mapping[int, File]) -> tuple[str, tuple[Attachment, ...]]:
    """The searchable text of a page: its lines, files' titles filled in, then the text of the files."""
    named = [line if isinstance(line, str) else files[line].title for line in lines if _is_known(line, files)]
    body = "\n".join(named)
    attached = dict.fromkeys(line for line in lines if not isinstance(line, str))
    readable = [(files[key], text) for key in attached if key in files and (text := files[key].text)]
    return _with_texts(compose(body), readable) if readable else (body, ())


def _is_known(line: Line, files: Mapping[int, File]) -> bool:
    return isinstance(line, str) or line in files


def _with_texts(body: str, files: Iterable[tuple[File, FileText]]) -> tuple[str, tuple[Attachment, ...]]:
    parts, attachments = [body], []
    length, left = len(body), MAX_CHARACTERS
    for file, text in files:
        starts: list[int] = []
        for page in text.pages:
            starts.append(length + 1)  # behind the end of the line before
            parts.append(page[: max(left, 0)])
            length += 1 + len(parts[-1])
            left -= len(page)
        attachments.append(Attachment(file.title, file.url, tuple(starts), text.is_paged))
    return "\n".join(parts), tuple(attachments)
