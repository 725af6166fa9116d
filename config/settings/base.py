"""The embedded default: SQLite and Tantivy in one process, everything it makes under DATA_DIR."""

from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

from config import catalogues

from . import env

BASE_DIR = Path(__file__).resolve().parents[2]
env.load(BASE_DIR / ".env")
DATA_DIR = Path(env.text("DATA_DIR") or BASE_DIR / "var").resolve()

DEBUG = False
SECRET_KEY = env.text("SECRET_KEY") or env.kept_secret(DATA_DIR / "secret_key")
HOST = env.text("HOST", "127.0.0.1")  # 0.0.0.0 to be reached from other machines
PORT = env.whole("PORT", 8000)
TRUSTED_PROXY = env.text("TRUSTED_PROXY")  # the address of the web server in front; only its X-Forwarded-* count
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "api",
    "api.keys",
    "api.webhooks",
    "home",
    "cms.news",
    "cms.imports",
    "cms.events",
    "cms.schools",
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
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

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
    "django.contrib.sessions.middleware.SessionMiddleware",
    "api.access.Access",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "home.serving.language.Redirects",
    # Last: the outbox row must commit or fall together with the change that it announces.
    "search.middleware.AtomicUnsafeRequests",
]

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

# WAL lets readers go on while one process writes; IMMEDIATE takes the write lock at BEGIN, where the
# timeout applies, and not in the middle of a transaction, where SQLite refuses at once.
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "trang.sqlite3",
        "CONN_MAX_AGE": None,  # opening and preparing a connection takes longer than most pages' queries
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
        },
    }
}
# Or a database server, with which several processes and machines can work.
if env.text("DATABASE_URL"):
    DATABASES["default"] = dict(
        dj_database_url.parse(env.text("DATABASE_URL"), conn_max_age=None, conn_health_checks=True)
    )
    if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
        # A server that is gone without a word would be waited for for minutes, also after another took over.
        given = DATABASES["default"].get("OPTIONS", {})
        DATABASES["default"]["OPTIONS"] = {"connect_timeout": 5, "tcp_user_timeout": 10_000} | given
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Wagtail's own tasks (`default`) run where they are enqueued: the search follows the reference index, which must be
# right within the transaction. What takes minutes is a task of `background` and waits in the database, with a server
# for `manage.py db_worker --backend background`; the embedded default's one process starts that where a task waits.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "background": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

# Shared by all processes where there are several.
# `pages` are those of the site, as readers get them; `readers` who has read what within an hour, as unreadable digests.
CACHES = {
    name: {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": name,
        "OPTIONS": {"MAX_ENTRIES": entries},
    }
    for name, entries in (("default", 10_000), ("pages", 2_000), ("readers", 50_000))
}
if env.text("REDIS_URL"):
    CACHES = {
        name: {
            "BACKEND": "home.serving.cache.RedisWhereItAnswers",
            "LOCATION": env.text("REDIS_URL"),
            "KEY_PREFIX": "" if name == "default" else name,
        }
        for name in CACHES
    }

# Seconds for which a page is given out again to readers who are not logged in, if nothing changes before; 0 for never.
PAGES_KEPT_FOR = env.whole("PAGES_KEPT_FOR", 600)

MAINTENANCE = env.flag("MAINTENANCE", False)  # readers and apps are told to come back later; the admin stays open

AUTH_USER_MODEL = "core.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale", catalogues.compiled(BASE_DIR / "locale", into=DATA_DIR / "locale")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True

STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
STATIC_URL = "/static/"
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Or pictures and files in an object store, for several machines without a shared folder.
if env.text("S3_BUCKET"):
    STORAGES["default"] = {
        "BACKEND": "home.serving.storage.PrivateBucket",
        "OPTIONS": {
            "bucket_name": env.text("S3_BUCKET"),
            "endpoint_url": env.text("S3_ENDPOINT_URL") or None,
            "region_name": env.text("S3_REGION") or None,
            "access_key": env.text("S3_ACCESS_KEY_ID") or None,
            "secret_key": env.text("S3_SECRET_ACCESS_KEY") or None,
        },
    }
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a long page is a form of many fields
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000  # old pages may be uploaded one by one

