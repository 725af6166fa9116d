"""The embedded default: SQLite and Tantivy in one process, everything it makes under DATA_DIR."""

from django.utils.translation import gettext_lazy as _

from config import catalogues

from . import env
from .api import *
from .content import *
from .places import *
from .search import *
from .security import *
from .storage import *

DEBUG = False
SECRET_KEY = env.text("SECRET_KEY") or env.kept_secret(DATA_DIR / "secret_key")
TRUSTED_PROXY = env.text("TRUSTED_PROXY")  # the address of the web server in front; only its X-Forwarded-* count
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "api",
    "api.keys",
    "api.webhooks",
    "home",
    "home.signing_in",
    "cms.news",
    "cms.imports",
    "cms.editing",
    "cms.events",
    "cms.schools",
    "cms.roles",  # after the schools, whose groups it makes use of
    "cms.documents",
    "cms.people",
    "cms.core",
    "search",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "corsheaders",
    "csp",
    "wagtail_headless_preview",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

if API_MANAGE:
    INSTALLED_APPS.append("wagtail.api.v3")

MIDDLEWARE = [
    "home.health.Watched",
    "django.middleware.security.SecurityMiddleware",
    "home.serving.headers.Permissions",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "home.serving.language.SiteLanguage",
    "home.serving.maintenance.Maintenance",
    "home.serving.reads.CountReads",
    # What comes after these two is kept: compressed, with its headers, and without having seen a session.
    "home.serving.kept_pages.KeptPages",
    "home.serving.compression.Compression",
    "home.serving.headers.ContentPolicy",
    "home.serving.one_state.OneState",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "api.access.Access",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "home.signing_in.middleware.WhollySignedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "home.serving.language.Redirects",
    "axes.middleware.AxesMiddleware",
    # Last: the outbox row must commit or fall together with the change that it announces.
    "search.middleware.AtomicUnsafeRequests",
]

if CORS_ALLOWED_ORIGINS:
    MIDDLEWARE.insert(MIDDLEWARE.index("api.access.Access"), "corsheaders.middleware.CorsMiddleware")

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Seconds for which a page is given out again to readers who are not logged in, if nothing changes before; 0 for never.
PAGES_KEPT_FOR = env.whole("PAGES_KEPT_FOR", 600)

MAINTENANCE = env.flag("MAINTENANCE", False)  # readers and apps are told to come back later; the admin stays open

AUTH_USER_MODEL = "core.User"
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
# Our own texts, then those that stand in for Wagtail's: `makemessages` knows of the former alone.
LOCALE_PATHS = [
    BASE_DIR / "locale",
    catalogues.compiled(BASE_DIR / "locale", into=DATA_DIR / "locale"),
    catalogues.compiled(BASE_DIR / "locale" / "wagtail", into=DATA_DIR / "locale" / "wagtail"),
]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True

DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a long page is a form of many fields
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000  # old pages may be uploaded one by one

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
}
