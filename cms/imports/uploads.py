"""Takes uploaded files in: straight to the disk, each refused by itself as soon as it is known to be too large."""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cms.imports import files


class Incoming(FileUploadHandler):
    """Writes each file below IMPORTS_DIR. `refused` names the files that were not taken, and why; they leave nothing.

    What is refused is still read from the network, as the files behind it stand in the same stream.
    """

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.refused: dict[str, str] = {}
        self._taken: list[Path] = []
        self._open: Any = None  # the file that is coming in; none while one is passed over

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if problem := files.problem_with_name(self.file_name):
            self.refused[self.file_name] = problem
            raise SkipFile
        self._open = tempfile.NamedTemporaryFile(dir=files.incoming(), delete=False)  # noqa: SIM115 (closed below)
        self._taken.append(Path(self._open.name))
        self._size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._size += len(raw_data)
        if self._size > settings.IMPORT_MAX_FILE * 1024**2:
            self.refused[self.file_name] = _("larger than %(limit)d MB") % {"limit": settings.IMPORT_MAX_FILE}
            self._drop()
            raise SkipFile
        self._open.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        file, self._open = self._open, None
        file.close()
        return UploadedFile(file, self.file_name, self.content_type, file_size, self.charset)

    def upload_interrupted(self) -> None:
        if self._open is not None:
            self._drop()

    def clean_up(self) -> None:
        """Throw away what nobody has taken over."""
        for path in self._taken:
            path.unlink(missing_ok=True)

    def _drop(self) -> None:
        self._open.close()
        Path(self._open.name).unlink()
        self._open = None
