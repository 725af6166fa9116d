"""The web server, the pictures it serves and the lock on the data folder; requests go through real sockets."""

import http.client
import os
import socket
import time
from threading import Event, Thread

import pytest
from django.test import Client

from home.serving import server
from home.serving.lock import InUse, alone, sharing

PICTURE = b"\x89PNG\r\n\x1a\n not looked into"


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for name in (
        "images/a.max-165x165.png",
        "images/b.svg",
        "images/c.png.html",
        "original_images/a.png",
        "documents/a.pdf",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(PICTURE)
    (tmp_path / "images/folder.png").mkdir()
    return tmp_path


def test_a_rendition_is_served_with_its_type_and_may_be_cached(media):
    response = Client().get("/media/images/a.max-165x165.png")
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == PICTURE
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=86400"


def test_a_rendition_that_the_browser_has_is_not_sent_again(media):
    first = Client().get("/media/images/a.max-165x165.png")
    again = Client().get("/media/images/a.max-165x165.png", headers={"If-Modified-Since": first["Last-Modified"]})
    assert again.status_code == 304


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/media/original_images/a.png",
        "/media/documents/a.pdf",
        "/media/images/../original_images/a.png",
        "/media/images/%2e%2e/original_images/a.png",
        "/media/images/..%2foriginal_images%2fa.png",
        "/media/images//etc/hostname.png",
        "/media/images/a.max-165x165.png/x.png",
        "/media/images/b.svg",
        "/media/images/c.png.html",
        "/media/images/folder.png",
        "/media/images/",
        "/media/images/none.png",
        "/media/images/a%00.png",
        f"/media/images/{'a' * 5000}.png",
    ],
)
def test_nothing_but_renditions_is_served(media, path):
    assert Client().get(path).status_code == 404


@pytest.mark.django_db
def test_a_picture_cannot_be_posted_to(media):
    assert Client().post("/media/images/a.max-165x165.png").status_code == 405


class Running:
    """The server in a thread of its own, on a port that the system picks."""

    def __init__(self, application, **options):
        self.listener = server.listening("127.0.0.1", 0)
        self.port = self.listener.getsockname()[1]
        self.stop = Event()
        arguments = {"max_body_size": 1000, "trusted_proxy": ""} | options
        self.thread = Thread(target=server.run, args=(application, self.listener, self.stop), kwargs=arguments)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *error):
        self.stop.set()
        self.thread.join(timeout=20)
        self.listener.close()
        assert not self.thread.is_alive()

    def request(self, method="GET", body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, "/", body, headers or {})
            response = connection.getresponse()
            return response, response.read()
        finally:
            connection.close()


def echo(environ, start_response):
    body = f"{environ['wsgi.url_scheme']} {environ['REMOTE_ADDR']}".encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


def test_an_answer_under_way_is_finished_when_the_server_stops():
    entered, go_on = Event(), Event()

    def slow(environ, start_response):
        entered.set()
        go_on.wait(10)
        start_response("200 OK", [("Content-Length", "1000000")])
        return [b"x" * 1_000_000]

    answers = []
    with Running(slow) as running:
        reader = Thread(target=lambda: answers.append(running.request()))
        reader.start()
        assert entered.wait(10)
        running.stop.set()
        go_on.set()
        reader.join(15)
    assert [len(body) for _, body in answers] == [1_000_000]


def test_an_idle_connection_does_not_hold_up_the_end():
    with Running(echo) as running, socket.create_connection(("127.0.0.1", running.port)):
        running.request()
        started = time.monotonic()
        running.stop.set()
        running.thread.join(20)
        assert time.monotonic() - started < server.LAST_ANSWERS


def test_head_gets_the_headers_of_get_and_no_body():
    with Running(echo) as running, socket.create_connection(("127.0.0.1", running.port), timeout=10) as connection:
        connection.sendall(b"HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        received = b"".join(iter(lambda: connection.recv(4096), b""))
    head, _, body = received.partition(b"\r\n\r\n")
    assert b"Content-Length: 14" in head
    assert body == b""


def test_too_large_a_body_is_refused():
    with Running(echo) as running:
        response, _ = running.request("POST", body=b"x" * 1001)
    assert response.status == 413


@pytest.mark.parametrize(("trusted", "seen"), [("", b"http 127.0.0.1"), ("127.0.0.1", b"https 192.0.2.7")])
def test_only_a_trusted_proxy_may_say_where_a_request_came_from(trusted, seen):
    claims = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
    with Running(echo, trusted_proxy=trusted) as running:
        assert running.request(headers=claims)[1] == seen


def test_a_port_in_use_is_named():
    with server.listening("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(server.PortTaken, match=f"127.0.0.1, port {port}: .*PORT="):
            server.listening("127.0.0.1", port)


def test_a_port_that_does_not_exist_is_named():
    with pytest.raises(server.PortTaken, match="port 70000"):
        server.listening("127.0.0.1", 70000)


def test_servers_share_a_data_folder_and_a_restore_has_it_alone(tmp_path):
    with sharing(tmp_path), sharing(tmp_path), pytest.raises(InUse, match="stop it first"), alone(tmp_path):
        pass
    with alone(tmp_path), pytest.raises(InUse, match="being restored"), sharing(tmp_path):
        pass


def test_a_process_that_died_leaves_no_lock(tmp_path):
    if (child := os.fork()) == 0:
        with alone(tmp_path):
            os._exit(0)
    os.waitpid(child, 0)
    with alone(tmp_path):
        pass
