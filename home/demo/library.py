"""The demo content's pictures and files, put into the site's library when a page first needs them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import models
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.utils.file import hash_filelike

from home.demo.content import Medium

CREDIT = "Trang"

Stored = TypeVar("Stored", bound=models.Model)


class Library(Mapping[str, int]):
    """Ids by name. What the library holds already, whatever its title by now, is used as it is."""

    def __init__(self, model: type[models.Model], media: Mapping[str, Medium]) -> None:
        self.model, self.media = model, media
        self.ids: dict[str, int] = {}
        self.made: list[models.Model] = []

    def __getitem__(self, name: str) -> int:
        if name not in self.ids:
            self.ids[name] = self._find_or_make(self.media[name])
        return self.ids[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.media)

    def __len__(self) -> int:
        return len(self.media)

    def _find_or_make(self, medium: Medium) -> int:
        with medium.path.open("rb") as stream:
            digest = hash_filelike(stream)
            if found := self.model.objects.filter(file_hash=digest).values_list("pk", flat=True).first():
                return found
            item = self.model(title=medium.title, file=File(stream, name=medium.path.name))
            item.file_hash, item.file_size = digest, medium.path.stat().st_size
            if medium.alt:
                item.description, item.credit = medium.alt, CREDIT
            item.save()
        self.made.append(item)
        return item.pk

    def add(self, title: str, name: str, data: bytes) -> int:
        """The id of a file that is made, not read."""
        file = ContentFile(data, name)
        digest = hash_filelike(file)
        if found := self.model.objects.filter(file_hash=digest).values_list("pk", flat=True).first():
            return found
        item = self.model(title=title, file=file, file_hash=digest, file_size=len(data))
        item.save()
        self.made.append(item)
        return item.pk

    def remove_files(self) -> None:
        """Take the files away again whose rows a rolled-back transaction took."""
        for item in self.made:
            item.file.delete(save=False)


@contextmanager
def libraries(pictures: Mapping[str, Medium], files: Mapping[str, Medium]) -> Iterator[tuple[Library, Library]]:
    """Libraries of pictures and of files; when the work within fails, no file of it stays behind."""
    made = Library(get_image_model(), pictures), Library(get_document_model(), files)
    try:
        yield made
    except BaseException:
        for library in made:
            library.remove_files()
        raise
