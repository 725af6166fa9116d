"""Who comes in and for how long, what browsers are told that pages may do, and whom the measurements are for."""

from datetime import timedelta
from urllib.parse import urlsplit

from . import env
from .content import WAGTAILADMIN_BASE_URL

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]

# So many wrong passwords for a name from an address, and nobody from there may try it for so long.
AXES_FAILURE_LIMIT = env.whole("LOGIN_ATTEMPTS", 5)
AXES_COOLOFF_TIME = timedelta(minutes=env.whole("LOGIN_LOCKED_MINUTES", 15))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "home.signing_in.attempts.address"
AXES_LOCKOUT_CALLABLE = "home.signing_in.attempts.refused"
AXES_DISABLE_ACCESS_LOG = True  # home.signing_in.record keeps one that reads well
AXES_VERBOSE = False
WAGTAILADMIN_USER_LOGIN_FORM = "home.signing_in.forms.DeskLoginForm"

# Roles (cms.roles.membership.ROLES) whose people need a second factor, not a password alone.
TWO_FACTOR_ROLES = env.words("TWO_FACTOR_ROLES")
OTP_TOTP_ISSUER = urlsplit(WAGTAILADMIN_BASE_URL).hostname or "Trang"  # what the app on the phone calls us

# A session ends so long after the last work at the desk, and in any case so long after the login.
SESSION_IDLE_MINUTES = env.whole("SESSION_IDLE_MINUTES", 120)
SESSION_HOURS = env.whole("SESSION_HOURS", 12)
SESSION_COOKIE_AGE = SESSION_HOURS * 3600

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
