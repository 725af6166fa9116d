"""What Wagtail's own migrations begin with, in English: it makes room for ours where nobody has used it."""

from django.contrib.auth.models import Group
from wagtail.models import Task, Workflow

_GROUPS = ("Editors", "Moderators")
_APPROVAL = "Moderators approval"  # the name of the workflow and of its one step


def clear() -> None:
    """Delete Wagtail's groups without people, and its workflow if nothing has gone through it."""
    Workflow.objects.filter(name=_APPROVAL, workflow_states=None).delete()
    Task.objects.filter(name=_APPROVAL, task_states=None, workflow_tasks=None).delete()
    Group.objects.filter(name__in=_GROUPS, user=None).delete()
