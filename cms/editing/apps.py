from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditingConfig(AppConfig):
    name = "cms.editing"
    label = "editing"
    verbose_name = _("editor's desk")

    def ready(self) -> None:
        from cms.editing import beginning

        beginning.connect()
