"""Compiles gettext catalogues, so that an installation needs Python alone and no gettext.

A `.po` file is text that people edit; what `gettext` reads is the `.mo` made of it. The format is
GNU's: a header, a table of the sorted keys, a table of the texts, then the bytes of both.
"""

import ast
import os
import re
import struct
from collections.abc import Iterator
from pathlib import Path

MAGIC = 0x950412DE
LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s*)?(".*")')

Entry = dict[str, str]  # keyword to text, such as {"msgid": "a page", "msgid_plural": "pages", "msgstr[0]": "trang"}


def compiled(sources: Path, into: Path) -> Path:
    """Compiles every catalogue below `sources` whose copy below `into` is missing or older; returns `into`.

    Raises ValueError, naming file and line, for a catalogue that cannot be read.
    """
    for source in sorted(sources.glob("*/LC_MESSAGES/*.po")):
        target = into / source.relative_to(sources).with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        # Written beside and moved: another process starting now reads the old one or the new one, whole.
        draft = target.with_name(f"{target.name}.{os.getpid()}")
        draft.write_bytes(to_mo(messages(source)))
        draft.replace(target)
    return into


def messages(source: Path) -> dict[str, str]:
    """Key to text, both as gettext stores them: context and plurals joined in, unfinished entries left out."""
    found = {}
    for entry in _entries(source):
        texts = [text for keyword, text in entry.items() if keyword.startswith("msgstr")]
        if not all(texts):
            continue
        context = [entry["msgctxt"], "\4"] if "msgctxt" in entry else []
        plural = ["\0", entry["msgid_plural"]] if "msgid_plural" in entry else []
        found["".join([*context, entry["msgid"], *plural])] = "\0".join(texts)
    return found


def to_mo(texts: dict[str, str]) -> bytes:
    """The bytes of a `.mo` file with these texts."""
    pairs = sorted((key.encode(), text.encode()) for key, text in texts.items())
    tables = 7 * 4  # bytes: the header's length, and so where the first table starts
    data = tables + 2 * 8 * len(pairs)
    places, body = [], bytearray()
    for text in [key for key, _ in pairs] + [text for _, text in pairs]:
        places += [len(text), data + len(body)]
        body += text + b"\0"
    header = struct.pack("<7I", MAGIC, 0, len(pairs), tables, tables + 8 * len(pairs), 0, data)
    return header + struct.pack(f"<{len(places)}I", *places) + body


def _entries(source: Path) -> Iterator[Entry]:
    """The entries of a `.po` file, without the obsolete and, the header apart, the fuzzy."""
    entry: Entry = {}
    keyword, fuzzy = "", False
    for number, line in enumerate(source.read_text(encoding="utf-8-sig").splitlines(), 1):
        line = line.strip()
        if keyword.startswith("msgstr") and line.startswith(("#", "msgctxt", "msgid ")):
            if not fuzzy or not entry["msgid"]:
                yield entry
            entry, keyword, fuzzy = {}, "", False
        if not line or line.startswith("#"):
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
            continue
        new_keyword, text = _parsed(line, f"{source}, line {number}")
        keyword = new_keyword or keyword
        entry[keyword] = entry.get(keyword, "") + text
    if keyword.startswith("msgstr") and (not fuzzy or not entry["msgid"]):
        yield entry


def _parsed(line: str, where: str) -> tuple[str, str]:
    """The line's keyword ("" where it goes on with the one before) and its text, unescaped."""
    match = LINE.fullmatch(line)
    if match is None:
        raise ValueError(f"{where}: not a line of a catalogue: {line}")
    try:
        return match[1] or "", ast.literal_eval(match[2])
    except (SyntaxError, ValueError):
        raise ValueError(f"{where}: the text is not quoted rightly: {line}") from None
