"""What must not be so in production."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.security, deploy=True)
def receivers_are_outside(**kwargs: Any) -> list[Error]:
    """A receiver's address is typed in by people; inside the network it would reach what they may not."""
    if not settings.WEBHOOKS_UNSAFE_RECEIVERS:
        return []
    message = "WEBHOOKS_UNSAFE_RECEIVERS lets webhooks be sent into the network of this server, and without https."
    return [Error(message, hint="Take it out of the environment.", id="webhooks.E001")]
