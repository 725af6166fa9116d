"""Conditional requests: what is asked, what is compared, what comes back."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import include, path
from django.utils import timezone
from django.utils.http import parse_http_date
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.caching import PRIVATE, cached, conditional, of, unkept
from cms.news.models import ArticlePage
from home.serving import code
from search import stamps
from search.models import VersionStamp

LIST = "/api/v1/t/titles/"

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


class Titles(APIView):
    @cached(of(ArticlePage))
    def get(self, request: Request) -> Response:
        return Response(list(ArticlePage.objects.live().order_by("pk").values_list("title", flat=True)))


class Title(APIView):
    @cached(of(page="pk"))
    def get(self, request: Request, pk: str) -> Response:
        article = ArticlePage.objects.filter(pk=pk).first() if pk.isdigit() and len(pk) < 10 else None
        return Response(article.title if article else None, status=200 if article else 404)


class Hour(APIView):
    @cached(of(ArticlePage))
    def get(self, request: Request) -> Response:
        return unkept(Response(timezone.now().isoformat()))


def feed(request: HttpRequest) -> HttpResponse:
    """A plain view, such as a feed."""
    return conditional(request, stamps.read([ArticlePage]), lambda: HttpResponse("<feed/>"))


urlpatterns = [
    path("api/v1/t/titles/", Titles.as_view()),
    path("api/v1/t/titles/<str:pk>/", Title.as_view()),
    path("api/v1/t/hour/", Hour.as_view()),
    path("feed/", feed),
    path("", include("config.urls")),
]


def again(client: Client, address: str, tag: str, **headers: str) -> HttpResponse:
    return client.get(address, headers={"If-None-Match": tag} | headers)


def test_what_has_not_changed_is_not_sent_again_and_costs_one_tiny_query(client: Client, make_article) -> None:
    make_article()
    first = client.get(LIST)
    assert re.fullmatch(r'W/"[0-9a-f]{24}"', first["ETag"])
    with CaptureQueriesContext(connection) as queries:
        second = again(client, LIST, first["ETag"])
    assert second.status_code == 304
    assert second.content == b""
    assert len(queries) == 1
    assert VersionStamp._meta.db_table in queries[0]["sql"]
    assert not second.has_header("Content-Length")
    for name in ("ETag", "Last-Modified", "Cache-Control", "Vary"):
        assert second[name] == first[name]


@pytest.mark.parametrize("given", ["{tag}", '"other", {tag}', "{strong}", ' {tag} , W/"x"'])
def test_one_of_several_tags_and_a_strong_one_of_the_same_text_fit(client: Client, make_article, given: str) -> None:
    make_article()
    tag = client.get(LIST)["ETag"]
    fits = again(client, LIST, given.format(tag=tag, strong=tag.removeprefix("W/"))).status_code == 304
    assert fits == (given != "{strong}")


@pytest.mark.parametrize("given", ["*", "", "nonsense", 'W/"', '"' * 500, "\u0111"])
def test_anything_else_gets_the_answer(client: Client, make_article, given: str) -> None:
    make_article()
    assert again(client, LIST, given).status_code == 200


def test_a_time_alone_is_not_believed(client: Client, make_article) -> None:
    make_article()
    first = client.get(LIST)
    later = client.get(LIST, headers={"If-Modified-Since": first["Last-Modified"]})
    assert later.status_code == 200


def test_last_modified_follows_the_content(client: Client, make_article) -> None:
    make_article()
    VersionStamp.objects.update(changed_at=timezone.now() + timedelta(hours=1))
    moment = parse_http_date(client.get(LIST)["Last-Modified"])
    assert abs(moment - (timezone.now() + timedelta(hours=1)).timestamp()) < 60


def test_head_is_answered_like_get(client: Client, make_article) -> None:
    make_article()
    tag = client.get(LIST)["ETag"]
    assert client.head(LIST)["ETag"] == tag
    assert client.head(LIST, headers={"If-None-Match": tag}).status_code == 304


def test_a_tag_is_good_for_its_own_question_language_and_host_alone(client: Client, make_article) -> None:
    make_article()
    tag = client.get(LIST)["ETag"]
    assert again(client, f"{LIST}?a=b", tag).status_code == 200
    assert again(client, LIST, tag, **{"Accept-Language": "en"}).status_code == 200
    assert again(client, LIST, tag, host="localhost").status_code == 200


def test_other_code_is_another_answer(client: Client, make_article, monkeypatch) -> None:
    make_article()
    tag = client.get(LIST)["ETag"]
    monkeypatch.setattr(code, "running", lambda: code.Code("other", timezone.now()))
    assert again(client, LIST, tag).status_code == 200


def test_the_digest_of_the_code_covers_what_shapes_answers() -> None:
    files = {path.name for path in code._files(Path(__file__).resolve().parents[3])}
    assert {"serializers.py", "django.po", "requirements.txt", "base.py"} <= files


@pytest.mark.parametrize("pk", ["999999", "abc", "9" * 30, "-1", "٣"])
def test_what_is_not_there_carries_no_tag(client: Client, pk: str) -> None:
    response = client.get(f"{LIST}{pk}/")
    assert response.status_code == 404
    assert not response.has_header("ETag")


def test_a_page_that_went_away_is_gone_for_who_has_it(client: Client, make_article) -> None:
    article = make_article()
    tag = client.get(f"{LIST}{article.pk}/")["ETag"]
    article.delete()
    assert again(client, f"{LIST}{article.pk}/", tag).status_code == 404


def test_what_is_right_only_now_carries_no_tag(client: Client) -> None:
    response = client.get("/api/v1/t/hour/")
    assert response["Cache-Control"] == PRIVATE
    assert not response.has_header("ETag")


def test_a_plain_view_can_ask_too(client: Client, make_article) -> None:
    make_article()
    tag = client.get("/feed/")["ETag"]
    assert again(client, "/feed/", tag).status_code == 304
    make_article()
    assert again(client, "/feed/", tag).status_code == 200


def test_a_refusal_comes_before_304(client: Client, make_article, make_key_text: Callable[[], str], settings) -> None:
    make_article()
    tag = client.get(LIST)["ETag"]
    assert again(client, LIST, tag, **{"X-API-Key": "trang"}).status_code == 401
    settings.API_KEYS_REQUIRED = True
    assert again(client, LIST, tag).status_code == 401
    assert again(client, LIST, tag, **{"X-API-Key": make_key_text()}).status_code == 304


@pytest.fixture
def make_key_text(db: None) -> Callable[[], str]:
    from api.keys.models import Key

    return lambda: Key.objects.make(name="Ứng dụng", scopes=["read"])[1]


def test_content_may_be_kept_and_must_be_asked_for_the_description_for_some_minutes(
    client: Client, make_article, make_key_text
) -> None:
    make_article()
    assert client.get(LIST)["Cache-Control"] == "no-cache"
    assert client.get(LIST, headers={"X-API-Key": make_key_text()})["Cache-Control"] == "private, no-cache"
    description = client.get("/api/v1/openapi.json")
    assert description["Cache-Control"] == "public, max-age=300"
    assert again(client, "/api/v1/openapi.json", description["ETag"]).status_code == 304


def test_stamps_are_read_before_the_content(make_article) -> None:
    """What changes while an answer is being made makes it newer than its tag, never older."""
    make_article()
    request = RequestFactory().get(LIST)
    view = Titles.as_view()
    tags = []

    class Slow(Titles):
        @cached(of(ArticlePage))
        def get(self, request: Request) -> Response:
            make_article()
            return Response([])

    tags.append(Slow.as_view()(request)["ETag"])
    tags.append(view(request)["ETag"])
    assert tags[0] != tags[1]
