"""Media in an S3-compatible store, which nobody but Trang reads. A small server stands for the store."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client
from pytest_django import Settings

PICTURE = b"\x89PNG\r\n\x1a\n" + b"x" * 50
kept: dict[str, bytes] = {}


class Store(BaseHTTPRequestHandler):
    """Keeps what is put under a path, and gives it back."""

    def do_PUT(self) -> None:
        kept[self.path] = self._body()
        self._answer(200)

    def do_GET(self) -> None:
        self._answer(200, kept[self.path]) if self.path in kept else self._answer(404)

    do_HEAD = do_GET

    def _body(self) -> bytes:
        length = int(self.headers.get("Content-Length", 0))
        return self.rfile.read(length)

    def _answer(self, status: int, data: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def bucket(settings: Settings) -> Iterator[dict[str, bytes]]:
    """What lies in the bucket, by path; media are kept there."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Store)
    Thread(target=server.serve_forever, daemon=True).start()
    options = {
        "bucket_name": "anh",
        "endpoint_url": f"http://127.0.0.1:{server.server_port}",
        "region_name": "vn-1",
        "access_key": "ten",
        "secret_key": "khoa",
    }
    place = {"BACKEND": "home.serving.storage.PrivateBucket", "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"default": place}
    kept.clear()
    yield kept
    server.shutdown()
    server.server_close()


def test_what_is_saved_lies_in_the_bucket_and_is_addressed_as_in_the_folder(bucket: dict[str, bytes]) -> None:
    name = storages["default"].save("images/hội nghị.png", ContentFile(PICTURE))
    assert len(bucket) == 1
    assert storages["default"].url(name).startswith("/media/images/")
    assert "Signature" not in storages["default"].url(name)
    with storages["default"].open(name) as file:
        assert file.read() == PICTURE


def test_a_second_file_of_the_same_name_replaces_none(bucket: dict[str, bytes]) -> None:
    names = {storages["default"].save("documents/tep.txt", ContentFile(b"x")) for _ in range(2)}
    assert len(names) == len(bucket) == 2


def test_readers_get_the_sizes_made_for_them_through_the_site(bucket: dict[str, bytes], client: Client) -> None:
    storages["default"].save("images/a.png", ContentFile(PICTURE))
    response = client.get("/media/images/a.png")
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert b"".join(response.streaming_content) == PICTURE


@pytest.mark.parametrize(
    "path", ["original_images/a.png", "images/../original_images/a.png", "images//a.png", "images/b.png", "a.png"]
)
def test_nothing_else_is_given_away(bucket: dict[str, bytes], client: Client, path: str, db: None) -> None:
    storages["default"].save("original_images/a.png", ContentFile(PICTURE))
    assert client.get(f"/media/{path}").status_code == 404
