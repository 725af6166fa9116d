"""Every address of the installation; Wagtail's page tree takes what nothing else does."""

from django.conf import settings
from django.contrib.auth.views import LoginView
from django.urls import URLPattern, URLResolver, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from api import stock
from home.signing_in.forms import SiteLoginForm

# Under /api/ errors are problem details, elsewhere the site's own pages.
handler400 = "api.errors.bad_request"
handler500 = "api.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v2/", stock.router.urls),
    path("api/", include("api.urls")),
    path("", include("home.urls")),
    path(  # Wagtail's own, with our form
        "_util/login/",
        LoginView.as_view(template_name="wagtailcore/login.html", authentication_form=SiteLoginForm),
        name="wagtailcore_login",
    ),
    path("", include(wagtail_urls)),
]

if settings.API_MANAGE:
    from api import manage

    urlpatterns.insert(0, path("api/manage/", manage.urls))
