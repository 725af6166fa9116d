"""What editors compose a page of. What a block contributes to search follows from its fields: see `cms.core.text`."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.template.defaultfilters import linebreaks
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.table_block.blocks import TableBlock as StockTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import RichText

from cms.core import pictures, tables
from cms.core.figures import figure
from cms.core.files import files_list
from cms.core.models.media import Document
from cms.core.rich_text import paragraphs
from cms.core.rows import by_id
from cms.core.videos import PROVIDERS, player_address
from cms.core.visibility import open_files

TEXT_FEATURES = ["bold", "italic", "superscript", "subscript", "ol", "ul", "link", "document-link", "hr"]


class ImageBlock(ImageChooserBlock):
    """A chooser of pictures that fetches them with the sizes made of them: thirty cost no more queries than one."""

    def bulk_to_python(self, values: Any) -> list[Any]:
        found = pictures.fetch(values)
        return [found.get(value) for value in values]


class FileBlock(DocumentChooserBlock):
    """A chooser of files."""

    def bulk_to_python(self, values: Any) -> list[Any]:
        found = by_id(Document, {value for value in values if value is not None})
        return [found.get(value) for value in values]


class HeadingBlock(blocks.StructBlock):
    """A heading inside the page, whose title is level 1."""

    text = blocks.CharBlock(label=_("Heading"), max_length=250)
    level = blocks.ChoiceBlock(
        label=_("Level"), choices=[("2", _("Large")), ("3", _("Middle")), ("4", _("Small"))], default="2"
    )

    def render(self, value: Any, context: Any = None) -> SafeString:
        level = value["level"] if value["level"] in ("3", "4") else "2"
        return format_html("<h{0}>{1}</h{0}>", level, value["text"])

    class Meta:
        icon = "title"
        label = _("Heading")


class TextBlock(blocks.RichTextBlock):
    """Paragraphs and lists."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": TEXT_FEATURES, **kwargs})

    def to_python(self, value: str | None) -> RichText:
        return paragraphs([value])[0]

    def bulk_to_python(self, values: Iterable[str | None]) -> list[RichText]:
        return list(paragraphs(values))

    def render(self, value: RichText, context: Any = None) -> SafeString:
        return format_html('<div class="text">{}</div>', value)

    class Meta:
        icon = "pilcrow"
        label = _("Text")


class PictureBlock(blocks.StructBlock):
    """A picture with its text alternative, caption and credit."""

    image = ImageBlock(label=_("Picture"))
    alt_text = blocks.CharBlock(
        label=_("Text alternative"),
        max_length=255,
        required=False,
        help_text=_("What the picture shows, for those who cannot see it. Left empty: the picture's own description."),
    )
    caption = blocks.CharBlock(label=_("Caption"), max_length=500, required=False)
    credit = blocks.CharBlock(
        label=_("Credit"),
        max_length=255,
        required=False,
        help_text=_("Who made the picture. Left empty: the picture's own credit."),
    )

    def clean(self, value: Any) -> Any:
        """Take what is left empty from the picture; refuse a picture that nobody has described."""
        cleaned = super().clean(value)
        if (image := cleaned["image"]) is not None:
            cleaned["alt_text"] = cleaned["alt_text"] or image.description
            cleaned["credit"] = cleaned["credit"] or image.credit
            if not (cleaned["alt_text"] or self.is_deferred_validation):
                problem = ValidationError(_("Say what the picture shows, for readers who cannot see it."))
                raise StructBlockValidationError(block_errors={"alt_text": problem})
        return cleaned

    def render(self, value: Any, context: Any = None) -> SafeString:
        """The picture, if everybody may see it."""
        image = value["image"]
        if not image or not open_files([image]):
            return SafeString()
        texts = {"alt": value["alt_text"], "caption": value["caption"], "credit": value["credit"]}
        return figure(image, **{name: text or "" for name, text in texts.items()})

    class Meta:
        icon = "image"
        label = _("Picture")


