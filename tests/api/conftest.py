"""A site with something of everything, for the content endpoints."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils.http import urlencode
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from home.models import HomePage, Navigation, SiteSettings, StandardPage


@pytest.fixture
def get(client: Client) -> Callable[..., Any]:
    """Asks the API: `get("articles", tag=["a", "b"])`, `get("articles", 7)`; the answer must be 200."""

    def get(name: str, key: int | str = "", **parameters: Any) -> Any:
        address = f"/api/v1/{name}/{f'{key}/' if key else ''}"
        response = client.get(f"{address}?{urlencode(parameters, doseq=True)}")
        assert response.status_code == 200, response.content
        return response.json()

    return get


@pytest.fixture
def ids(get: Callable[..., Any]) -> Callable[..., list[int]]:
    """The ids in a list, in its order."""
    return lambda name, **parameters: [result["id"] for result in get(name, **parameters)["results"]]


def blocks_of(picture: int, file: int, page: int) -> list[dict[str, Any]]:
    """A body with every type of block, as the database holds it."""
    shown = {"image": picture, "alt_text": "Toàn cảnh", "caption": "Hội trường A", "credit": ""}
    link, download = f'<a linktype="page" id="{page}">', f'<a linktype="document" id="{file}">'
    table = {"data": [["Trường", "Điểm"], ["A", None]], "table_caption": "Điểm", "first_row_is_table_header": True}
    merged = [{"row": 1, "col": 0, "rowspan": 1, "colspan": 2}]
    values = {
        "text": f"<p><b>Cụm</b> đã họp, theo {link}bài</a>, {download}tệp</a> và 444-KH/CTĐ.</p>",
        "heading": {"text": "Kết quả", "level": "3"},
        "picture": shown,
        "gallery": {"pictures": [{"type": "item", "value": shown, "id": "a"}]},
        "quote": {"text": "Học, học nữa", "who": "V. I. Lênin"},
        "table": {**table, "table_header_choice": "row", "mergeCells": merged},
        "files": {"title": "Tài liệu", "files": [file]},
        "video": {"url": "https://youtu.be/abcdefghijk", "title": "Phóng sự", "still": picture},
        "highlight": {"title": "Lưu ý", "text": "<p>Mang theo thẻ</p>"},
    }
    return [{"type": kind, "value": value, "id": f"block-{kind}"} for kind, value in values.items()]


@pytest.fixture
def whole_site(
    home: HomePage,
    section,
    make_school,
    make_person,
    make_official_document,
    make_event,
    make_cluster,
    make_article,
    make_image,
    make_document,
) -> SimpleNamespace:
    """One thing of each kind, all public and tied to each other."""
    picture, file = make_image(), make_document()
    school = make_school(province="Hoà Bình", about="<p>Thành lập 1957</p>", cover=picture)
    person = make_person(academic_title="TS.", about="<p>Giảng viên</p>")
    person.posts.create(role="Hiệu trưởng", school=school, since=date(2020, 1, 1))
    person.save()
    school.leaders.create(name="TS. Hà", role="Hiệu trưởng", person=person)
    school.former_names.create(name="Trường Đảng", until_year=1994)
    school.save()
    document = make_official_document(files=[file], signer=person, issued_on=date(2023, 10, 1), summary="Kế hoạch")
    cluster = make_cluster([school])
    event = make_event(taking_part=[school], host=school)
    event.agenda.create(what="Khai mạc", who="Ban tổ chức")
    event.documents.create(document=document)
    event.save()
    article = make_article(
        cover=picture,
        event=event,
        tags=["Thi đua"],
        summary="Tổng kết",
        published_at=datetime(2023, 11, 10, 7, tzinfo=UTC),
    )
    article.authors.create(name="TS. Hà", post="Hiệu trưởng", person=person)
    article.schools.create(school=school)
    article.body = json.dumps(blocks_of(picture.pk, file.pk, event.pk))
    article.save()
    home.refresh_from_db()
    page = home.add_child(instance=StandardPage(title="Giới thiệu", slug="gioi-thieu", body=article.body))
    redirect = Redirect.objects.create(old_path="/tin-cu", redirect_page=article)
    site = Site.objects.get()
    SiteSettings.objects.create(site=site, name="Cổng thông tin", owner="Trường")
    item = {"label": "", "page": section.pk, "url": "", "children": []}
    Navigation.objects.create(site=site, menu=json.dumps([{"type": "item", "value": item}]))
    return SimpleNamespace(
        section=section,
        picture=picture,
        file=file,
        school=school,
        person=person,
        document=document,
        cluster=cluster,
        event=event,
        article=article,
        page=page,
        redirect=redirect,
    )


@pytest.fixture
def make_cluster(home: HomePage) -> Callable[..., Any]:
    """Makes a published cluster whose members are these schools, the first of which leads."""
    from cms.schools.models import ClusterMember, ClusterPage

    def make(schools: list[Any], **fields: Any) -> Any:
        home.refresh_from_db()
        cluster = ClusterPage(**({"title": "Cụm Thi đua", "slug": "cum"} | fields))
        for school in schools:
            role = ClusterMember.Role.LEAD if school is schools[0] else ClusterMember.Role.MEMBER
            cluster.members.create(year=2023, school=school, role=role)
        return home.add_child(instance=cluster)

    return make
