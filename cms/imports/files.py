"""The files of imports: private, below IMPORTS_DIR, a folder for each; thrown away when nobody needs them any more."""

import shutil
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.importing import archives
from cms.core.importing.html import FILES
from cms.core.importing.media import PICTURES
from cms.core.importing.readers import reader_for
from cms.core.importing.values import Unreadable
from cms.imports.models import Import, ImportPage

ARCHIVE = ".zip"
TAKEN_OUT = ".taken-out"  # a folder of pictures that lay inside Word files
_MAX_NAME = 60  # characters; with accents up to three bytes each, of 255 that a name may have
_INCOMING_FOR = timedelta(days=1)  # after which an upload that was broken off is thrown away


def incoming() -> Path:
    """Where files are written while they come in; on the same disk as where they stay."""
    folder = Path(settings.IMPORTS_DIR) / "incoming"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def problem_with_name(name: str) -> str:
    """Why a file of this name is not taken; empty if it is. What is in it is looked at later."""
    suffix = PurePosixPath(name.lower()).suffix
    if reader_for(Path(name)) is None and suffix not in PICTURES | FILES:
        return _("files of this kind are not taken: %(kind)s") % {"kind": suffix or name}
    return ""


def keep(importing: Import, path: Path, name: str) -> None:
    """Move an uploaded file to its import, under its own name as far as that can be one."""
    importing.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.replace(_free(importing.folder / _plain(name)))


def unpack(importing: Import) -> None:
    """Make a folder of each archive, and note what was refused of it. Broken off, it goes on where it stopped.

    A folder has its archive's name.
    """
    for path in sorted(importing.folder.glob("*")):
        if path.is_file() and path.suffix.lower() == ARCHIVE:
            draft = path.with_name(f".{path.name}.unpacking")
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir(mode=0o700)
            note_refused(importing, _unpack(path, draft))  # first: after the renaming nobody comes here again
            path.unlink()
            draft.rename(path)


def _unpack(path: Path, folder: Path) -> dict[str, str]:
    try:
        refused = archives.unpack(path, folder)
    except Unreadable as problem:
        shutil.rmtree(folder)
        folder.mkdir()  # nothing of it stays
        return {path.name: str(problem)}
    return {f"{path.name}/{name}": reason for name, reason in refused.items()}


def note_refused(importing: Import, refused: Mapping[str, str]) -> None:
    """Add to what was refused of the import, for its report."""
    importing.refused |= refused
    importing.save(update_fields=["refused"])


def remove_folder(importing: Import) -> None:
    """Throw the import's files away."""
    shutil.rmtree(importing.folder, ignore_errors=True)


def remove(importing: Import) -> None:
    """Throw the import's files away, and what was read of them; the report stays."""
    remove_folder(importing)
    Import.objects.filter(pk=importing.pk).update(files_removed_at=timezone.now())
    ImportPage.objects.filter(of=importing).update(article=None, is_doubtful=False)


def forget_old() -> None:
    """Throw away the files of imports that have been at rest for IMPORT_FILES_DAYS, and uploads that never ended."""
    now = timezone.now()
    old = now - timedelta(days=settings.IMPORT_FILES_DAYS)
    for importing in Import.objects.filter(state__in=Import.RESTING, changed_at__lt=old, files_removed_at=None):
        remove(importing)
    for path in incoming().glob("*"):
        with suppress(FileNotFoundError):  # taken over by its request just now
            if path.stat().st_mtime < (now - _INCOMING_FOR).timestamp():
                path.unlink()


def _plain(name: str) -> str:
    """The name without folders, control characters and dots in front; else as pages that show the picture write it."""
    own = "".join(filter(str.isprintable, PurePosixPath(name.replace("\\", "/")).name)).lstrip(".") or "tep"
    path = PurePosixPath(own)
    return path.stem[:_MAX_NAME] + path.suffix[:_MAX_NAME]


def _free(path: Path) -> Path:
    """The path, or one with a number that nothing else has."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free
