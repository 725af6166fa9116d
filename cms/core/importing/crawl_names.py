"""What `wget --mirror` calls the files of a crawl, and the addresses that they had.

A folder for each host (`www.truong.vn`, `truong.vn+8080`); `index.html` for a folder's own page; queries in the name
(`page.aspx?id=12`, with `@` for `?` where names may not have it); `.html` behind it with `-E`; `.1` where a name was
taken; `.orig` for what a page was before its links were converted.
"""

import re
from pathlib import Path
from urllib.parse import quote

from cms.core.importing.html import FILES
from cms.core.importing.media import PICTURES

_HOST = re.compile(
    r"(?:(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|net|org|edu|gov|info|biz|pro|asia|example|test|[a-z]{2})"
    r"|(?:[0-9]{1,3}\.){3}[0-9]{1,3})(?:[:+][0-9]{1,5})?",
    re.IGNORECASE,
)
_QUERY = re.compile(r"\?|@(?=[\w.%\[\]-]+=)")
_ADDED = re.compile(r"(?<=\.)(aspx?|php|jspx?|do|cfm|cgi|html?)\.html$", re.IGNORECASE)
_COPY = re.compile(r"\.[0-9]+$|\.orig$")
_ASSETS = PICTURES | FILES | {".css", ".js", ".json", ".xml", ".ico", ".svg", ".map", ".woff", ".woff2", ".ttf", ".eot"}
_PAGES = frozenset({".html", ".htm", ".xhtml", ".aspx", ".asp", ".php", ".jsp"})
_MARKS = (b"<html", b"<!doctype html", b"<head", b"<body", b"<meta", b"<title")
_LOOKED_AT = 2048  # bytes


def host_folder(path: Path, root: Path) -> Path | None:
    """The outermost folder above the file, `root` itself at most, that is named after a host."""
    inside = [folder for folder in path.parents if folder == root or folder.is_relative_to(root)]
    return next((folder for folder in reversed(inside) if _HOST.fullmatch(folder.absolute().name)), None)


def is_page(path: Path) -> bool:
    """Whether this is HTML, or claims to be; by its beginning, as names tell little."""
    suffix = Path(_split(path)[0].lower()).suffix
    if suffix in _PAGES or path.name.lower().endswith(".html"):
        return True
    if suffix in _ASSETS:
        return False
    try:
        with path.open("rb") as file:
            head = file.read(_LOOKED_AT).lower()
    except OSError:
        return True  # so that reading it tells why not
    return b"\0" not in head and any(mark in head for mark in _MARKS)


def original_of(path: Path) -> Path | None:
    """The file beside this one that it is another copy of (`page.html.1`, `page.html.orig`)."""
    original = path.with_name(_COPY.sub("", path.name))
    return original if original != path and original.is_file() else None


def has_added_suffixes(paths: list[Path]) -> bool:
    """Whether the crawl was made with `-E`, so that `.html` may be wget's and not the portal's."""
    return any(_ADDED.search(path.name) or _split(path)[1].endswith(".html") for path in paths)


def addresses_of(path: Path, host: Path, *, has_added: bool) -> list[str]:
    """The addresses that the file may have been got from, the likeliest first."""
    name, query = _split(path)
    name = _ADDED.sub(r"\1", name)
    name = "" if name.lower() == "index.html" else name
    folder = path.parent.relative_to(host).as_posix().strip(".")
    start = f"http://{host.absolute().name.replace('+', ':')}/" + (f"{folder}/" if folder else "")
    names = [name]
    if has_added and not query and name.endswith(".html"):
        names.append(name.removesuffix(".html"))
    query = query.removesuffix(".html")
    return [_quoted(start + name) + (f"?{_quoted(query)}" if query else "") for name in names]


def _split(path: Path) -> tuple[str, str]:
    """The file's name without the query, and the query."""
    found = _QUERY.search(path.name)
    return (path.name[: found.start()], path.name[found.end() :]) if found else (path.name, "")


def _quoted(text: str) -> str:
    return quote(text, safe="/:%@+,;=&!$'()*~[]?")
