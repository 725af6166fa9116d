"""What Wagtail's own migrations begin with, in English: it makes room for ours where nobody has used it."""

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from wagtail.models import Collection, Page, Task, Workflow

_GROUPS = ("Editors", "Moderators")
_ROOT = "Root"
_APPROVAL = "Moderators approval"  # the name of the workflow and of its one step


def clear() -> None:
    """Delete Wagtail's groups without people, and its workflow if nothing has gone through it."""
    Workflow.objects.filter(name=_APPROVAL, workflow_states=None).delete()
    Task.objects.filter(name=_APPROVAL, task_states=None, workflow_tasks=None).delete()
    Group.objects.filter(name__in=_GROUPS, user=None).delete()


def name_roots() -> None:
    """Give what is above all pages, and the folder of files without one of their own, a name that says so."""
    Page.objects.filter(depth=1, title=_ROOT).update(title=_("Page tree"), draft_title=_("Page tree"))
    Collection.objects.filter(depth=1, name=_ROOT).update(name=_("Common folder"))
