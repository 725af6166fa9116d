"""The groups of people who work on a school's pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.schools.models.school import SchoolPage


class SchoolGroup(models.Model):
    """A group of people who work on a school's pages; made with the school and renamed with it."""

    class Role(models.TextChoices):
        CONTRIBUTOR = "contributor", _("contributors")
        EDITOR = "editor", _("editors")
        EDITOR_IN_CHIEF = "editor_in_chief", _("editors in chief")
        ADMINISTRATOR = "administrator", _("school administrators")

    school = models.ForeignKey(SchoolPage, on_delete=models.CASCADE, related_name="groups")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    group = models.OneToOneField("auth.Group", on_delete=models.CASCADE, related_name="+", verbose_name=_("group"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("group of a school")
        verbose_name_plural = _("groups of a school")
        constraints = [models.UniqueConstraint(fields=["school", "role"], name="one_group_a_role")]

    def __str__(self) -> str:
        return str(self.group)
