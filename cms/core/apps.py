from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "cms.core"
    label = "core"
    verbose_name = _("Content")

    def ready(self) -> None:
        from taggit.models import Tag

        from cms.core import checks  # noqa: F401  registers itself
        from cms.core.models import Document, Image
        from search.fanout import follow

        for model in (Image, Document, Tag):
            follow(model)
