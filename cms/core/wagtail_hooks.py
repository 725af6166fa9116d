"""Tags, files' texts and what is pasted, in the admin."""

from typing import Any

from django import forms
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html, json_script
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from taggit.models import Tag
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.core import tags
from cms.core.pasting.views import paste_document, paste_picture
from cms.core.repairing.views import repair_pasted
from cms.core.reports import FilesView, may_see


class TagViewSet(SnippetViewSet):
    """All tags: rename them here, or choose several and merge them."""

    model = Tag
    icon = "tag"
    menu_label = _("Tags")
    add_to_admin_menu = True
    menu_order = 450
    ordering = ["name"]
    list_display = ["name", "slug"]
    search_fields = ["name"]
    copy_view_enabled = False
    panels = [FieldPanel("name"), FieldPanel("slug")]


register_snippet(TagViewSet)


class MergeForm(forms.Form):
    """Which of the chosen tags stays."""

    def __init__(self, *args: Any, chosen: QuerySet[Tag], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"] = forms.ModelChoiceField(chosen, label=_("The tag that stays"), empty_label=None)


@hooks.register("register_bulk_action")
class MergeTags(SnippetBulkAction):
    """Makes one tag of several; everything that bore one of them bears that one."""

    models = [Tag]
    display_name = _("Merge")
    action_type = "merge"
    aria_label = _("Merge the chosen tags")
    template_name = "core/merge_tags.html"
    action_priority = 20
    form_class = MergeForm

    def check_perm(self, snippet: Tag) -> bool:
        return self.permission_policy.user_has_permission_for_instance(self.request.user, "delete", snippet)

    def get_form_kwargs(self) -> dict[str, Any]:
        chosen = self.request.GET.getlist("id")
        return {**super().get_form_kwargs(), "chosen": Tag.objects.filter(pk__in=filter(str.isdigit, chosen))}

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "into": self.cleaned_form.cleaned_data["into"]}

    @classmethod
    def execute_action(cls, objects: list[Tag], into: Tag, **kwargs: Any) -> tuple[int, int]:
        return tags.merge(objects, into), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        text = ngettext("%(count)d tag merged into another.", "%(count)d tags merged into another.", num_parent_objects)
        return text % {"count": num_parent_objects}


@hooks.register("register_permissions")
def tag_permissions() -> QuerySet[Permission]:
    """Groups may be let change tags."""
    return Permission.objects.filter(content_type__app_label="taggit", content_type__model="tag")


@hooks.register("register_admin_urls")
def report_addresses() -> list[Any]:
    return [
        path("reports/files/", FilesView.as_view(), name="file_texts"),
        path("reports/files/results/", FilesView.as_view(results_only=True), name="file_texts_results"),
    ]


@hooks.register("register_admin_urls")
def pasting_addresses() -> list[Any]:
    return [
        path("repair-text/", repair_pasted, name="repair_pasted"),
        path("paste/document/", paste_document, name="paste_document"),
        path("paste/picture/", paste_picture, name="paste_picture"),
    ]


@hooks.register("insert_editor_js")
def repair_script() -> str:
    """What is pasted into a form of the admin is in Unicode."""
    return format_html('<script src="{}" data-address="{}"></script>', static("js/paste.js"), reverse("repair_pasted"))


@hooks.register("insert_editor_js")
def paste_script() -> str:
    """A document that is pasted into a page's body becomes blocks."""
    texts = {
        "picture": _("Adding picture {number} of {count} …"),
        "document": _("Adding the document …"),
        "done": _("The document has been added: please look it through."),
        "failed": _("This could not be pasted: {reason}"),
        "silent": _("the server does not answer"),
    }
    addresses = {"documentAddress": reverse("paste_document"), "pictureAddress": reverse("paste_picture")}
    return format_html(
        '{}<script type="module" src="{}"></script>',
        json_script({**addresses, **{name: str(text) for name, text in texts.items()}}, "paste-document"),
        static("js/paste-document.js"),
    )


class FilesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request)


@hooks.register("register_reports_menu_item")
def report_menu_item() -> MenuItem:
    return FilesMenuItem(_("Text in files"), reverse("file_texts"), icon_name="doc-full-inverse", order=900)
