"""Word and Excel files: zip archives of XML, looked at whole before a library parses anything of them."""

import zipfile
from pathlib import Path
from xml.parsers import expat

from django.utils.translation import gettext as _

from cms.core.importing.archives import DAMAGED, check_whole, entry_problem
from cms.core.importing.files import opened
from cms.core.importing.values import Unreadable

MAX_SIZE = 100 * 1024**2  # bytes, of the file as it lies there
MAX_DEPTH = 200  # elements in each other; Word nests tables and text boxes, some dozens deep
# How XML begins, in any encoding that it may have; whatever the part is called.
_XML = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00<", b"\t", b"\n", b"\r", b" ")
_PIECE = 64 * 1024  # bytes


def check(path: Path, main: str, max_elements: int, max_xml: int) -> None:
    """Raise Unreadable unless this is an Office file with the part `main`, and safe to parse.

    Every part that is XML is read once, as a stream: no document type (which is where entities come from), not too
    deep, not too much of it (elements, bytes): that bounds what libraries make of it in memory.
    """
    with opened(path, MAX_SIZE) as file:
        if file.peek(4)[:4] != b"PK\x03\x04":  # what stands before an archive makes it something else as well
            raise _no_office_file(_("it does not begin as one"))
        try:
            with zipfile.ZipFile(file) as archive:
                _check_parts(archive.infolist(), main)
                _check_xml(archive, max_elements, max_xml)
        except Unreadable:
            raise
        except (*DAMAGED, NotImplementedError, expat.ExpatError) as error:
            raise _no_office_file(str(error)) from error


def _check_parts(entries: list[zipfile.ZipInfo], main: str) -> None:
    check_whole(entries)
    names = {entry.filename for entry in entries}
    for part in ("[Content_Types].xml", main):
        if part not in names:
            raise _no_office_file(_("%(part)s is missing") % {"part": part})
    if len(names) < len(entries):
        raise _no_office_file(_("a part is there twice"))
    if problem := next(filter(None, map(entry_problem, entries)), ""):
        raise _no_office_file(problem)


def _check_xml(archive: zipfile.ZipFile, max_elements: int, max_xml: int) -> None:
    counter = _Counter(max_elements)
    for entry in archive.infolist():
        with archive.open(entry) as part:
            head = part.read(_PIECE)
            if not head.startswith(_XML):
                continue
            max_xml -= entry.file_size
            if max_xml < 0:
                raise Unreadable(_("holds too much text"))
            parser = counter.parser()
            parser.Parse(head, False)
            while piece := part.read(_PIECE):
                parser.Parse(piece, False)
            parser.Parse(b"", True)


class _Counter:
    """Counts elements over all parts, and refuses what no Office program writes."""

    def __init__(self, left: int) -> None:
        self._left = left
        self._depth = 0

    def parser(self) -> expat.XMLParserType:
        """For one more part."""
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        self._depth = 0
        return parser

    def _refuse_doctype(self, *_args: object) -> None:
        raise Unreadable(_("declares a document type, which may hold entities that explode or lead out"))

    def _begin(self, _name: str, _attributes: dict[str, str]) -> None:
        self._left -= 1
        self._depth += 1
        if self._left < 0 or self._depth > MAX_DEPTH:
            raise Unreadable(_("holds too many or too deeply nested parts"))

    def _end(self, _name: str) -> None:
        self._depth -= 1


def _no_office_file(reason: str) -> Unreadable:
    return Unreadable(_("is not what its name says: %(reason)s") % {"reason": reason})
