from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchoolsConfig(AppConfig):
    name = "cms.schools"
    label = "schools"
    verbose_name = _("Schools and clusters")

    def ready(self) -> None:
        from cms.schools import receivers
        from cms.schools.models import SchoolPage
        from search.fanout import follow

        receivers.connect()
        follow(SchoolPage)
