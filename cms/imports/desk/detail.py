"""One import: how far it is, what can be done with it, and its report."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.core.importing.report import LABELS, Outcome
from cms.imports import files, jobs, report
from cms.imports.access import may_publish_in
from cms.imports.desk.base import ImportDesk, OfImport
from cms.imports.models import Import, ImportPage
from cms.news.models import NewsIndexPage
from search.vietnamese import fold

State = Import.State
_LISTED = 50  # in each part of the report; the downloads have all

# What an import may be told to do, by the states in which it may be.
ACTIONS: Mapping[str, tuple[State, ...]] = {
    "run": (State.READY, State.STOPPED),
    "stop": (State.RUNNING,),
    "undo": (State.STOPPED, State.DONE),
    "forget-files": (State.DONE, State.UNDONE),
    "delete": (State.COLUMNS, State.READY, State.FAILED, State.UNDONE),
}


def progress(importing: Import) -> dict[str, Any]:
    """How far it is: what the page shows and asks for again while something goes on."""
    outcomes = importing.outcomes()
    total, written = sum(outcomes.values()), importing.pages.written()
    done = total - outcomes.get("", 0)
    if importing.state == State.UNDOING:
        total = written.count()
        done = total - importing.pages.to_undo().count()
    return {
        "state": importing.state,
        "label": importing.get_state_display(),
        "is_active": importing.is_active,
        "is_counted": importing.state != State.READING,  # how many there will be is not known before
        "done": done,
        "total": total,
        "counts": {outcome.value: outcomes.get(outcome, 0) for outcome in Outcome},
    }


class Detail(ImportDesk):
    template_name = "imports/detail.html"

    def get_page_title(self) -> str:
        return str(self.importing)

    def crumbs(self) -> list[dict[str, Any]]:
        return super().crumbs()[:-1]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        importing, now = self.importing, progress(self.importing)
        return super().get_context_data(**kwargs) | {
            "progress": now,
            "counts": [(outcome.value, label, now["counts"][outcome]) for outcome, label in LABELS.items()],
            "actions": {name.replace("-", "_"): importing.state in states for name, states in ACTIONS.items()},
            "may_delete": not importing.pages.to_undo().exists(),
            "doubtful": importing.pages.waiting().doubtful().count(),
            "to_check": importing.pages.to_check().count(),
            "checked": importing.pages.to_check().filter(checked_at__isnull=False).count(),
            "has_old_sections": _names_sections(importing),
            "report": self._report(),
        }

    def _report(self) -> dict[str, Any]:
        rows = self.importing.pages.defer("article", "trace")
        return {
            "refused": list(self.importing.refused.items())[:_LISTED],
            "failed": rows.filter(outcome=Outcome.FAILED)[:_LISTED],
            "skipped": rows.filter(outcome=Outcome.SKIPPED)[:_LISTED],
            "doubts": rows.exclude(doubts=[])[:_LISTED],
            "unknown": report.unknown_names(self.importing, _LISTED),
            "kept": rows.filter(undone=ImportPage.Undone.KEPT)[:_LISTED],
            "undone": rows.filter(undone__in=[ImportPage.Undone.DELETED, ImportPage.Undone.RESTORED]).count(),
            "limit": _LISTED,
        }


def _names_sections(importing: Import) -> bool:
    """Whether some page says in which section of the old portal it stood."""
    return importing.pages.exclude(old_section="").exists()


class Progress(OfImport):
    """For the script that keeps the page up to date."""

    def get(self, request: HttpRequest, **kwargs: Any) -> JsonResponse:
        answer = JsonResponse(progress(self.importing))
        answer["Cache-Control"] = "no-store"
        return answer


class Act(OfImport):
    """Runs, stops, undoes or deletes an import. The rights are looked at here and once more by the job."""

    def post(self, request: HttpRequest, action: str, **kwargs: Any) -> HttpResponse:
        importing = self.importing
        if importing.state not in ACTIONS[action]:
            state = {"state": importing.get_state_display()}
            messages.error(request, _("That cannot be done with an import that is: %(state)s.") % state)
            return redirect("imports:detail", importing.pk)
        return getattr(self, f"_{action.replace('-', '_')}")(importing)

    def _run(self, importing: Import) -> HttpResponse:
        if not may_publish_in_all(self.request.user, importing):
            raise PermissionDenied
        jobs.start(importing, State.RUNNING, self.request.user)
        return redirect("imports:detail", importing.pk)

    def _stop(self, importing: Import) -> HttpResponse:
        if jobs.stop(importing):
            messages.success(self.request, _("The import stops after the page in hand. It can be resumed at any time."))
        return redirect("imports:detail", importing.pk)

    def _undo(self, importing: Import) -> HttpResponse:
        jobs.start(importing, State.UNDOING, self.request.user)
        return redirect("imports:detail", importing.pk)

    def _forget_files(self, importing: Import) -> HttpResponse:
        files.remove(importing)
        messages.success(self.request, _("The uploaded files have been deleted. The report stays."))
        return redirect("imports:detail", importing.pk)

    def _delete(self, importing: Import) -> HttpResponse:
        files.remove_folder(importing)
        importing.pages.only("pk").delete()  # without reading all that they hold
        importing.delete()
        messages.success(self.request, _("The import has been deleted."))
        return redirect("imports:index")


def may_publish_in_all(user: Any, importing: Import) -> bool:
    """Whether the user may publish in every section that pages are to go into."""
    corrected = importing.pages.waiting().filter(corrections__has_key="section")
    keys = {*importing.sections.values(), *corrected.values_list("corrections__section", flat=True)}
    sections = [importing.section, *NewsIndexPage.objects.filter(pk__in=keys)]
    return all(may_publish_in(user, section) for section in sections)


class Download(OfImport):
    """The whole report as a file."""

    def get(self, request: HttpRequest, kind: str, **kwargs: Any) -> HttpResponse:
        if kind == "json":
            answer = HttpResponse(report.as_json(self.importing), content_type="application/json; charset=utf-8")
        else:
            answer = HttpResponse(report.as_csv(self.importing), content_type="text/csv; charset=utf-8")
        name = slugify(fold(str(self.importing)))
        answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
        return answer
