"""For programs that watch over the installation: /livez, /readyz and, for those with the token, /metrics."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from hmac import compare_digest
from threading import Event

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from home.serving import leaving
from search.engines import get_engine
from search.metrics import exposition

logger = logging.getLogger(__name__)

OK = "ok"
PATIENCE = 1.5  # seconds for each check: who asks must hear of a server that hangs before giving up

_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="readyz")
_migrated = Event()  # seen once: code and migrations do not change under a running process


class Watched:
    """Answers the watchers before anything else sees their request; it stands first in MIDDLEWARE.

    They come from within: by an address that is not in ALLOWED_HOSTS, without https, and when the database is down.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        view = _VIEWS.get(request.path_info)
        if view is None:
            return self.get_response(request)
        response = view(request)
        response["Cache-Control"] = "no-store"
        return response


@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """Whether this process answers. It touches nothing: no restart of it would mend another server."""
    return HttpResponse(OK, content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Whether readers may be sent here. Without its engine the search is degraded, and the site still of use."""
    if leaving.begun():
        return JsonResponse({"status": "leaving", "checks": {}}, status=503)
    running = {"database": _threads.submit(_database), "search": _threads.submit(_search)}
    wait(running.values(), timeout=PATIENCE)
    # One that has not begun, since others before it hang, is cancelled: they must not queue up.
    checks = {
        name: "does not answer" if check.cancel() or check.running() else check.result()
        for name, check in running.items()
    }
    ready = checks["database"] == OK
    return JsonResponse({"status": OK if ready else "not ready", "checks": checks}, status=200 if ready else 503)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus. Without a METRICS_TOKEN there is nothing here, for anybody."""
    if not settings.METRICS_TOKEN:
        return HttpResponseNotFound("Not found", content_type="text/plain")
    given, wanted = request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}"
    if not compare_digest(given.encode(), wanted.encode()):
        challenge = {"WWW-Authenticate": "Bearer"}
        return HttpResponse("Wrong token", content_type="text/plain", status=401, headers=challenge)
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)


_VIEWS = {"/livez": livez, "/readyz": readyz, "/metrics": metrics}


def _database() -> str:
    """Reached by a connection of its own: an old one says nothing of the readers to come."""
    try:
        if not _migrated.is_set():
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                return "migrations are missing: run manage.py migrate"
            _migrated.set()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
    except Error as error:
        logger.error("The database cannot be asked: %s", error)  # not told to the public, for it names addresses
        return "cannot be asked"
    else:
        return OK
    finally:
        connection.close()


def _search() -> str:
    available = get_engine().health().available
    return OK if available else "degraded: the database answers; manage.py search_status says why"
