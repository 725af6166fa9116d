"""A public installation behind HTTPS: nothing is assumed, what is missing or can be guessed is named.

Whether a reader came by https is what the server under Django says (`wsgi.url_scheme`): it believes
X-Forwarded-Proto of the web server in front and of nobody else, which a setting of Django's cannot do.
"""

import re

from django.core.exceptions import ImproperlyConfigured

from .base import *

RANDOM = "python3 -c 'import secrets; print(secrets.token_hex(32))'"
GUESSABLE = re.compile("change|example|insecure|default|secret|password|trang", re.IGNORECASE)


def demand_secret(name: str, value: str, least: int) -> None:
    """Refuses a secret that is missing, short, or no work of chance."""
    if not value:
        raise ImproperlyConfigured(f"{name} must be set in production")
    if len(value) < least:
        raise ImproperlyConfigured(f"{name} must have at least {least} characters; make it with {RANDOM}")
    if GUESSABLE.search(value) or len(set(value)) < 8:
        raise ImproperlyConfigured(f"{name} can be guessed; make it with {RANDOM}")


demand_secret("SECRET_KEY", env.text("SECRET_KEY"), 50)
for name in ("ALLOWED_HOSTS", "BASE_URL"):
    if not env.text(name):
        raise ImproperlyConfigured(f"{name} must be set in production")
if "HOST" in DATABASES["default"] and DATABASES["default"]["HOST"][:1] not in ("", "/"):  # no socket of this machine
    demand_secret("The password in DATABASE_URL", DATABASES["default"]["PASSWORD"], 16)
if ELASTICSEARCH["username"]:
    demand_secret("ELASTICSEARCH_PASSWORD", ELASTICSEARCH["password"], 16)
if WEBHOOKS_UNSAFE_RECEIVERS:
    raise ImproperlyConfigured("WEBHOOKS_UNSAFE_RECEIVERS is for development; take it out of the environment")

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = ["^livez$", "^readyz$", "^metrics$"]  # asked from within, where nothing is encrypted
SECURE_HSTS_SECONDS = env.whole("SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("SECURE_HSTS_INCLUDE_SUBDOMAINS", True)
SECURE_HSTS_PRELOAD = env.flag("SECURE_HSTS_PRELOAD", True)

SILENCED_SYSTEM_CHECKS = ["security.W019"]  # frames of the same origin are how Wagtail shows previews
