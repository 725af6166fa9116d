"""For the tests: everything in a folder of its own that goes away, quick password hashes.

DATABASE_URL, SEARCH_ENGINE and ELASTICSEARCH_URL put other servers under the same tests.
"""

import atexit
import shutil
import tempfile
from pathlib import Path

from .base import *

DATA_DIR = Path(tempfile.mkdtemp(prefix="trang-test-"))
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)

SECRET_KEY = env.kept_secret(DATA_DIR / "secret_key")
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["NAME"] = DATA_DIR / "trang.sqlite3"
MEDIA_ROOT = DATA_DIR / "media"
STATIC_ROOT = DATA_DIR / "static"
SEARCH_DIR = DATA_DIR / "search"
IMPORTS_DIR = DATA_DIR / "imports"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

API_ANONYMOUS_RATE = 1_000_000  # tests ask more often than people; those of the limits set their own

SEARCH_VOCABULARY_REFRESH = False  # a test says when
COUNTS_WRITTEN_EVERY = 0  # the same
PAGES_KEPT_FOR = 0  # tests of pages look at what makes them; those of the cache set their own
