"""What editors work with: Wagtail, its pictures and files, imports."""

from django.utils.translation import gettext_lazy as _

from . import env
from .places import PORT

WAGTAIL_SITE_NAME = "Trang"
WAGTAILADMIN_BASE_URL = env.text("BASE_URL", f"http://localhost:{PORT}").rstrip("/")
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_CONTENT_LANGUAGES = [("vi", _("Vietnamese"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAILIMAGES_IMAGE_MODEL = "core.Image"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_DOCUMENT_MODEL = "core.Document"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "rtf", "txt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024  # bytes
WAGTAILDOCS_SERVE_METHOD = "serve_view"  # never straight from the media folder: collections can be private
# PostgreSQL is not to take words for English: it would drop `do` and `so`, and cut endings off.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "simple"}}
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # nobody outside is told who works here
TAGGIT_CASE_INSENSITIVE = True

IMPORT_MAX_ENTRIES = env.whole("IMPORT_MAX_ENTRIES", 100_000)  # files in an archive of old pages
