"""What serializers of content share: sparse fields, links, pictures, files, and rows that belong to a page."""

from collections.abc import Collection, Iterable
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.content import selection
from api.content.pictures import FORMATS, SIZES
from api.content.related import Link, Related


class Sparse(serializers.Serializer[Any]):
    """A thing of whose fields a caller may want only some: in the schema none is required but the `id`."""

    is_whole = True  # until fields are taken out of it

    def get_fields(self) -> dict[str, serializers.Field]:
        fields = super().get_fields()
        for name, field in fields.items():
            field.required = name == selection.ALWAYS
        return fields

    @property
    def related(self) -> Related:
        return self.context["related"]

    def collect(self, values: list[Any]) -> None:
        """Say what will be shown of these values, so that it can be fetched for all of them at once."""
        for field in self.fields.values():
            if collect := getattr(field, "collect", None):
                collect([got for value in values if (got := field.get_attribute(value)) is not None])


class Plain(Sparse):
    """A thing whose value is what is shown already (`api.content.related` makes it): as a whole it passes through.

    Going through it field by field took half the time of a list with covers.
    """

    def to_representation(self, instance: Any) -> Any:
        return instance if self.is_whole else super().to_representation(instance)


class LinkSerializer(Plain):
    """A page that is named elsewhere, from its id; null (and in lists left out) where it is not public.

    With `above` it comes from a place in the tree: the nearest page above it, of one of these types if any are named.
    """

    id = serializers.IntegerField()
    type = serializers.CharField(help_text="The kind of page, such as `article`.")
    title = serializers.CharField(help_text="Plain text.")
    url = serializers.URLField(help_text="The page on the site.")
    api_url = serializers.URLField(help_text="The page in this API.")

    def __init__(self, *args: Any, above: Collection[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._above = above

    def collect(self, values: list[Any]) -> None:
        want = self.related.want_pages if self._above is None else self.related.want_above
        want(values)

    def to_representation(self, instance: Any) -> Any:
        link = self.related.link(instance) if self._above is None else self._nearest(instance)
        return None if link is None else super().to_representation(link)

    def _nearest(self, path: str) -> Link | None:
        above = reversed(self.related.above(path))
        return next((link for link in above if not self._above or link["type"] in self._above), None)


class AncestorsSerializer(serializers.ListSerializer[Any]):
    """The public pages above a place, from the home page down."""

    child: Any

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"child": LinkSerializer(), **kwargs})

    def collect(self, values: list[Any]) -> None:
        self.context["related"].want_above(values)

    def to_representation(self, data: Any) -> list[Any]:
        return [self.child.to_representation(link["id"]) for link in self.context["related"].above(data)]


class SizeSerializer(Plain):
    """A size of a picture; the formats show the same."""

    width = serializers.IntegerField(help_text="Pixels.")
    height = serializers.IntegerField(help_text="Pixels.")

    def get_fields(self) -> dict[str, serializers.Field]:
        texts = {"avif": "AVIF, the smallest.", "webp": "WebP.", "fallback": "JPEG, which every program shows."}
        formats = {kind: serializers.URLField(required=False, help_text=texts[kind]) for kind in FORMATS}
        return super().get_fields() | formats


class SizesSerializer(Plain):
    """The sizes of a picture. An address may lead on to another (302) the first time that it is asked for."""

    def get_fields(self) -> dict[str, serializers.Field]:
        return {name: SizeSerializer(required=False) for name in SIZES}


class FocalPointSerializer(Plain):
    """The middle of what matters, as shares of width and height: what must stay when the picture is cut."""

    x = serializers.FloatField(min_value=0, max_value=1)
    y = serializers.FloatField(min_value=0, max_value=1)


