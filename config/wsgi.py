"""The WSGI entry point, for gunicorn and for `manage.py serve`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
application = get_wsgi_application()

from search import lexicon  # noqa: E402 (needs the settings)

lexicon.speller()  # begins to read the vocabulary, so that the first reader's slips are corrected too
