"""What editors lay down: synonyms, pinned results, relevance tests."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultipleChooserPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import CreateView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.coreutils import multigetattr

from search.guidance import words_of
from search.models import Pin, RelevanceTest, Synonym
from search.visibility import public_ids


class FilledIn(CreateView):
    """A form in which the question stands already, for those who come from a report."""

    def get_initial(self) -> dict[str, Any]:
        words = self.request.GET.get("words", "")
        return super().get_initial() | ({"words": words} if words else {})


class Index(IndexView):
    """A list that is searched without regard to accents and capitals; it is short enough to look through."""

    def search_queryset(self, queryset: Any) -> Any:
        if not self.is_searching:
            return queryset
        wanted = words_of(self.search_query)
        return queryset.filter(pk__in=[item.pk for item in queryset if wanted in words_of(self._text(item))])

    def _text(self, item: Any) -> str:
        return " ".join(str(multigetattr(item, name)) for name in self.search_fields)


class SynonymViewSet(ModelViewSet):
    model = Synonym
    name = "search_synonyms"
    url_prefix = "search/synonyms"
    icon = "resubmit"
    menu_label = _("Synonyms")
    add_view_class = FilledIn
    copy_view_enabled = False
    list_display = ["words", "meaning", Column("direction", label=_("Direction"), accessor="get_direction_display")]
    index_view_class = Index
    list_filter = ["direction"]
    search_fields = ["words", "meaning"]
    panels = [FieldPanel("words"), FieldPanel("meaning"), FieldPanel("direction")]


def _is_shown(pin: Pin) -> bool:
    """Whether readers who ask the question today see the page."""
    return Pin.objects.in_force(timezone.localdate()).filter(pk=pin.pk).exists() and bool(public_ids([pin.page_id]))


class PinViewSet(ModelViewSet):
    model = Pin
    name = "search_pins"
    url_prefix = "search/pins"
    icon = "pick"
    menu_label = _("Pinned results")
    add_view_class = FilledIn
    copy_view_enabled = False
    list_display = [
        "words",
        "page",
        "place",
        "first_day",
        "last_day",
        BooleanColumn("shown", label=_("Shown now"), accessor=_is_shown),
    ]
    index_view_class = Index
    search_fields = ["words", "page.title"]
    panels = [
        FieldPanel("words"),
        FieldPanel("page"),
        FieldPanel("place"),
        FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
    ]


class TestIndex(Index):
    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().prefetch_related("expected__page")


class RelevanceTestViewSet(ModelViewSet):
    model = RelevanceTest
    name = "search_tests"
    url_prefix = "search/tests"
    icon = "tasks"
    menu_label = _("Relevance tests")
    index_view_class = TestIndex
    add_view_class = FilledIn
    copy_view_enabled = False
    list_display = ["words", "top", Column("expected", label=_("Expected pages"), accessor="expected_titles"), "note"]
    search_fields = ["words", "note", "expected_titles"]
    panels = [
        FieldPanel("words"),
        MultipleChooserPanel("expected", chooser_field_name="page", label=_("Expected pages"), min_num=1),
        FieldPanel("top"),
        FieldPanel("note"),
    ]
