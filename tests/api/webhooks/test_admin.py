"""Receivers and their log in the admin: who may see and do what, and what is shown only once."""

import itertools

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from api.webhooks.models import Delivery, Receiver
from cms.core.models import User

pytestmark = pytest.mark.django_db

NEW = {"name": "Ứng dụng", "url": "https://1.1.1.1/hook", "kinds": ["published"], "types": ["article"]}


@pytest.fixture
def receiver(home) -> Receiver:
    return Receiver.objects.create(name="Cổng tỉnh", url="https://1.1.1.1/hook")


@pytest.fixture
def delivery(receiver) -> Delivery:
    return receiver.deliveries.create(
        seq=1, kind="published", page_id=7, page_type="article", status="failed", answer=503, problem="Bận <b>lắm</b>"
    )


@pytest.fixture
def log_in(client):
    """As somebody who may enter the admin, and what these permissions allow."""

    def log_in(*codenames: str) -> None:
        group = Group.objects.create(name="Kỹ thuật")
        names = ["access_admin", *codenames]
        group.permissions.set(Permission.objects.filter(codename__in=names))
        user = User.objects.create_user("ky-thuat", password="x")
        user.groups.add(group)
        client.force_login(user)

    return log_in


def urls(receiver, delivery):
    return {
        "receivers": reverse("webhook_receivers:index"),
        "add": reverse("webhook_receivers:add"),
        "edit": reverse("webhook_receivers:edit", args=[receiver.pk]),
        "delete": reverse("webhook_receivers:delete", args=[receiver.pk]),
        "inspect": reverse("webhook_receivers:inspect", args=[receiver.pk]),
        "deliveries": reverse("webhook_deliveries:index"),
        "delivery": reverse("webhook_deliveries:inspect", args=[delivery.pk]),
    }


def deeds(receiver, delivery):
    return [
        *(reverse(f"webhook_receivers:{deed}", args=[receiver.pk]) for deed in ("rotate", "enable", "disable")),
        reverse("webhook_deliveries:again", args=[delivery.pk]),
    ]


def test_who_has_no_permission_sees_and_does_nothing(client, log_in, receiver, delivery):
    log_in("change_image")
    for url in urls(receiver, delivery).values():
        assert client.get(url).status_code in {302, 403}, url
    secret = receiver.secret
    for url in deeds(receiver, delivery):
        assert client.post(url).status_code in {302, 403}, url
    assert client.post(reverse("webhook_receivers:add"), NEW).status_code in {302, 403}
    receiver.refresh_from_db()
    delivery.refresh_from_db()
    assert (receiver.secret, receiver.is_active, delivery.status) == (secret, True, "failed")
    assert Receiver.objects.count() == 1
    assert "Webhook" not in client.get("/admin/").content.decode()


def test_who_may_view_sees_and_changes_nothing(client, log_in, receiver, delivery):
    log_in("view_receiver", "view_delivery")
    seen = urls(receiver, delivery)
    for name in ("receivers", "inspect", "deliveries", "delivery"):
        assert client.get(seen[name]).status_code == 200, name
    for name in ("add", "edit", "delete"):
        assert client.get(seen[name]).status_code in {302, 403}, name
    for url in deeds(receiver, delivery):
        assert client.post(url).status_code in {302, 403}, url
    assert "<form" not in client.get(seen["delivery"]).content.decode().split("<dl>")[1].split("</main>")[0]
    delivery.refresh_from_db()
    assert delivery.status == "failed"


def test_who_may_change_can_do_all_of_it(client, log_in, receiver, delivery):
    log_in("view_receiver", "add_receiver", "change_receiver", "delete_receiver", "view_delivery", "change_delivery")
    for name, url in urls(receiver, delivery).items():
        assert client.get(url).status_code == 200, name
    for url in deeds(receiver, delivery):
        assert client.get(url).status_code == 405, url
    client.post(reverse("webhook_receivers:disable", args=[receiver.pk]))
    receiver.refresh_from_db()
    assert not receiver.is_active
    assert "ky-thuat" in client.get(reverse("webhook_receivers:index")).content.decode()
    client.post(reverse("webhook_receivers:enable", args=[receiver.pk]))
    client.post(reverse("webhook_deliveries:again", args=[delivery.pk]))
    receiver.refresh_from_db()
    delivery.refresh_from_db()
    assert (receiver.is_active, delivery.status) == (True, "waiting")


