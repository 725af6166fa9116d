"""Lists: what they show, how they are narrowed and sorted, and that turning their pages loses and repeats nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from cms.news.models import NewsIndexPage

pytestmark = pytest.mark.django_db

NAMES = {
    "articles": "article",
    "events": "event",
    "schools": "school",
    "clusters": "cluster",
    "people": "person",
    "official-documents": "document",
    "sections": "section",
    "images": "picture",
    "documents": "file",
    "redirects": "redirect",
}


@pytest.mark.parametrize(("name", "thing"), NAMES.items())
def test_each_kind_has_a_list_and_details(get, ids, whole_site, name, thing):
    key = getattr(whole_site, thing).pk
    assert key in ids(name)
    assert get(name, key)["id"] == key


def test_pages_of_every_type_are_in_one_list_in_the_editors_order(get, whole_site):
    results = get("pages", page_size=100)["results"]
    types = {result["type"] for result in results}
    assert types >= {"home", "section", "article", "event", "school", "cluster", "person", "document", "page"}
    paths = dict(Page.objects.values_list("pk", "path"))
    assert [paths[result["id"]] for result in results] == sorted(paths[result["id"]] for result in results)
    assert all(result["api_url"].startswith("http://testserver/api/v1/") for result in results)


def test_the_api_url_of_a_page_leads_to_its_type(get, client, whole_site):
    for result in get("pages", page_size=100)["results"]:
        answer = client.get(result["api_url"]).json()
        assert (answer["id"], answer["type"], answer["api_url"]) == (result["id"], result["type"], result["api_url"])


def test_a_list_is_lean_and_gives_what_is_named(get, whole_site):
    (result,) = get("articles")["results"]
    assert {"body", "cited_documents", "reads", "ancestors"}.isdisjoint(result)
    (result,) = get("articles", fields="title,body(html),reads")["results"]
    assert set(result) == {"id", "title", "body", "reads"}
    assert set(result["body"]) == {"html"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("title", {"title": "Bài viết số 1"}),
        ("authors.person.title", {"authors": [{"person": {"title": "Phạm Thị Thu Hà"}}]}),
        ("authors(name,person(title))", {"authors": [{"name": "TS. Hà", "person": {"title": "Phạm Thị Thu Hà"}}]}),
        ("tags(name)", {"tags": [{"name": "Thi đua"}]}),
        ("section.title,section.type", {"section": {"title": "Tin tức", "type": "section"}}),
        ("event.title,event", None),
    ],
)
def test_fields_are_chosen_at_any_depth(get, whole_site, fields, expected):
    result = get("articles", whole_site.article.pk, fields=fields)
    if expected is None:  # all of a field wins over a part of it
        assert set(result["event"]) == {"id", "type", "title", "url", "api_url"}
        return
    assert without_ids(result) == expected


def without_ids(value):
    if isinstance(value, dict):
        return {name: without_ids(inner) for name, inner in value.items() if name != "id"}
    return [without_ids(item) for item in value] if isinstance(value, list) else value


def test_a_chosen_size_of_a_cover_is_all_that_is_sent_of_it(get, whole_site):
    cover = get("articles", whole_site.article.pk, fields="cover(alt,renditions(small(webp)))")["cover"]
    assert cover == {
        "id": whole_site.picture.pk,
        "alt": whole_site.picture.description,
        "renditions": {"small": {"webp": cover["renditions"]["small"]["webp"]}},
    }


@pytest.fixture
def articles(make_article):
    """Five articles, the newest first; two of them of the same moment."""
    start = datetime(2023, 11, 8, 3, tzinfo=UTC)
    moments = [start, start, start + timedelta(days=1), start + timedelta(days=30), start + timedelta(days=400)]
    return [make_article(published_at=moment).pk for moment in moments][::-1]


def test_articles_come_the_newest_first(ids, articles):
    assert ids("articles") == articles
    assert ids("articles", sort="published_at") == articles[::-1]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"published_at__gte": "2023-11-09"}, [0, 1, 2]),
        ({"published_at__gt": "2023-11-09"}, [0, 1]),
        ({"published_at__lte": "2023-11-08"}, [3, 4]),
        ({"published_at__lt": "2023-11-08"}, []),
        ({"published_at__gte": "2023-11-08T10:00:00+07:00", "published_at__lt": "2023-11-08T10:00:01+07:00"}, [3, 4]),
        ({"published_at__gt": "2023-11-08T03:00:00Z"}, [0, 1, 2]),
        ({"published_at__gt": "2023-11-08T19:32:00+16:32"}, [0, 1, 2]),
        ({"on": "2023-11-09"}, [2]),
        ({"year": "2023"}, [1, 2, 3, 4]),
        ({"year": ["2024", "2025"]}, [0]),
    ],
)
def test_articles_of_a_time(ids, articles, parameters, expected):
    assert ids("articles", **parameters) == [articles[place] for place in expected]


def test_a_plus_that_was_not_encoded_is_understood(ids, client, articles):
    response = client.get("/api/v1/articles/?published_at__gte=2023-11-09T10:00:00+07:00")
    assert [result["id"] for result in response.json()["results"]] == articles[:3]


def test_filters_of_articles(ids, whole_site, make_article):
    article, other = whole_site.article, make_article(source="Báo Hoà Bình").pk
    for parameters in (
        {"tag": "thi-đua"},
        {"author": whole_site.person.pk},
        {"event": whole_site.event.pk},
        {"school": whole_site.school.pk},
        {"slug": article.slug},
        {"id": article.pk},
    ):
        assert ids("articles", **parameters) == [article.pk], parameters
    assert ids("articles", source="Báo Hoà Bình") == [other]
    assert set(ids("articles", id=[article.pk, other])) == {article.pk, other}
    assert ids("articles", language="en") == []


def test_tree_filters_tell_children_from_descendants(ids, section, make_article):
    section.refresh_from_db()
    inner = section.add_child(instance=NewsIndexPage(title="Trong", slug="trong"))
    outer_article, inner_article = make_article().pk, make_article(parent=inner).pk
    assert set(ids("articles", descendant_of=section.pk)) == {outer_article, inner_article}
    assert set(ids("articles", section=section.pk)) == {outer_article, inner_article}
    assert ids("articles", child_of=section.pk) == [outer_article]
    assert ids("articles", child_of=inner.pk) == [inner_article]
    assert ids("sections", child_of=section.pk) == [inner.pk]
    assert set(ids("pages", child_of=section.pk)) == {inner.pk, outer_article}
    assert ids("articles", child_of=999_999) == []


def test_a_section_with_many_pages_is_narrowed_like_a_small_one(ids, section, make_article, monkeypatch):
    from api.content import filters

    inner = section.add_child(instance=NewsIndexPage(title="Trong", slug="trong"))
    keys = [make_article(parent=inner).pk for _ in range(3)]
    make_article()
    small = ids("articles", descendant_of=inner.pk)
    monkeypatch.setattr(filters, "LARGE", 2)
    assert set(small) == set(keys)
    assert ids("articles", descendant_of=inner.pk) == small
    assert set(ids("articles", child_of=inner.pk)) == set(keys)


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2023-11-07", 0), ("2023-11-08", 1), ("2023-11-09", 1), ("2023-11-10", 0)],
)
def test_events_on_a_day_are_those_that_have_begun_and_not_ended(ids, make_event, day, expected):
    make_event()  # the 8th and the 9th
    assert len(ids("events", on=day)) == expected


def test_an_event_that_ends_at_midnight_is_not_of_the_next_day(ids, make_event):
    make_event(
        starts_at=datetime(2023, 11, 8, 10, tzinfo=UTC), ends_at=datetime(2023, 11, 8, 17, tzinfo=UTC)
    )  # midnight in Hà Nội
    assert len(ids("events", on="2023-11-08")) == 1
    assert ids("events", on="2023-11-09") == []


def test_an_event_for_whole_days_lasts_through_its_last_day(ids, make_event):
    event = make_event(
        is_all_day=True,
        starts_at=datetime(2023, 11, 8, 1, tzinfo=UTC),
        ends_at=datetime(2023, 11, 8, 17, 30, tzinfo=UTC),  # half past midnight of the 9th
    )
    assert ids("events", on="2023-11-09") == [event.pk]
    assert ids("events", is_all_day="true") == [event.pk]
    assert ids("events", is_all_day="false") == []


def test_coming_events(ids, make_event):
    past, now = make_event(slug="past").pk, timezone.now()
    coming = make_event(slug="coming", starts_at=now + timedelta(days=1), ends_at=now + timedelta(days=2)).pk
    assert ids("events", coming="true") == [coming]
    assert ids("events", coming="false") == [past]
    assert ids("events", starts_at__lte=now.date().isoformat()) == [past]


def test_filters_of_other_types(ids, whole_site):
    site = whole_site
    assert ids("events", host=site.school.pk) == ids("events", participant=site.school.pk) == [site.event.pk]
    assert ids("schools", province="Hoà Bình") == ids("schools", cluster=site.cluster.pk) == [site.school.pk]
    assert ids("clusters", member=site.school.pk) == [site.cluster.pk]
    assert ids("people", school=site.school.pk) == ids("people", academic_title="TS.") == [site.person.pk]
    assert ids("images", id=site.picture.pk) == [site.picture.pk]
    assert ids("documents", extension="TXT") == [site.file.pk]
    assert ids("documents", extension="pdf") == []
    assert ids("redirects", old_path="/tin-cu", page=site.article.pk) == [site.redirect.pk]
    assert ids("redirects", is_permanent="false") == []
    assert ids("pages", type=["event", "school"]) == ids("pages", id=[site.event.pk, site.school.pk])


@pytest.mark.parametrize("number", ["444-KH/CTĐ", "444/KH-CTĐ", "số 444-KH/CTĐ"])
def test_an_official_document_is_found_by_any_spelling_of_its_number(ids, whole_site, number):
    assert ids("official-documents", number=number) == [whole_site.document.pk]


def test_filters_of_official_documents(ids, whole_site, make_official_document):
    document, other = whole_site.document.pk, make_official_document("11-QĐ/TW").pk
    assert ids("official-documents") == [document, other]  # what has no date comes last
    assert ids("official-documents", sort="issued_on") == [document, other]
    assert ids("official-documents", kind="quyet-dinh") == [other]
    assert ids("official-documents", signer=whole_site.person.pk) == [document]
    assert ids("official-documents", has_files="true") == [document]
    assert ids("official-documents", year=2023) == ids("official-documents", issued_on__lte="2023-10-01") == [document]
    assert ids("official-documents", issued_on__lt="2023-10-01") == []


def walk(client, address):
    """The ids on all pages of a list, by `next`, and the address of the last page."""
    found = []
    while address:
        answer = client.get(address).json()
        found += [result["id"] for result in answer["results"]]
        address, last = answer["next"], address
    return found, last


@pytest.mark.parametrize(
    "sort", ["-published_at", "published_at", "title", "-title", "order", "changed_at", "-changed_at"]
)
def test_turning_pages_shows_each_thing_once_in_every_order_and_back_again(client, ids, articles, sort):
    Page.objects.filter(pk__in=articles[:2]).update(last_published_at=None)
    everything = ids("articles", sort=sort)
    found, last = walk(client, f"/api/v1/articles/?page_size=2&sort={sort}")
    assert found == everything
    backwards, address = [], last
    while address:
        answer = client.get(address).json()
        backwards = [result["id"] for result in answer["results"]] + backwards
        address = answer["previous"]
    assert backwards == everything


def test_what_comes_and_goes_between_two_pages_shifts_nothing(client, articles, make_article):
    first = client.get("/api/v1/articles/?page_size=2").json()
    make_article(published_at=datetime(2030, 1, 1, tzinfo=UTC))
    Page.objects.get(pk=articles[1]).specific.delete()  # the very one that the cursor was made of
    rest, _last = walk(client, first["next"])
    assert [result["id"] for result in first["results"]] + rest == articles


def test_the_last_page_has_no_next_and_the_first_no_previous(get, articles):
    answer = get("articles", page_size=5)
    assert (answer["next"], answer["previous"]) == (None, None)


def test_fields_and_size_may_change_on_the_way(client, articles):
    first = client.get("/api/v1/articles/?page_size=2").json()
    answer = client.get(f"{first['next']}&fields=title".replace("page_size=2", "page_size=3")).json()
    assert [result["id"] for result in answer["results"]] == articles[2:]
    assert set(answer["results"][0]) == {"id", "title"}


@pytest.mark.parametrize("name", NAMES)
def test_a_list_takes_as_many_queries_for_ten_as_for_two(client, whole_site, count_queries, name, request):
    """Details as well: everything that a list can show is asked for."""
    fields = ",".join(client.get(f"/api/v1/{name}/{getattr(whole_site, NAMES[name]).pk}/").json())
    ask = lambda: client.get(f"/api/v1/{name}/?fields={fields}")  # noqa: E731
    ask()
    one = count_queries(ask)
    make_more(whole_site, NAMES[name], request)
    ask()
    assert len(ask().json()["results"]) > 3
    assert count_queries(ask) <= one


def make_more(site, thing, request):
    """Copies of a thing, with all that belongs to it."""
    source = getattr(site, thing)
    for number in range(4):
        if isinstance(source, Page):
            source.copy(update_attrs={"slug": f"them-{number}", "title": f"Thêm {number}"}, copy_revisions=False)
        elif thing == "redirect":
            type(source).objects.create(old_path=f"/cu-{number}", redirect_page=source.redirect_page)
        else:
            request.getfixturevalue({"picture": "make_image", "file": "make_document"}[thing])()


def test_the_default_list_of_articles_takes_eight_queries(client, whole_site, make_article, make_image, count_queries):
    for _ in range(3):
        make_article(cover=make_image())
    client.get("/api/v1/articles/")
    assert count_queries(lambda: client.get("/api/v1/articles/")) <= 8


def test_dates_are_the_day_of_the_site(get, whole_site):
    assert get("articles", whole_site.article.pk)["published_at"] == "2023-11-10T14:00:00+07:00"
    assert get("official-documents", whole_site.document.pk)["issued_on"] == str(date(2023, 10, 1))
