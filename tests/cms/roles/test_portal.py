"""The groups and the workflow that a portal begins with: made once, and the administrators' from then on."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import Collection, GroupApprovalTask, GroupPagePermission, Page, Workflow, WorkflowPage

from cms.roles.models import Approval, PortalGroup
from cms.schools.models import SchoolGroup

Role = PortalGroup.Role

pytestmark = pytest.mark.django_db


def migrate():
    call_command("migrate", verbosity=0)


def group_of(role):
    return PortalGroup.objects.get(role=role).group


def test_a_portal_begins_with_its_roles_in_vietnamese(home):
    names = {known.role: known.group.name for known in PortalGroup.objects.all()}
    assert names == {
        Role.CONTRIBUTOR: "Cộng tác viên",
        Role.EDITOR: "Biên tập viên",
        Role.EDITOR_IN_CHIEF: "Tổng biên tập",
        Role.SYSTEM_ADMINISTRATOR: "Quản trị hệ thống",
    }
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()
    assert all(known.group.permissions.filter(codename="access_admin") for known in PortalGroup.objects.all())


def test_a_portal_begins_with_approval_in_two_steps(home):
    [workflow] = Workflow.objects.all()
    assert workflow.name == "Duyệt hai bước"
    assert home.get_workflow() == workflow
    check, approve = workflow.tasks.specific()
    assert (check.name, approve.name) == ("Biên tập viên kiểm tra", "Tổng biên tập duyệt và đăng")
    assert set(check.groups.all()) == {group_of(Role.EDITOR), group_of(Role.EDITOR_IN_CHIEF)}
    assert set(approve.groups.all()) == {group_of(Role.EDITOR_IN_CHIEF)}


def test_what_is_above_all_has_a_vietnamese_name(home):
    assert (home.get_parent().title, home.get_parent().draft_title) == ("Cây trang", "Cây trang")
    assert Collection.get_first_root_node().name == "Thư mục chung"


def test_what_administrators_changed_stays_changed(home):
    editors = group_of(Role.EDITOR)
    editors.name = "Ban Biên tập"
    editors.save()
    editors.permissions.clear()
    GroupPagePermission.objects.filter(group=editors).delete()
    Workflow.objects.update(name="Duyệt bài")
    GroupApprovalTask.objects.first().groups.clear()
    migrate()
    assert group_of(Role.EDITOR).name == "Ban Biên tập"
    assert not editors.permissions.exists()
    assert not GroupPagePermission.objects.filter(group=editors).exists()
    assert Workflow.objects.get().name == "Duyệt bài"
    assert not GroupApprovalTask.objects.first().groups.exists()


def test_what_administrators_deleted_is_not_made_again(home):
    group_of(Role.CONTRIBUTOR).delete()
    Workflow.objects.all().delete()
    migrate()
    assert group_of(Role.CONTRIBUTOR) is None
    assert not Workflow.objects.exists()
    assert home.get_workflow() is None


def test_a_workflow_that_an_administrator_laid_down_before_is_left_alone(home):
    own = Workflow.objects.create(name="Của chúng tôi")
    Approval.objects.all().delete()
    WorkflowPage.objects.update(workflow=own)
    migrate()
    assert home.get_workflow() == own


def test_a_group_of_a_roles_name_that_was_there_before_keeps_what_it_may(home):
    group_of(Role.EDITOR).delete()
    PortalGroup.objects.filter(role=Role.EDITOR).delete()
    Group.objects.create(name="Biên tập viên")
    migrate()
    assert group_of(Role.EDITOR).name == "Biên tập viên"
    assert not group_of(Role.EDITOR).permissions.exists()


def test_a_new_school_has_a_way_to_approval_of_its_own(make_school):
    school = make_school("Trường A")
    workflow = school.get_workflow()
    assert workflow.name == "Duyệt hai bước – Trường A"
    own = {known.role: known.group for known in SchoolGroup.objects.filter(school=school)}
    check, approve = (set(task.groups.all()) for task in workflow.tasks.specific())
    bosses = {own["editor_in_chief"], own["administrator"], group_of(Role.EDITOR_IN_CHIEF)}
    assert check == bosses | {own["editor"], group_of(Role.EDITOR)}
    assert approve == bosses


def test_a_school_of_before_gets_its_way_to_approval_with_the_next_upgrade(make_school):
    school = make_school("Trường A")
    school.get_workflow().delete()
    Approval.objects.filter(page=school).delete()
    migrate()
    migrate()
    assert Page.objects.get(pk=school.pk).get_workflow().name == "Duyệt hai bước – Trường A"
    assert Workflow.objects.count() == 2


def test_a_renamed_schools_approval_bears_its_new_name(make_school):
    school = make_school("Trường A")
    school.title = "Trường B"
    school.save_revision().publish()
    workflow = school.get_workflow()
    assert workflow.name == "Duyệt hai bước – Trường B"
    assert [task.name.rpartition(" – ")[2] for task in workflow.tasks] == ["Trường B", "Trường B"]


def test_a_name_that_an_administrator_gave_outlives_the_schools(make_school):
    school = make_school("Trường A")
    Workflow.objects.filter(pk=school.get_workflow().pk).update(name="Duyệt nhanh")
    school.title = "Trường B"
    school.save_revision().publish()
    assert Page.objects.get(pk=school.pk).get_workflow().name == "Duyệt nhanh"


def test_a_deleted_school_takes_its_approval_with_it(make_school):
    workflows, tasks = Workflow.objects.count(), GroupApprovalTask.objects.count()
    make_school().delete()
    assert (Workflow.objects.count(), GroupApprovalTask.objects.count()) == (workflows, tasks)


def test_an_approval_that_is_used_elsewhere_too_stays(make_school, section):
    school = make_school()
    workflow = school.get_workflow()
    WorkflowPage.objects.create(page=section, workflow=workflow)
    school.delete()
    assert section.get_workflow() == workflow
    assert workflow.tasks.count() == 2
