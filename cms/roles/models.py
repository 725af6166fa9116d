"""What was made once for people who work together: the groups of the whole portal, and the ways to approval.

The rows remember that something was made also after an administrator has deleted it: it is not made again.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PortalGroup(models.Model):
    """The group of those who have a role in the whole portal. Those of a school are `cms.schools.SchoolGroup`."""

    class Role(models.TextChoices):
        CONTRIBUTOR = "contributor", _("contributors")
        EDITOR = "editor", _("editors")
        EDITOR_IN_CHIEF = "editor_in_chief", _("editors in chief")
        SYSTEM_ADMINISTRATOR = "system_administrator", _("system administrators")

    role = models.CharField(_("role"), max_length=20, choices=Role, unique=True)
    group = models.OneToOneField(
        "auth.Group", on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("group")
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("group of the portal")
        verbose_name_plural = _("groups of the portal")

    def __str__(self) -> str:
        return self.get_role_display()


class Approval(models.Model):
    """The workflow that a page (the home page, a school) was given once for all below it."""

    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))
    workflow = models.ForeignKey(
        "wagtailcore.Workflow", on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("workflow")
    )
    # The page's title, as it stands in the names of the workflow and its steps.
    title = models.CharField(_("title"), max_length=255, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("way to approval")
        verbose_name_plural = _("ways to approval")

    def __str__(self) -> str:
        return self.title or str(self.page_id)
