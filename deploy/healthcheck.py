"""Asks whether a process of ours is well: healthcheck.py web | worker. Exit status 0 means yes."""

import os
import sys
from http.client import HTTPConnection

import psycopg

PATIENCE = 5  # seconds
SILENCE = "2 minutes"  # the scheduler, the slowest, looks for work every 20 seconds

SAYS_SOMETHING = """
SELECT count(*) FROM pg_stat_activity AS other, pg_stat_activity AS me
WHERE me.pid = pg_backend_pid() AND other.pid <> me.pid AND other.datname = me.datname
    AND other.application_name = %s AND other.client_addr IS NOT DISTINCT FROM me.client_addr
    AND (other.state = 'active' OR other.state_change > now() - %s::interval)
"""


def web() -> bool:
    """The server on this machine is ready for readers."""
    connection = HTTPConnection("localhost", int(os.environ.get("PORT") or 8000), timeout=PATIENCE)
    connection.request("GET", "/readyz")
    return connection.getresponse().status == 200


def worker() -> bool:
    """The database has heard lately from a process of this machine that bears our PGAPPNAME: it looks for work."""
    name = os.environ["PGAPPNAME"]
    with psycopg.connect(
        os.environ["DATABASE_URL"], connect_timeout=PATIENCE, application_name="healthcheck"
    ) as connection:
        return connection.execute(SAYS_SOMETHING, [name, SILENCE]).fetchone() != (0,)


if __name__ == "__main__":
    sys.exit(not {"web": web, "worker": worker}[sys.argv[1]]())
