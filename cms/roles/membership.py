"""Which roles somebody has, in the portal or in any school."""

from django.contrib.auth.models import AbstractUser

from cms.roles.models import PortalGroup
from cms.schools.models import SchoolGroup

ROLES = tuple(dict.fromkeys([*SchoolGroup.Role.values, *PortalGroup.Role.values]))


def roles_of(user: AbstractUser) -> set[str]:
    """The roles of the user's groups; whoever may do everything is a system administrator."""
    groups = user.groups.values("pk")
    roles = set(PortalGroup.objects.filter(group__in=groups).values_list("role", flat=True))
    roles.update(SchoolGroup.objects.filter(group__in=groups).values_list("role", flat=True))
    if user.is_superuser:
        roles.add(PortalGroup.Role.SYSTEM_ADMINISTRATOR)
    return roles
