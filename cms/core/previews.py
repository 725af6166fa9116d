"""Drafts in an app of its own: the editor sees the page there as it will be, before anybody else does.

The app gets a token that is good for this one page, as it was when the editor looked, for less than an hour.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.signing import TimestampSigner
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail_headless_preview.models import HeadlessPreviewMixin, PagePreview

IN_THE_APP = "app"
GOOD_FOR = timedelta(minutes=55)
KEPT = 20  # looks at one page: an editor who types causes one after the other


class AppPreview(HeadlessPreviewMixin):
    """The site's own preview, and beside it the app's, where PREVIEW_URL names one."""

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        modes = super().preview_modes  # type: ignore[misc]
        return [*modes, (IN_THE_APP, _("In the app"))] if settings.PREVIEW_URL else modes

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        if mode_name == IN_THE_APP:
            return super().serve_preview(request, mode_name)
        return super(HeadlessPreviewMixin, self).serve_preview(request, mode_name)

    def create_page_preview(self) -> PagePreview:
        preview = super().create_page_preview()
        of_this_page = PagePreview.objects.filter(token__startswith=f"{preview.token.rsplit(':', 2)[0]}:")
        newest = of_this_page.order_by("-pk").values_list("pk", flat=True)[:KEPT]
        of_this_page.exclude(pk__in=list(newest)).delete()
        return preview

    @classmethod
    def get_preview_signer(cls) -> TimestampSigner:
        return TimestampSigner(salt="trang.preview")

    @classmethod
    def get_page_from_preview_token(cls, token: str) -> Page | None:
        """The draft that the token stands for, None for one of another type, or tidied away.

        Raises SignatureExpired and BadSignature.
        """
        cls.get_preview_signer().unsign(token, max_age=GOOD_FOR)
        return super().get_page_from_preview_token(token)