class GalleryBlock(blocks.StructBlock):
    """Pictures side by side."""

    pictures = blocks.ListBlock(PictureBlock(), label=_("Pictures"), min_num=1)

    class Meta:
        icon = "image"
        label = _("Gallery")
        template = "blocks/gallery.html"


class QuoteBlock(blocks.StructBlock):
    """A quotation and who said it."""

    text = blocks.TextBlock(label=_("Quotation"))
    who = blocks.CharBlock(label=_("Who said it"), max_length=255, required=False)

    def render(self, value: Any, context: Any = None) -> SafeString:
        who = format_html("<figcaption>{}</figcaption>", value["who"]) if value["who"] else ""
        text = linebreaks(value["text"] or "", autoescape=True)
        return format_html('<figure class="quote"><blockquote>{}</blockquote>{}</figure>', text, who)

    class Meta:
        icon = "openquote"
        label = _("Quotation")


class TableBlock(StockTableBlock):
    """A table; wider than a phone, it scrolls by itself."""

    def render(self, value: Any, context: Any = None) -> SafeString:
        return tables.as_html(value or {})

    def get_table_options(self, table_options: Any = None) -> dict[str, Any]:
        """Wagtail's, in the one language that its spreadsheet has: it complains of Vietnamese in the console."""
        return {**super().get_table_options(table_options), "language": "en-US"}

    class Meta:
        icon = "table"
        label = _("Table")


class FilesBlock(blocks.StructBlock):
    """Files to download."""

    title = blocks.CharBlock(label=_("Title"), max_length=250, required=False)
    files = blocks.ListBlock(FileBlock(label=_("File")), label=_("Files"), min_num=1)

    def render(self, value: Any, context: Any = None) -> SafeString:
        """Those that anybody may download; of the others not even the titles are for everybody."""
        return files_list(value["title"] or "", open_files(file for file in value["files"] if file))

    class Meta:
        icon = "doc-full"
        label = _("Attached files")


class VideoBlock(blocks.StructBlock):
    """A video of a provider's. Until a reader asks for it, the page shows a still and the provider learns nothing."""

    url = blocks.URLBlock(
        label=_("Address of the video"), help_text=format_lazy(_("From {providers}."), providers=PROVIDERS)
    )
    title = blocks.CharBlock(label=_("Title"), max_length=250)
    still = ImageBlock(label=_("Still picture"), help_text=_("Shown until the reader starts the video."))

    def clean(self, value: Any) -> Any:
        """Refuse an address that no known player shows."""
        cleaned = super().clean(value)
        if cleaned["url"] and not player_address(cleaned["url"]):
            problem = ValidationError(
                _("Give the address of one video on %(providers)s."), params={"providers": PROVIDERS}
            )
            raise StructBlockValidationError(block_errors={"url": problem})
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add `player`, the address of the provider's player."""
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "player": player_address(value["url"])}

    class Meta:
        icon = "media"
        label = _("Video")
        template = "blocks/video.html"


class HighlightBlock(blocks.StructBlock):
    """A box that stands out."""

    title = blocks.CharBlock(label=_("Title"), max_length=250, required=False)
    text = TextBlock()

    class Meta:
        icon = "info-circle"
        label = _("Highlight box")
        template = "blocks/highlight.html"


class BodyBlock(blocks.StreamBlock):
    """The body of a page."""

    text = TextBlock()
    heading = HeadingBlock()
    picture = PictureBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    table = TableBlock()
    files = FilesBlock()
    video = VideoBlock()
    highlight = HighlightBlock()

    def render_basic(self, value: Any, context: Any = None) -> SafeString:
        """As Wagtail does, without a copy of the context for each of dozens of blocks."""
        parts = ((child.block.name, child.block.render(child.value, context)) for child in value)
        shown = (f'<div class="w-block-{name} block-{name}">{part}</div>' for name, part in parts)
        return mark_safe("\n".join(shown))  # noqa: S308 (blocks escape what they show)