def test_nobody_writes_or_deletes_the_log(admin_client, delivery):
    base = reverse("webhook_deliveries:index")
    for address in ("new/", f"edit/{delivery.pk}/", f"delete/{delivery.pk}/", f"copy/{delivery.pk}/"):
        assert admin_client.get(f"{base}{address}").status_code == 404, address
        assert admin_client.post(f"{base}{address}").status_code == 404, address


def test_the_secret_is_shown_when_it_is_made_and_never_again(admin_client, home):
    made = admin_client.post(reverse("webhook_receivers:add"), NEW)
    receiver = Receiver.objects.get()
    assert (receiver.kinds, receiver.types) == (["published"], ["article"])
    assert receiver.secret in made.content.decode()
    assert "no-store" in made["Cache-Control"]
    for name in ("edit", "inspect"):
        assert receiver.secret not in admin_client.get(reverse(f"webhook_receivers:{name}", args=[receiver.pk])).text
    rotated = admin_client.post(reverse("webhook_receivers:rotate", args=[receiver.pk]))
    old = receiver.secret
    receiver.refresh_from_db()
    assert receiver.secret != old
    assert receiver.secret in rotated.content.decode()
    assert old not in rotated.content.decode()
    assert receiver.secret not in admin_client.get(reverse("webhook_receivers:index")).text


@pytest.mark.parametrize(
    "url",
    ["http://example.com/", "https://127.0.0.1/", "https://localhost/x", "https://10.0.0.1/", "https://u:p@1.1.1.1/"],
)
def test_an_address_that_may_not_be_sent_to_is_refused_with_the_reason(admin_client, home, url):
    answer = admin_client.post(reverse("webhook_receivers:add"), NEW | {"url": url})
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"url"}
    assert not Receiver.objects.exists()


def test_an_edit_leaves_alone_what_the_courier_writes_meanwhile(admin_client, receiver):
    with CaptureQueriesContext(connection) as captured:
        admin_client.post(reverse("webhook_receivers:edit", args=[receiver.pk]), NEW | {"name": "Tên mới"})
    receiver.refresh_from_db()
    assert receiver.name == "Tên mới"
    [update] = [query["sql"] for query in captured if query["sql"].startswith('UPDATE "webhooks_receiver"')]
    assert "position" not in update
    assert "leased_until" not in update


def test_the_log_shows_what_came_of_it_escaped(admin_client, delivery):
    shown = admin_client.get(reverse("webhook_deliveries:inspect", args=[delivery.pk])).content.decode()
    assert "503" in shown
    assert "Bận &lt;b&gt;lắm&lt;/b&gt;" in shown


def test_a_disabled_receiver_says_why_wherever_it_is_seen(admin_client, receiver):
    receiver.disable("Trả lời 500")
    for name in ("edit", "inspect"):
        assert "Trả lời 500" in admin_client.get(reverse(f"webhook_receivers:{name}", args=[receiver.pk])).text
    assert "Trả lời 500" in admin_client.get(reverse("webhook_receivers:index")).text


def test_the_log_can_be_narrowed_down_and_takes_the_same_queries_for_more(
    admin_client, receiver, delivery, count_queries
):
    numbers = itertools.count(2)

    def add(count):
        for _ in range(count):
            receiver.deliveries.create(seq=next(numbers), kind="changed", page_id=8, page_type="event")

    index = reverse("webhook_deliveries:index")
    add(1)
    few = count_queries(lambda: admin_client.get(index))
    add(10)
    assert count_queries(lambda: admin_client.get(index)) == few
    found = admin_client.get(f"{index}?status=failed")
    assert list(found.context["object_list"]) == [delivery]


def test_permissions_can_be_given_to_groups(admin_client, home):
    shown = admin_client.get(reverse("wagtailusers_groups:add")).content.decode()
    for model in (Receiver, Delivery):
        permission = Permission.objects.get(codename=f"change_{model._meta.model_name}")
        assert f'value="{permission.pk}"' in shown
