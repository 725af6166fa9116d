"""What editors work with: Wagtail, its pictures and files, imports, e-mail."""

from django.utils.translation import gettext_lazy as _

from . import env
from .places import DATA_DIR, PORT

WAGTAIL_SITE_NAME = "Trang"
WAGTAILADMIN_BASE_URL = env.text("BASE_URL", f"http://localhost:{PORT}").rstrip("/")
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_CONTENT_LANGUAGES = [("vi", _("Vietnamese"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAILIMAGES_IMAGE_MODEL = "core.Image"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024  # bytes
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000  # what a server with little memory can still shrink
WAGTAILDOCS_DOCUMENT_MODEL = "core.Document"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "rtf", "txt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024  # bytes
WAGTAILDOCS_SERVE_METHOD = "serve_view"  # never straight from the media folder: collections can be private
# PostgreSQL is not to take words for English: it would drop `do` and `so`, and cut endings off.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.core.editors_search", "SEARCH_CONFIG": "simple"}}
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # nobody outside is told who works here
TAGGIT_CASE_INSENSITIVE = True

# Years after which pages without a date of their own are shown to editors, to be looked through; 0 for never.
REVIEW_AFTER_YEARS = env.whole("REVIEW_AFTER_YEARS", 3)

IMPORTS_DIR = DATA_DIR / "imports"  # uploads, private
IMPORT_MAX_FILE = env.whole("IMPORT_MAX_FILE", 400)  # MB, each uploaded file of old pages
IMPORT_FILES_DAYS = env.whole("IMPORT_FILES_DAYS", 90)  # for which they are kept after an import has come to rest
IMPORT_MAX_ENTRIES = env.whole("IMPORT_MAX_ENTRIES", 100_000)  # files in an archive of old pages

# Notices to those who work in the admin; without a mail server none are sent.
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.whole("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 20  # seconds
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL") or "trang@localhost"