# Notices to those who work in the admin; without a mail server none are sent.
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.whole("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 20  # seconds
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL") or "trang@localhost"

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

IMPORTS_DIR = DATA_DIR / "imports"  # uploads, private
IMPORT_MAX_FILE = env.whole("IMPORT_MAX_FILE", 400)  # MB, each uploaded file of old pages
IMPORT_FILES_DAYS = env.whole("IMPORT_FILES_DAYS", 90)  # for which they are kept after an import has come to rest
IMPORT_MAX_ENTRIES = env.whole("IMPORT_MAX_ENTRIES", 100_000)  # files in an archive of old pages

SEARCH_DIR = DATA_DIR / "search"
SEARCH_PAGE = "search"  # the name of the address where readers search
# The steps that read a question (`search.understanding.understand.STEPS`); each can be left out.
SEARCH_UNDERSTANDING = ["numbers", "keystrokes", "spelling", "abbreviations", "synonyms", "time"]
# Whether this process looks for a newer vocabulary by itself.
SEARCH_VOCABULARY_REFRESH = True
SEARCH_ENGINE = env.one_of("SEARCH_ENGINE", "tantivy", "elasticsearch")
ELASTICSEARCH = {
    "urls": tuple(env.words("ELASTICSEARCH_URL", "http://127.0.0.1:9200")),
    "api_key": env.text("ELASTICSEARCH_API_KEY"),
    "username": env.text("ELASTICSEARCH_USERNAME"),
    "password": env.text("ELASTICSEARCH_PASSWORD"),
    "ca_certs": env.text("ELASTICSEARCH_CA_CERTS"),
    "alias": env.text("ELASTICSEARCH_INDEX", "trang"),
    "shards": env.whole("ELASTICSEARCH_SHARDS", 1),
    "replicas": env.whole("ELASTICSEARCH_REPLICAS", 0),
    "refresh_interval": env.text("ELASTICSEARCH_REFRESH_INTERVAL", "1s"),
}
SEARCH_PAGE_SIZE = 10
# For how many days readers' questions are kept, as numbers without anything personal; 0 for not at all.
SEARCH_LOG_DAYS = env.whole("SEARCH_LOG_DAYS", 180)
# Seconds for which counts of questions and of reads wait in memory, to be written together.
COUNTS_WRITTEN_EVERY = 10

# Wagtail's own API for tools that write, at /api/manage/, for bearers of tokens that administrators make.
API_MANAGE = env.flag("API_MANAGE", False)
if API_MANAGE:
    INSTALLED_APPS.append("wagtail.api.v3")

API_KEYS_REQUIRED = env.flag("API_KEYS_REQUIRED", False)  # else anybody may read and search
# Requests a minute: of an address without a key (a whole school may have one address), of a key without its own rate.
API_ANONYMOUS_RATE = env.whole("API_ANONYMOUS_RATE", 300)
API_KEY_RATE = env.whole("API_KEY_RATE", 1200)

# Pages of other sites whose scripts may use the API in readers' browsers: https://app.example.vn, …
CORS_ALLOWED_ORIGINS = env.words("CORS_ALLOWED_ORIGINS")
CORS_URLS_REGEX = r"^/api/v[12]/"
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_HEADERS = ["accept", "accept-language", "authorization", "if-none-match", "x-api-key"]
CORS_EXPOSE_HEADERS = ["etag", "ratelimit", "ratelimit-policy", "retry-after"]
CORS_PREFLIGHT_MAX_AGE = 3600  # seconds
if CORS_ALLOWED_ORIGINS:
    MIDDLEWARE.insert(MIDDLEWARE.index("api.access.Access"), "corsheaders.middleware.CorsMiddleware")

# Where an app shows editors their drafts: it is called with `?content_type=…&token=…`, and asks /api/v1/preview/.
PREVIEW_URL = env.text("PREVIEW_URL")
WAGTAIL_HEADLESS_PREVIEW = {"CLIENT_URLS": {"default": PREVIEW_URL}, "ENFORCE_TRAILING_SLASH": False}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],  # api.access.Access knows the key already
    "DEFAULT_PERMISSION_CLASSES": ["api.scopes.HasScope"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "api.errors.problem_response",
    "URL_FORMAT_OVERRIDE": None,  # `format` is an unknown parameter like any other
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Trang API",
    "DESCRIPTION": (
        "Everything that the portal publishes, for other programs. JSON in UTF-8; moments in ISO 8601 with the offset "
        "of the site's time zone; errors as problem details (RFC 9457) that name the parameter. "
        "`Accept-Language` (`vi`, `en`) chooses the language of messages and labels. "
        "Anybody may ask, unless the portal wants keys; with a key, more often. Every answer says in "
        "`RateLimit-Policy` and `RateLimit` how many requests are left. Send the `ETag` of an answer as "
        "`If-None-Match` when you ask again: 304 says that it is good still."
    ),
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "PREPROCESSING_HOOKS": ["api.schema.public_endpoints"],
    "SECURITY": [{}, {"bearer": []}, {"header": []}],
    "APPEND_COMPONENTS": {
        "securitySchemes": {
            "bearer": {"type": "http", "scheme": "bearer", "description": "A key that the portal's operator made."},
            "header": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "The same key."},
        }
    },
    "WEBHOOKS": ["api.webhooks.schema.page_events"],
    "SORT_OPERATION_PARAMETERS": False,
    # Names that typed clients use, and nothing that depends on the language of whoever asks for the document.
    "ENUM_NAME_OVERRIDES": {
        "ChangeKind": "search.models.PageChange.Kind",
        "ClusterMemberRole": "cms.schools.models.ClusterMember.Role",
    },
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}

# For development only: webhooks may go to receivers inside the network, and without https.
WEBHOOKS_UNSAFE_RECEIVERS = env.flag("WEBHOOKS_UNSAFE_RECEIVERS")

METRICS_TOKEN = env.text("METRICS_TOKEN")  # who shows it may read /metrics; without one nobody may

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # other sites need not know what a reader comes from
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        # Documents that are read in the page, and the players of cms.core.videos.
        "frame-src": [
            "'self'",
            "https://www.youtube-nocookie.com",
            "https://player.vimeo.com",
            "https://www.facebook.com",
        ],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],  # Wagtail shows previews in a frame of its own
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail shows previews in a frame of its own

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
}
