"""Unsafe requests are atomic, safe ones take no lock; through the real middleware chain and database."""

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from wagtail.models import Collection

from search.models import OutboxEntry


def _write() -> None:
    Collection.get_first_root_node().add_child(name="Written")
    OutboxEntry.objects.create(page_id=1)


def write_and_raise(request):
    _write()
    raise RuntimeError("after the write")


def write_and_answer(request, status):
    _write()
    return HttpResponse(str(transaction.get_connection().in_atomic_block), status=status)


@transaction.non_atomic_requests
def write_without_transaction(request):
    _write()
    raise RuntimeError("after the write")


seen_after_commit: list[bool] = []


def write_and_wait(request, status):
    transaction.on_commit(lambda: seen_after_commit.append(written()))
    return write_and_answer(request, status)


urlpatterns = [
    path("raise/", csrf_exempt(write_and_raise)),
    path("answer/<int:status>/", csrf_exempt(write_and_answer)),
    path("commit/<int:status>/", csrf_exempt(write_and_wait)),
    path("free/", csrf_exempt(write_without_transaction)),
]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls(__name__)]


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def written() -> bool:
    collection, entry = Collection.objects.filter(name="Written").exists(), OutboxEntry.objects.exists()
    assert collection == entry, "one came without the other"
    return collection


@pytest.fixture(autouse=True)
def _collections(db):
    if not Collection.get_first_root_node():
        Collection.add_root(name="Root")
    OutboxEntry.objects.all().delete()  # a thread of an earlier test may have adopted the first page after its end


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_view_that_raises_leaves_nothing_behind(client, method):
    assert getattr(client, method)("/raise/").status_code == 500
    assert not written()


def test_a_view_that_succeeds_is_committed(client):
    response = client.post("/answer/200/")
    assert response.content == b"True"
    assert written()


def test_an_answer_of_500_is_rolled_back(client):
    assert client.post("/answer/503/").status_code == 503
    assert not written()


def test_an_answer_of_400_is_the_views_own_business(client):
    assert client.post("/answer/400/").status_code == 400
    assert written()


@pytest.mark.parametrize("method", ["get", "head", "options", "trace"])
def test_a_safe_request_runs_outside_a_transaction(client, method):
    response = getattr(client, method)("/answer/200/")
    assert method == "head" or response.content == b"False"
    assert written()


def test_a_view_may_opt_out(client):
    assert client.post("/free/").status_code == 500
    assert written()


def test_what_waits_for_the_commit_runs_after_it_and_not_after_a_failure(client):
    seen_after_commit.clear()
    client.post("/commit/500/")
    assert seen_after_commit == []
    client.post("/commit/200/")
    assert seen_after_commit == [True]
