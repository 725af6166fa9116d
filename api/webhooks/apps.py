from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    name = "api.webhooks"
    label = "webhooks"
    verbose_name = _("Webhooks")

    def ready(self) -> None:
        from api.webhooks import checks, courier  # noqa: F401  the checks register themselves
        from home import scheduler

        scheduler.FOLLOWERS.append(courier.follow)
        scheduler.JOBS.append(courier.forget)
