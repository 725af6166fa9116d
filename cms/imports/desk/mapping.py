"""Which column of a table holds what, and into which of our sections those of the old portal go."""

from typing import Any

from django import forms
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from cms.core.importing import tables
from cms.core.importing.columns import mapped
from cms.core.importing.values import Unreadable
from cms.imports import jobs, reading
from cms.imports.access import sections_of
from cms.imports.desk.base import ImportDesk
from cms.imports.desk.starting import SectionField
from cms.imports.models import Import

State = Import.State


LABELS = {
    "title": gettext_lazy("Title"),
    "date": gettext_lazy("Date of publication"),
    "text": gettext_lazy("Text"),
    "html": gettext_lazy("Text as HTML"),
    "authors": gettext_lazy("Authors"),
    "section": gettext_lazy("Section"),
    "summary": gettext_lazy("Summary"),
    "url": gettext_lazy("Old address"),
    "reads": gettext_lazy("Reads"),
    "source": gettext_lazy("Source"),
    "tags": gettext_lazy("Tags"),
}


class ColumnsForm(forms.Form):
    """A choice of column for each field that a page has."""

    def __init__(self, *args: Any, importing: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._importing = importing
        columns = _columns(importing)
        known = importing.columns or tables.guess(columns)
        for field, label in LABELS.items():
            self.fields[field] = forms.ChoiceField(
                label=label,
                choices=[("", _("– none –")), *((column, column) for column in columns)],
                initial=known.get(field, ""),
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        for path in reading.tables_of(self._importing):
            try:
                mapped(tables.columns_of(path), self.cleaned_data)
            except Unreadable as problem:
                raise forms.ValidationError(f"{path.name}: {problem}") from problem
        return self.cleaned_data


def _columns(importing: Import) -> list[str]:
    """The columns of all its tables, each once."""
    found: dict[str, None] = {}
    for path in reading.tables_of(importing):
        try:
            found |= dict.fromkeys(tables.columns_of(path))
        except Unreadable:
            continue
    return list(found)


class Mapping(ImportDesk):
    """A form that may be filled in as long as nothing has been brought in that it is about."""

    states: tuple[State, ...]
    form: forms.Form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"form": self.form}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.importing.state not in self.states:
            messages.error(request, _("That can be changed only before the import."))
        elif self.form.is_valid():
            self.save()
        else:
            return self.render_to_response(self.get_context_data())
        return redirect("imports:detail", self.importing.pk)


class Columns(Mapping):
    page_title = gettext_lazy("Columns of the tables")
    template_name = "imports/columns.html"
    states = (State.COLUMNS, State.READY)

    @cached_property
    def form(self) -> ColumnsForm:
        data = self.request.POST if self.request.method == "POST" else None
        return ColumnsForm(data, importing=self.importing)

    def save(self) -> None:
        """Everything is read anew."""
        self.importing.columns = self.form.cleaned_data
        self.importing.save(update_fields=["columns"])
        jobs.start(self.importing, State.READING, self.request.user)


class SectionsForm(forms.Form):
    """A section of ours, among those that the user may publish in, for each of the old portal's."""

    def __init__(self, *args: Any, importing: Import, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = old_sections(importing)
        for number, (name, count) in enumerate(self.names):
            self.fields[f"section-{number}"] = SectionField(
                sections_of(user),
                label=_("%(name)s (%(count)d pages)") % {"name": name, "count": count},
                initial=importing.sections.get(name),
                empty_label=_("– where everything goes: %(title)s –") % {"title": importing.section_title},
                required=False,
            )

    @property
    def mapping(self) -> dict[str, int]:
        chosen = ((name, self.cleaned_data[f"section-{number}"]) for number, (name, _count) in enumerate(self.names))
        return {name: section.pk for name, section in chosen if section}


def old_sections(importing: Import) -> list[tuple[str, int]]:
    """What pages say of the section that they stood in, with the number of those pages; the most frequent first."""
    named = importing.pages.exclude(old_section="").order_by().values_list("old_section")
    return list(named.annotate(count=Count("pk")).order_by("-count", "old_section"))


class Sections(Mapping):
    page_title = gettext_lazy("Sections of the old portal")
    template_name = "imports/sections.html"
    states = (State.READY, State.STOPPED)

    @cached_property
    def form(self) -> SectionsForm:
        data = self.request.POST if self.request.method == "POST" else None
        return SectionsForm(data, importing=self.importing, user=self.request.user)

    def save(self) -> None:
        self.importing.sections = self.form.mapping
        self.importing.save(update_fields=["sections"])
        messages.success(self.request, _("Saved."))
