"""A database of one's own on a PostgreSQL server, which goes away at the end."""

import atexit
from secrets import token_hex
from urllib.parse import urlsplit


def throw_away(url: str) -> str:
    """The address of a new, empty database on the server of `url`, for as long as this process lives; "" for "".

    The database that `url` names is only asked to make it: nothing in it is touched.
    """
    if not url:
        return ""
    name = f"trang_bench_{token_hex(6)}"
    _execute(url, f"CREATE DATABASE {name}")
    atexit.register(_execute, url, f"DROP DATABASE {name} WITH (FORCE)")
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def _execute(url: str, statement: str) -> None:
    import psycopg  # only where there is such a server: it is no part of the embedded default

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)
