"""Smaller answers, without telling by their length what is secret in them."""

import gzip

import brotli
import pytest
from django.http import FileResponse, HttpResponse
from django.test import Client

from home.serving.compression import Compression

LONG = "Trường Chính trị tỉnh Hoà Bình. " * 100


def answered(rf, wish: str, response: HttpResponse | None = None, **cookies: str):
    request = rf.get("/", headers={"Accept-Encoding": wish} if wish else {})
    request.COOKIES |= cookies
    return Compression(lambda request: response or HttpResponse(LONG))(request)


@pytest.mark.parametrize(
    ("wish", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("gzip;q=0.0", None),
        ("identity", None),
        ("", None),
    ],
)
def test_the_browser_gets_the_best_that_it_takes(rf, wish, encoding):
    response = answered(rf, wish)
    assert response.get("Content-Encoding") == encoding
    assert response["Vary"] == "Accept-Encoding"
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert unpack(response.content).decode() == LONG
    if encoding:
        assert int(response["Content-Length"]) == len(response.content) < len(LONG)


def test_an_answer_to_somebody_in_particular_has_another_length_each_time(rf):
    for cookie in ("sessionid", "csrftoken"):
        answers = [answered(rf, "br, gzip", **{cookie: "x"}) for _ in range(20)]
        assert {answer["Content-Encoding"] for answer in answers} == {"gzip"}
        assert len({len(answer.content) for answer in answers}) > 1
        assert gzip.decompress(answers[0].content).decode() == LONG


def test_an_answer_that_sets_a_cookie_is_one_to_somebody_in_particular(rf):
    def form():
        response = HttpResponse(LONG)
        response.set_cookie("csrftoken", "x")
        return response

    answers = [answered(rf, "br, gzip", form()) for _ in range(20)]
    assert {answer["Content-Encoding"] for answer in answers} == {"gzip"}
    assert len({len(answer.content) for answer in answers}) > 1


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse("ngắn"),
        HttpResponse(LONG, content_type="image/webp"),
        HttpResponse(LONG, headers={"Content-Encoding": "gzip"}),
        FileResponse([LONG.encode()], content_type="text/plain"),
    ],
    ids=["short", "a picture", "compressed already", "a stream"],
)
def test_what_gains_nothing_is_left_as_it_is(rf, response):
    assert answered(rf, "br", response).get("Content-Encoding") in (None, "gzip")
    assert "br" not in response.get("Content-Encoding", "")


def test_an_entity_tag_of_the_bytes_becomes_one_of_the_content(rf):
    assert answered(rf, "gzip", HttpResponse(LONG, headers={"ETag": '"a"'}))["ETag"] == 'W/"a"'


def test_pages_and_answers_of_the_api_are_compressed(home, section):
    for address in ("/tin-tuc/", "/api/v1/openapi.json"):
        answer = Client().get(address, headers={"Accept-Encoding": "br"})
        assert (answer.status_code, answer["Content-Encoding"]) == (200, "br"), address
