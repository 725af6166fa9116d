from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SigningInConfig(AppConfig):
    name = "home.signing_in"
    label = "signing_in"
    verbose_name = _("Signing in")

    def ready(self) -> None:
        from home.signing_in import checks, record, sessions  # noqa: F401  the checks register themselves

        record.connect()
        sessions.connect()
