"""What surrounds every page: site settings and navigation, both edited in the admin."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Site

from home.accent import ACCENT, check_accent
from home.menu import MenuBlock, MenuEntry, entries
from search import memory


@register_setting(icon="cog")
class SiteSettings(BaseSiteSetting):
    """Whose portal this is and how to reach them."""

    name = models.CharField(_("name of the portal"), max_length=255, blank=True)
    owner = models.CharField(
        pgettext_lazy("of the portal", "owner"),  # Wagtail has owners of pages
        max_length=255,
        blank=True,
        help_text=_("The body responsible for the portal."),
    )
    address = models.CharField(_("address"), max_length=255, blank=True)
    phone = models.CharField(_("telephone"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    crest = models.ForeignKey(
        "core.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("crest"),
        help_text=_("Beside the name at the head of every page."),
    )
    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        default=ACCENT,
        validators=[check_accent],
        help_text=_("Of links, buttons and rules, as # and six digits; dark enough to be read on white."),
    )
    footer_text = models.TextField(
        _("text in the footer"), blank=True, help_text=_("Licence, editor in chief and the like, a line each.")
    )

    select_related = ["crest"]

    panels = [
        FieldPanel("name"),
        MultiFieldPanel([FieldPanel("crest"), FieldPanel("accent")], heading=_("Look")),
        MultiFieldPanel(
            [FieldPanel("owner"), FieldPanel("address"), FieldPanel("phone"), FieldPanel("email")],
            heading=_("Owner and contact"),
        ),
        FieldPanel("footer_text"),
    ]

    class Meta:
        verbose_name = _("site settings")


@register_setting(icon="list-ul")
class Navigation(BaseSiteSetting):
    """The menu at the head of every page."""

    menu = StreamField(
        MenuBlock(),
        verbose_name=_("menu"),
        blank=True,
        help_text=_("Pages that are not public are left out by themselves."),
    )

    panels = [FieldPanel("menu")]

    class Meta:
        verbose_name = _("navigation")

    def entries(self) -> list[MenuEntry]:
        """The menu as readers may see it; the number of queries does not grow with it."""
        return entries(self.menu)


def settings_of(site: Site) -> SiteSettings:
    """The settings of a site. Looked for and not made, as Wagtail would: a reader changes nothing."""
    return memory.recall(("settings", site.pk), lambda: _settings_of(site))


def _settings_of(site: Site) -> SiteSettings:
    return SiteSettings.objects.filter(site=site).select_related("crest").first() or SiteSettings(site=site)


def name_of(site: Site) -> str:
    """What the portal is called."""
    return settings_of(site).name or site.site_name or site.hostname


def menu_of(site: Site) -> list[MenuEntry]:
    """The menu of a site as readers may see it."""
    return memory.recall(("menu", site.pk), lambda: _navigation_of(site).entries())


def _navigation_of(site: Site) -> Navigation:
    return Navigation.objects.filter(site=site).first() or Navigation(site=site)
