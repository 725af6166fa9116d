"""Where data is kept: database, tasks, caches, pictures and files; in a folder of this machine or on other servers."""

import dj_database_url

from . import env
from .places import BASE_DIR, DATA_DIR

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
