"""The admin's form for the roles in a cluster in the coming year."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from cms.core.page_actions import PageAction, PageActionItem
from cms.schools.coming_year import take_over
from cms.schools.models import ClusterPage


class YearForm(forms.Form):
    """From which year to which."""

    from_year = forms.TypedChoiceField(label=gettext_lazy("Roles of the year"), coerce=int)
    year = forms.IntegerField(label=gettext_lazy("taken over for the year"), min_value=1945, max_value=2200)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.years = years
        self.fields["from_year"].choices = [(year, str(year)) for year in years]

    def clean_year(self) -> int:
        """Refuse a year whose roles are known: somebody has decided about them."""
        year = self.cleaned_data["year"]
        if year in self.years:
            raise ValidationError(
                _("The year %(year)d has its roles already; change them on the page."), params={"year": year}
            )
        return year


class ComingYear(PageAction):
    """Takes the roles of a year over for the next, and opens the page for what has changed."""

    model = ClusterPage
    form_class = YearForm
    page_title = gettext_lazy("Roles for the coming year")
    header_icon = "group"
    template_name = "schools/admin/coming_year.html"

    @staticmethod
    def is_allowed(page: ClusterPage, user: Any) -> bool:
        permissions = page.permissions_for_user(user)
        return permissions.can_edit() and not permissions.page_locked()

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"years": self.page.years}

    def get_initial(self) -> dict[str, Any]:
        years = self.page.years
        return {"from_year": years[0], "year": years[0] + 1} if years else {}

    def form_valid(self, form: YearForm) -> HttpResponse:
        take_over(self.page, **form.cleaned_data, user=self.request.user)
        text = _("The roles of %(year)d stand in a draft, as they were in %(from_year)d. Correct them and publish.")
        messages.success(self.request, text % form.cleaned_data)
        return redirect("wagtailadmin_pages:edit", self.page.pk)


class ComingYearItem(PageActionItem):
    view = ComingYear
    label = ComingYear.page_title
    icon_name = "group"
    url_name = "coming_year"
