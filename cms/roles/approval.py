"""The way of a draft to its readers: an editor checks it, an editor in chief approves it, and that publishes it.

The portal has one, and each school has one of its own: whoever may approve in a workflow may do so on every page
that goes through it, whatever the permissions on the page say.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from cms.roles.models import Approval, PortalGroup
from cms.schools.models import SchoolGroup

_MAX_TITLE = 200  # characters of a school's name in the names of steps, which may have 255

# Who may check and who may approve; whoever may approve may check too, so that nothing waits for somebody on leave.
_APPROVERS = ("editor_in_chief", SchoolGroup.Role.ADMINISTRATOR)
_CHECKERS = ("editor", *_APPROVERS)


def set_up(page: Page, title: str = "") -> None:
    """Give the page and all below it a workflow, unless it was given one before; with `title` in its names."""
    if Approval.objects.filter(page=page).exists():
        return
    title = title[:_MAX_TITLE]
    workflow = None
    if not WorkflowPage.objects.filter(page=page).exists():  # an administrator was here first
        workflow = _make(page, title)
    Approval.objects.create(page_id=page.pk, workflow=workflow, title=title)


def rename(page: Page, title: str) -> None:
    """Let the names follow the page's title, where they still bear it."""
    title = title[:_MAX_TITLE]
    approval = Approval.objects.filter(page=page).exclude(title=title).select_related("workflow").first()
    if approval is None:
        return
    for named in [*_tasks(approval), *filter(None, [approval.workflow])]:
        named.name = named.name.replace(approval.title, title)
        named.save(update_fields=["name"])
    approval.title = title
    approval.save(update_fields=["title"])


def take_down(page: Page) -> None:
    """Delete the workflow of a page that is deleted, unless an administrator uses it elsewhere too."""
    approval = Approval.objects.filter(page=page).select_related("workflow").first()
    if approval is None or approval.workflow is None:
        return
    if not WorkflowPage.objects.filter(workflow=approval.workflow).exclude(page=page).exists():
        used_elsewhere = WorkflowTask.objects.exclude(workflow=approval.workflow).values("task")
        _tasks(approval).exclude(pk__in=used_elsewhere).delete()
        approval.workflow.delete()


def _make(page: Page, title: str) -> Workflow:
    ending = f" – {title}" if title else ""
    workflow = Workflow.objects.create(name=_("Approval in two steps") + ending)
    steps = ((_("An editor checks"), _CHECKERS), (_("The editor in chief approves"), _APPROVERS))
    for order, (name, roles) in enumerate(steps):
        task = GroupApprovalTask.objects.create(name=name + ending)
        task.groups.set(_groups(page, roles))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.create(workflow=workflow, page_id=page.pk)
    return workflow


def _groups(page: Page, roles: Iterable[str]) -> list[Group]:
    """The school's and the portal's: a school without people of its own is looked after by the portal's."""
    portal = Group.objects.filter(pk__in=PortalGroup.objects.filter(role__in=roles).values("group"))
    own = Group.objects.filter(pk__in=SchoolGroup.objects.filter(school=page.pk, role__in=roles).values("group"))
    return [*portal, *own]


def _tasks(approval: Approval) -> QuerySet[GroupApprovalTask]:
    return GroupApprovalTask.objects.filter(workflow_tasks__workflow=approval.workflow)
