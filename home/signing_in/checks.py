"""A misspelt role would leave its people without the second factor that the operator wants them to have."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register

from cms.roles.membership import ROLES


@register
def two_factor_roles_exist(**kwargs: Any) -> list[Error]:
    """Name the words in TWO_FACTOR_ROLES that are no role."""
    unknown = [role for role in settings.TWO_FACTOR_ROLES if role not in ROLES]
    if not unknown:
        return []
    text = f"TWO_FACTOR_ROLES names no role with {', '.join(unknown)}; there are {', '.join(ROLES)}."
    return [Error(text, id="signing_in.E001")]
