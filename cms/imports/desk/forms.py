"""What an editor may say of a page before it comes in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from cms.core.importing.corrections import Corrections, captions_of
from cms.core.importing.header import MAX_TITLE
from cms.core.importing.values import ImportedAuthor, Part
from cms.imports.access import sections_of
from cms.imports.desk.starting import SectionField

if TYPE_CHECKING:
    from cms.imports.desk.preview import Understood

_MORE_AUTHORS = 1  # empty rows
_MAX_TEXT = 255
_MAX_CAPTION = 500


class Moment(forms.DateTimeInput):
    """A day and a time, by the browser's own calendar."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


@dataclass(frozen=True)
class Field:
    """One or two fields that belong together; of a caption also the place of its block."""

    fields: list[forms.BoundField]
    doubts: list[str]
    block: int | None = None


class PageForm(forms.Form):
    """Title, date, byline, captions and section of a page, as they were understood or corrected before.

    Who saves it has looked at the page: what was doubtful is given as it stands in the form.
    """

    def __init__(self, *args: Any, understood: "Understood", user: Any, section: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._reading, article, self._given = understood.reading, understood.article, understood.corrections
        self._article = article
        self.doubts = understood.doubts
        self.fields["title"] = forms.CharField(
            label=_("Title"), max_length=MAX_TITLE, initial=article.title, widget=forms.Textarea({"rows": 2})
        )
        self.fields["published_at"] = forms.DateTimeField(
            label=_("Date of publication"), initial=article.published_at, widget=Moment()
        )
        for number in range(len(article.authors) + _MORE_AUTHORS):
            author = article.authors[number] if number < len(article.authors) else ImportedAuthor("")
            self._add_text(f"author-{number}-name", _("Author %(number)d") % {"number": number + 1}, author.name)
            self._add_text(f"author-{number}-post", _("Post"), author.post)
        for place, block in captions_of(self._reading.article).items():
            given = self._given.captions.get(place, block.text)
            self._add_text(f"caption-{place}", _("Caption"), given, _MAX_CAPTION, forms.Textarea({"rows": 2}))
        self.fields["section"] = SectionField(
            sections_of(user),
            label=_("Section"),
            initial=self._given.section,
            required=False,
            empty_label=_("– where everything goes: %(title)s –") % {"title": section},
        )
        self.fields["skip"] = forms.BooleanField(
            label=_("Leave this page out"), initial=self._given.skip, required=False
        )

    def _add_text(self, name: str, label: str, text: str, most: int = _MAX_TEXT, widget: Any = None) -> None:
        self.fields[name] = forms.CharField(
            label=label, max_length=most, initial=text, required=False, widget=widget or forms.TextInput()
        )

    def clean_title(self) -> str:
        title = self.cleaned_data["title"]
        if not any(map(str.isalnum, title)):
            raise forms.ValidationError(_("A title has letters."))
        return title

    def doubts_about(self, part: Part, block: int | None = None) -> list[str]:
        """What is doubtful about one part of the page."""
        return [str(doubt) for doubt in self.doubts if doubt.part is part and doubt.block == block]

    @property
    def authors(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of name and post, author by author."""
        names = [name for name in self.fields if name.startswith("author-") and name.endswith("-name")]
        return [(self[name], self[name.replace("-name", "-post")]) for name in names]

    @property
    def parts(self) -> list[Field]:
        """The fields in the order of the page, each with what is doubtful about it."""
        byline = self.doubts_about(Part.BYLINE)
        captions = captions_of(self._reading.article)
        return [
            Field([self["title"]], self.doubts_about(Part.TITLE)),
            Field([self["published_at"]], self.doubts_about(Part.DATE)),
            *(Field(list(pair), [] if number else byline) for number, pair in enumerate(self.authors)),
            *(Field([self[f"caption-{place}"]], self.doubts_about(Part.CAPTION, place), place) for place in captions),
            Field([self["section"]], self.doubts_about(Part.SECTION)),
            Field([self["skip"]], self.doubts_about(Part.TEXT)),
        ]

    def corrections(self) -> Corrections:
        """What differs from what was understood, and what was doubtful."""
        values, understood = self.cleaned_data, self._reading.article
        title, moment, authors = " ".join(values["title"].split()), self._moment(), tuple(self._authors())
        captions = {
            place: values[f"caption-{place}"]
            for place, block in captions_of(understood).items()
            if values[f"caption-{place}"] != block.text or self.doubts_about(Part.CAPTION, place)
        }
        section = values["section"]
        return Corrections(
            title=title if title != understood.title or self.doubts_about(Part.TITLE) else None,
            published_at=moment if moment != understood.published_at or self.doubts_about(Part.DATE) else None,
            authors=authors if authors != understood.authors or self.doubts_about(Part.BYLINE) else None,
            captions=captions,
            section=section and section.pk,
            skip=values["skip"],
        )

    def _moment(self) -> datetime:
        """With the seconds that the field does not show, if nothing else was changed."""
        given, understood = self.cleaned_data["published_at"], self._article.published_at
        return understood if understood and understood.replace(second=0, microsecond=0) == given else given

    def _authors(self) -> Iterator[ImportedAuthor]:
        for name, post in self.authors:
            if text := self.cleaned_data[name.name]:
                yield ImportedAuthor(text, self.cleaned_data[post.name])
