"""Receivers are told of what happens: signed, in order, again after failures, and no more than they asked for."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from standardwebhooks import Webhook

from api.webhooks import courier
from api.webhooks.models import Delivery, Receiver
from api.webhooks.schema import MessageSerializer
from search import sequencer
from search.models import PageChange

Status = Delivery.Status

pytestmark = pytest.mark.django_db


def publish(page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def told(server) -> list[tuple[str, int]]:
    """What a server has got: pairs of an event and a page."""
    messages = [json.loads(body) for _headers, body in server.got]
    return [(message["type"], message["data"]["id"]) for message in messages]


def later(**passed) -> None:
    """As if this much time had passed for what waits."""
    for delivery in Delivery.objects.waiting():
        Delivery.objects.filter(pk=delivery.pk).update(due_at=delivery.due_at - timedelta(**passed))


def test_a_page_published_changed_and_removed_is_told_of(server, make_receiver, make_article, section, deliver):
    make_receiver(server)
    sequencer.drain()
    article = make_article()
    deliver()
    publish(article, title="Tiêu đề mới")
    deliver()
    article.unpublish()
    deliver()
    assert [event for event, page_id in told(server) if page_id == article.pk] == [
        "page.published",
        "page.changed",
        "page.removed",
    ]


def test_the_payload_is_typed_and_leads_to_the_api(server, make_receiver, make_event, deliver, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://portal.example"
    make_receiver(server, types=["event"])
    event = make_event(title="Không nói tiêu đề")
    deliver()
    [(_headers, body)] = server.got
    message = json.loads(body)
    assert MessageSerializer(data=message).is_valid(raise_exception=True)
    assert message["type"] == "page.published"
    assert message["data"]["api_url"] == f"https://portal.example/api/v1/events/{event.pk}/"
    assert message["data"].keys() == {"id", "type", "api_url", "seq"}
    assert "tiêu đề" not in body.decode()


def test_a_removed_page_has_no_address(server, make_receiver, make_article, deliver):
    article = make_article()
    make_receiver(server, kinds=["removed"])
    article.delete()
    deliver()
    [(_headers, body)] = server.got
    assert json.loads(body)["data"]["api_url"] is None


def test_messages_are_signed_by_the_standard_and_by_two_secrets_while_one_is_replaced(
    server, make_receiver, make_article, deliver
):
    receiver = make_receiver(server, types=["article"])
    old = receiver.secret
    make_article()
    deliver()
    receiver.rotate()
    make_article()
    deliver()
    Receiver.objects.update(previous_until=timezone.now() - timedelta(seconds=1))
    make_article()
    deliver()
    accepted = {old: 0, receiver.secret: 0}
    for secret in accepted:
        for headers, body in server.got:
            try:
                Webhook(secret).verify(body, headers)
            except Exception:
                continue
            accepted[secret] += 1
    assert (accepted[old], accepted[receiver.secret]) == (2, 2)


def test_a_retry_bears_the_same_id(server, make_receiver, make_article, deliver):
    make_receiver(server, types=["article"])
    server.status = 503
    make_article()
    deliver()
    later(minutes=1)
    deliver()
    first, second = (headers["webhook-id"] for headers, _body in server.got)
    assert first == second


def test_events_and_types_that_were_not_asked_for_are_left_out(
    server, make_receiver, make_article, make_event, deliver
):
    receiver = make_receiver(server, kinds=["published"], types=["article"])
    article = make_article()
    make_event()
    deliver()
    publish(article, title="Sửa")
    deliver()
    assert told(server) == [("page.published", article.pk)]
    assert Receiver.objects.get(pk=receiver.pk).position == sequencer.last()


def test_a_new_receiver_hears_of_nothing_that_was_before(server, make_receiver, make_article, deliver):
    make_article()
    make_receiver(server)
    deliver()
    assert server.got == []


def test_of_quick_changes_the_newest_is_told_and_a_publication_stays_one(server, make_receiver, make_article, deliver):
    make_receiver(server, types=["article"])
    server.status = 500
    article = make_article()
    deliver()
    server.got.clear()
    publish(article, title="Sửa")
    sequencer.drain()
    courier.queue()
    server.status = 200
    deliver()
    assert told(server) == [("page.published", article.pk)]
    assert sorted(Delivery.objects.values_list("status", flat=True)) == [Status.DELIVERED, Status.SUPERSEDED]


def test_a_failure_is_tried_again_later_and_later_for_a_day_then_given_up_and_the_receiver_disabled(
    server, make_receiver, make_article, deliver
):
    receiver = make_receiver(server, types=["article"])
    server.status = 500
    make_article()
    for pause in courier.BACKOFF:
        deliver()
        waiting = Delivery.objects.get()
        assert waiting.status == Status.WAITING
        assert abs(waiting.due_at - timezone.now() - pause) < timedelta(seconds=10)
        later(days=1)
    assert timedelta(hours=20) < sum(courier.BACKOFF, timedelta()) < timedelta(hours=28)
    Receiver.objects.update(failing_since=timezone.now() - timedelta(days=1))
    deliver()
    assert Delivery.objects.get().status == Status.FAILED
    receiver.refresh_from_db()
    assert not receiver.is_active
    assert "500" in receiver.disabled_because
    assert len(server.got) == len(courier.BACKOFF) + 1


def test_one_message_that_a_receiver_cannot_take_does_not_disable_it(server, make_receiver, make_article, deliver):
    make_receiver(server, types=["article"])
    poison, sound = make_article(), make_article()

    def pick(handler):
        handler.send_response(400 if json.loads(server.got[-1][1])["data"]["id"] == poison.pk else 200)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    server.answer = pick
    for _ in range(len(courier.BACKOFF) + 1):
        deliver()
        later(days=1)
        publish(sound, title=f"Sửa {timezone.now()}")
    assert Delivery.objects.get(page_id=poison.pk).status == Status.FAILED
    assert Receiver.objects.get().is_active


def test_while_it_is_disabled_nothing_is_sent_and_nothing_lost(server, make_receiver, make_article, deliver):
    receiver = make_receiver(server, types=["article"])
    server.status = 410
    first = make_article()
    deliver()
    receiver.refresh_from_db()
    assert not receiver.is_active
    second = make_article()
    deliver()
    assert len(server.got) == 1
    server.status = 200
    receiver.enable()
    deliver()
    assert told(server)[1:] == [("page.published", first.pk), ("page.published", second.pk)]


def test_a_delivery_can_be_sent_again(server, make_receiver, make_article, deliver):
    make_receiver(server, types=["article"])
    make_article()
    deliver()
    Delivery.objects.get().again()
    deliver()
    assert told(server)[0] == told(server)[1]
    assert Delivery.objects.get().status == Status.DELIVERED


def test_what_another_process_is_sending_is_left_to_it(server, make_receiver, make_article, deliver):
    receiver = make_receiver(server)
    make_article()
    Receiver.objects.update(leased_until=timezone.now() + timedelta(seconds=30))
    deliver()
    assert server.got == []
    Receiver.objects.update(leased_until=timezone.now() - timedelta(seconds=1))  # it was killed
    courier.deliver(receiver.pk)
    assert server.got


def test_a_page_closed_before_the_sequencer_has_seen_it_is_told_of_as_removed(
    server, make_receiver, make_article, section
):
    make_receiver(server, types=["article"])
    article = make_article()
    sequencer.drain()
    section.view_restrictions.create(restriction_type="login")
    courier.queue()
    assert list(Delivery.objects.values_list("kind", flat=True)) == [PageChange.Kind.REMOVED]
    assert article.pk == Delivery.objects.get().page_id


def test_the_log_forgets_what_is_finished_and_old(server, make_receiver, make_article, deliver):
    make_receiver(server, types=["article"])
    make_article()
    deliver()
    courier.forget()
    assert Delivery.objects.count() == 1
    Delivery.objects.update(finished_at=timezone.now() - courier.KEPT - timedelta(days=1))
    courier.forget()
    assert Delivery.objects.count() == 0


def test_receivers_inside_the_network_are_an_error_in_production(settings):
    from django.core.checks import run_checks

    settings.WEBHOOKS_UNSAFE_RECEIVERS = True
    assert "webhooks.E001" in {error.id for error in run_checks(include_deployment_checks=True)}
    settings.WEBHOOKS_UNSAFE_RECEIVERS = False
    assert "webhooks.E001" not in {error.id for error in run_checks(include_deployment_checks=True)}
