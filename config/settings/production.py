"""A public installation behind HTTPS: nothing is assumed, what is missing is named."""

from django.core.exceptions import ImproperlyConfigured

from .base import *

for name in ("SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL"):
    if not env.text(name):
        raise ImproperlyConfigured(f"{name} must be set in production")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY must have at least 50 characters")

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.whole("SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("SECURE_HSTS_INCLUDE_SUBDOMAINS", True)
SECURE_HSTS_PRELOAD = env.flag("SECURE_HSTS_PRELOAD", True)

SILENCED_SYSTEM_CHECKS = ["security.W019"]  # frames of the same origin are how Wagtail shows previews
