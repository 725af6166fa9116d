"""The API, and who may use it how."""

from . import env

# Wagtail's own API for tools that write, at /api/manage/, for bearers of tokens that administrators make.
API_MANAGE = env.flag("API_MANAGE", False)

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
