"""Pictures and files, with what editors need beside Wagtail's own fields."""

from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as StockDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as StockImage

from cms.core.traces import without_traces


def _uploader() -> models.ForeignKey:
    """Wagtail's field without a reverse name: our models' and the stock ones' would clash, as those of the tags do."""
    field = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by user"),
    )
    field.wagtail_reference_index_ignore = True
    return field


class Image(AbstractImage):
    """A picture. Wagtail's `description` is its text alternative wherever an editor gives no other."""

    credit = models.CharField(
        _("credit"), max_length=255, blank=True, help_text=_("Who made the picture, shown beside its caption.")
    )

    uploaded_by_user = _uploader()
    tags = TaggableManager(blank=True, help_text=None, verbose_name=_("tags"), related_name="tagged_images")

    admin_form_fields = (*StockImage.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep a new file without what it tells of place, author and device, however it came here."""
        if self.file and not self.file._committed:
            self._set_image_file_metadata()
        super().save(*args, **kwargs)

    def _set_image_file_metadata(self) -> None:
        """Clean the file first: size and hash, by which Wagtail finds doubles, are those of what is kept."""
        self.file.open()
        data = self.file.read()
        if (clean := without_traces(data)) != data:
            if self.file._committed:  # stored by an upload of several that lacked something else
                self.file.storage.delete(self.file.name)
            self.file = ContentFile(clean, PurePath(self.file.name).name)
        super()._set_image_file_metadata()


class Rendition(AbstractRendition):
    """A picture cut and scaled for one use."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class Document(AbstractDocument):
    """A file to download."""

    uploaded_by_user = _uploader()
    tags = TaggableManager(blank=True, help_text=None, verbose_name=_("tags"), related_name="tagged_documents")

    admin_form_fields = StockDocument.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]