class PictureSerializer(Plain):
    """A picture, from its id."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    alt = serializers.CharField(help_text="What the picture shows, for those who cannot see it; may be empty.")
    credit = serializers.CharField(help_text="Who made the picture.")
    width = serializers.IntegerField(help_text="Pixels, of the original.")
    height = serializers.IntegerField(help_text="Pixels, of the original.")
    focal_point = FocalPointSerializer(allow_null=True)
    created_at = serializers.DateTimeField()
    api_url = serializers.URLField(help_text="The picture in this API.")
    renditions = SizesSerializer()

    def collect(self, values: list[Any]) -> None:
        self.related.want_images(values)

    def to_representation(self, instance: Any) -> Any:
        image = self.related.image(instance)
        return None if image is None else super().to_representation(image)


class FileSerializer(Plain):
    """A file to download, from its id."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    url = serializers.URLField(help_text="The file itself.")
    api_url = serializers.URLField(help_text="The file in this API.")
    filename = serializers.CharField()
    extension = serializers.CharField(help_text="In small letters, without the dot, such as `pdf`.")
    content_type = serializers.CharField(help_text="The media type, such as `application/pdf`.")
    size = serializers.IntegerField(allow_null=True, help_text="Bytes, where known.")
    created_at = serializers.DateTimeField()

    def collect(self, values: list[Any]) -> None:
        self.related.want_files(values)

    def to_representation(self, instance: Any) -> Any:
        file = self.related.file(instance)
        return None if file is None else super().to_representation(file)


class Rows(serializers.ListSerializer[Any]):
    """The rows of another table that belong to pages, as `of=(model, key)` says, from the page's id.

    `order` is theirs among themselves, `also` names what is fetched along with them; `show` is the attribute of a row
    that the child shows, "" for the row itself. A child that shows nothing of a row leaves it out.
    """

    child: Any

    def __init__(
        self,
        child: Any,
        of: tuple[Any, str],
        order: Iterable[Any] = ("sort_order", "pk"),
        also: Iterable[str] = (),
        show: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(child=child, source=kwargs.pop("source", "pk"), **kwargs)
        self._of, self._order, self._also, self._show = of, tuple(order), tuple(also), show

    def collect(self, values: list[Any]) -> None:
        related: Related = self.context["related"]
        self._found = related.rows(*self._of, values, self._order, self._also)
        self.child.collect([self._shown(row) for rows in self._found.values() for row in rows])

    def to_representation(self, data: Any) -> list[Any]:
        return [shown for row in self._found.get(data, ()) if (shown := self.child.to_representation(self._shown(row)))]

    def _shown(self, row: Any) -> Any:
        return getattr(row, self._show) if self._show else row


class RowOnPage(Sparse):
    """A row that is left out where the page that it is about (`page_key`) is not public."""

    page_key: ClassVar[str]

    def collect(self, values: list[Any]) -> None:
        super().collect(values)
        self.related.want_pages(key for row in values if (key := getattr(row, self.page_key)))

    def is_shown(self, row: Any) -> bool:
        return self.related.link(getattr(row, self.page_key)) is not None

    def to_representation(self, instance: Any) -> Any:
        return super().to_representation(instance) if self.is_shown(instance) else None


@extend_schema_field({"type": "string", "format": "uri"})
class SiteURLField(serializers.Field):
    """The whole address of a page on the site, from Wagtail's `url_path`."""

    def to_representation(self, value: Any) -> str:
        return self.context["related"].url(value)


@extend_schema_field({"type": "string"})
class SitePathField(serializers.Field):
    """The path of a page on the site, from Wagtail's `url_path`."""

    def to_representation(self, value: Any) -> str:
        return self.context["related"].html_path(value)


@extend_schema_field({"type": "string"})
class TypeField(serializers.Field):
    """The type of a page, from its content type."""

    def to_representation(self, value: Any) -> str:
        return self.context["related"].type_of(value)


@extend_schema_field({"type": "integer"})
class ReadsField(serializers.Field):
    """How often a page was read, from its id."""

    def collect(self, values: list[Any]) -> None:
        self.context["related"].want_reads(values)

    def to_representation(self, value: Any) -> int:
        return self.context["related"].reads(value)
