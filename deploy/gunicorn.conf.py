"""gunicorn's settings: gunicorn --config deploy/gunicorn.conf.py config.wsgi

HOST, PORT, TRUSTED_PROXY as for Django; WEB_PROCESSES and WEB_THREADS say how many requests it works on at once.
"""

import os
import signal

LEAVING = 4  # seconds between the order to stop and its beginning; the web server in front looks every second

bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or 8000}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_PROCESSES") or 2)
threads = int(os.environ.get("WEB_THREADS") or 4)
keepalive = 75  # seconds; longer than the web server in front keeps a connection that it does not use
graceful_timeout = 20  # seconds that requests under way have after the order to stop
max_requests = 5_000  # then a worker makes room for a fresh one
max_requests_jitter = 500
limit_request_line = 8190
worker_tmp_dir = "/dev/shm"  # noqa: S108 (heartbeats; on a disk they may wait for it)
control_socket_disable = True
forwarded_allow_ips = os.environ.get("TRUSTED_PROXY") or "127.0.0.1"


def when_ready(server):
    """Has SIGTERM first tell the web server in front, by /readyz, that this one is leaving, and stop then.

    Without that, requests that arrive while the workers finish the last ones would be accepted and dropped.
    """
    from home.serving import leaving

    stop = signal.getsignal(signal.SIGTERM)

    def leave(*_):
        leaving.begin()
        signal.signal(signal.SIGTERM, stop)  # who insists need not wait
        signal.signal(signal.SIGALRM, lambda *_: stop(signal.SIGTERM, None))
        signal.alarm(LEAVING)

    signal.signal(signal.SIGTERM, leave)
