"""The list of imports, and a new one: files for a section."""

from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from wagtail.admin import messages
from wagtail.models import Page

from cms.imports import files, jobs
from cms.imports.access import imports_for, may_import, sections_of
from cms.imports.desk.base import Desk, ForImporters
from cms.imports.models import Import
from cms.imports.uploads import Incoming
from cms.news.models import NewsIndexPage

_IMPORTS_A_PAGE = 30


class Imports(ForImporters, Desk):
    """The imports that the user may see, the newest first."""

    page_title = gettext_lazy("Imports of old pages")
    template_name = "imports/index.html"

    def crumbs(self) -> list[dict[str, Any]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        imports = imports_for(self.request.user).select_related("user")
        pages = Paginator(imports, _IMPORTS_A_PAGE)
        shown = pages.get_page(self.request.GET.get("p"))
        elided = pages.get_elided_page_range(shown.number)
        return super().get_context_data(**kwargs) | {"items": shown, "elided_page_range": elided}


class SectionField(forms.ModelChoiceField):
    """A section to choose, with those that it stands in."""

    def label_from_instance(self, section: Page) -> str:
        return path_of(section)


def path_of(section: Page) -> str:
    """`Trường Vân Sơn › Tin tức`: without the home page."""
    above = section.get_ancestors(inclusive=True).filter(depth__gt=2).values_list("title", flat=True)
    return " › ".join(above) or section.title


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class UploadForm(forms.Form):
    """The files themselves are taken in before the form is looked at; see `Incoming`."""

    section = SectionField(NewsIndexPage.objects.none(), label=gettext_lazy("Section"), empty_label=None)
    overwrite = forms.BooleanField(
        label=gettext_lazy("Replace pages that were edited since an earlier import"), required=False
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = sections_of(user)
        self.fields["section"].help_text = _("Pages go into this section unless theirs is mapped to another.")


@csrf_exempt  # until the files have somewhere to go; see `_checked`
@transaction.non_atomic_requests  # nobody waits for the database while files come in
def add(request: HttpRequest) -> HttpResponseBase:
    """The form for a new import, and its files."""
    if not may_import(request.user):
        raise PermissionDenied
    incoming = Incoming(request)
    request.upload_handlers = [incoming]
    try:
        return _checked(request, incoming=incoming)
    finally:
        incoming.clean_up()


@csrf_protect
def _checked(request: HttpRequest, incoming: Incoming) -> HttpResponseBase:
    return Add.as_view()(request, incoming=incoming)


class Add(ForImporters, Desk):
    """Takes the files over."""

    page_title = gettext_lazy("New import")
    template_name = "imports/add.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.get("form") or UploadForm(user=self.request.user)
        return super().get_context_data(**kwargs) | {"form": form, "max_file": settings.IMPORT_MAX_FILE}

    def post(self, request: HttpRequest, incoming: Incoming, **kwargs: Any) -> HttpResponse:
        form = UploadForm(request.POST, user=request.user)
        taken = request.FILES.getlist("files")
        if not taken:
            reasons = [f"{name}: {reason}" for name, reason in incoming.refused.items()]
            form.add_error(None, reasons or _("Choose at least one file."))
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            importing = self._made(form, taken, incoming.refused)
        except OSError as error:
            form.add_error(None, _("The files could not be kept: %(reason)s") % {"reason": error.strerror})
            return self.render_to_response(self.get_context_data(form=form))
        for name, reason in incoming.refused.items():
            messages.warning(request, f"{name}: {reason}")
        return redirect("imports:detail", importing.pk)

    def _made(self, form: UploadForm, taken: list[Any], refused: dict[str, str]) -> Import:
        section = form.cleaned_data["section"]
        importing = Import(
            user=self.request.user,
            started_by=self.request.user,
            section=section,
            section_title=section.title,
            overwrite=form.cleaned_data["overwrite"],
            refused=refused,
        )
        try:
            for file in taken:
                files.keep(importing, Path(file.file.name), file.name)
            with transaction.atomic():
                importing.save()
                jobs.begin(importing)
        except BaseException:
            files.remove_folder(importing)
            raise
        return importing
