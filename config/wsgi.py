"""The WSGI entry point, for gunicorn and for `manage.py serve`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
application = get_wsgi_application()

from home.serving.warming import warm_up  # noqa: E402 (needs the settings)

warm_up()
