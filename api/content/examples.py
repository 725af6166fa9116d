"""Things as the documentation shows them: after the portal's demo content, cut short where a list would go on."""

from typing import Any

from api.content.pictures import FORMATS, SIZES

_SITE = "https://truong.example"
_API = f"{_SITE}/api/v1"
_DAY = "2023-11-10T14:28:00+07:00"


def _link(key: int, kind: str, title: str, path: str, endpoint: str) -> dict[str, Any]:
    url = f"{_SITE}{path}"
    return {"id": key, "type": kind, "title": title, "url": url, "api_url": f"{_API}/{endpoint}/{key}/"}


def _page(key: int, kind: str, title: str, path: str, endpoint: str, /, **own: Any) -> dict[str, Any]:
    common = {
        "language": "vi",
        "slug": path.strip("/").split("/")[-1],
        "html_path": path,
        "summary": "",
        "cover": None,
        "parent": HOME,
        "section": None,
        "school": None,
        "first_published_at": _DAY,
        "changed_at": _DAY,
    }
    return _link(key, kind, title, path, endpoint) | common | own


def _size(name: str, width: int, height: int) -> dict[str, Any]:
    made = {kind: f"{_SITE}/media/images/hoi-nghi.{name}.{kind}" for kind in FORMATS}
    return {"width": width, "height": height, **made}


HOME = _link(2, "home", "Trang chủ", "/", "pages")
SECTION_LINK = _link(7, "section", "Thi đua, khen thưởng", "/tin-tuc/thi-dua/", "sections")
SCHOOL_LINK = _link(22, "school", "Trường Chính trị tỉnh Vân Sơn", "/van-son/", "schools")
PERSON_LINK = _link(37, "person", "Đinh Công Sơn", "/can-bo/dinh-cong-son/", "people")
CLUSTER_LINK = _link(29, "cluster", "Cụm Thi đua các trường chính trị", "/cum-thi-dua/", "clusters")
EVENT_LINK = _link(61, "event", "Hội nghị tổng kết Cụm thi đua", "/su-kien/hoi-nghi-tong-ket/", "events")
ARTICLE_LINK = _link(123, "article", "Tổng kết Cụm thi đua", "/tin-tuc/thi-dua/tong-ket/", "articles")
DOCUMENT_LINK = _link(80, "document", "Kế hoạch Hội nghị", "/van-ban/444-kh-ctd/", "official-documents")

IMAGE = {
    "id": 6,
    "title": "Hội nghị",
    "alt": "Toàn cảnh hội nghị",
    "credit": "Trang",
    "width": 1600,
    "height": 1067,
    "focal_point": {"x": 0.5, "y": 0.4},
    "created_at": _DAY,
    "api_url": f"{_API}/images/6/",
    "renditions": {
        name: _size(name, *size)
        for name, size in zip(SIZES, ((320, 213), (480, 320), (960, 640), (1600, 1067)), strict=True)
    },
}
FILE = {
    "id": 28,
    "title": "Kế hoạch số 444-KH/CTĐ",
    "url": f"{_SITE}/documents/28/444-kh-ctd.pdf",
    "api_url": f"{_API}/documents/28/",
    "filename": "444-kh-ctd.pdf",
    "extension": "pdf",
    "content_type": "application/pdf",
    "size": 37052,
    "created_at": _DAY,
}
_TEXT = "<p>Bảy trường trong Cụm đã tổng kết công tác thi đua năm 2023.</p>"
BODY = {"html": _TEXT, "blocks": [{"type": "text", "id": "3e696a4c-ba2b-47a6-9964-d49c73bb4909", "html": _TEXT}]}

PAGE = _page(178, "page", "Giới thiệu", "/gioi-thieu/", "pages", body=BODY)
ARTICLE = ARTICLE_LINK | _page(
    123,
    "article",
    "Tổng kết Cụm thi đua",
    "/tin-tuc/thi-dua/tong-ket/",
    "articles",
    summary="Bảy trường trong Cụm đã tổng kết công tác thi đua năm 2023.",
    cover=IMAGE,
    parent=SECTION_LINK,
    section=SECTION_LINK,
    published_at=_DAY,
    source="",
    tags=[{"slug": "thi-dua", "name": "Thi đua"}],
    authors=[{"name": "ThS. Đinh Công Sơn", "post": "Phó Chủ tịch Công đoàn", "person": PERSON_LINK}],
    schools=[SCHOOL_LINK],
    event=EVENT_LINK,
    cited_documents=[{"number": "444-KH/CTĐ", "document": DOCUMENT_LINK}],
    body=BODY,
)
EVENT = _page(
    61,
    "event",
    "Hội nghị tổng kết Cụm thi đua",
    "/su-kien/hoi-nghi-tong-ket/",
    "events",
    starts_at="2023-11-08T08:00:00+07:00",
    ends_at="2023-11-09T16:00:00+07:00",
    is_all_day=False,
    venue="Hội trường A",
    host=SCHOOL_LINK,
    participants=[{"school": SCHOOL_LINK, "name": "", "part": "Chủ nhà"}],
    documents=[DOCUMENT_LINK],
    calendar_url=f"{_SITE}/su-kien/hoi-nghi-tong-ket/ics/",
)
_ROLE = {"year": 2023, "role": "cum-truong", "role_label": "Cụm trưởng"}
SCHOOL = _page(
    22,
    "school",
    "Trường Chính trị tỉnh Vân Sơn",
    "/van-son/",
    "schools",
    short_name="Trường Vân Sơn",
    province="Vân Sơn",
    website="https://vanson.example/",
    former_names=[{"name": "Trường Đảng Vân Sơn", "until_year": 1994}],
    addresses=[{"label": "Cơ sở chính", "address": "Số 18 đường Suối Ngà"}],
    contacts=[{"label": "Văn thư", "phone": "(0200) 3 800 156", "email": "vanthu@vanson.example"}],
    cluster_roles=[{**_ROLE, "cluster": CLUSTER_LINK}],
)
CLUSTER = _page(
    29,
    "cluster",
    "Cụm Thi đua các trường chính trị",
    "/cum-thi-dua/",
    "clusters",
    members=[{**_ROLE, "school": SCHOOL_LINK}],
)
PERSON = _page(
    37,
    "person",
    "Đinh Công Sơn",
    "/can-bo/dinh-cong-son/",
    "people",
    academic_title="ThS.",
    full_name="ThS. Đinh Công Sơn",
    posts=[
        {
            "role": "Giảng viên",
            "department": "Khoa Nhà nước và pháp luật",
            "school": SCHOOL_LINK,
            "organisation": "",
            "since": "2016-09-01",
            "until": None,
        }
    ],
)
DOCUMENT = _page(
    80,
    "document",
    "Kế hoạch Hội nghị",
    "/van-ban/444-kh-ctd/",
    "official-documents",
    number="444-KH/CTĐ",
    serial=444,
    issuer_code="CTĐ",
    kind="ke-hoach",
    kind_label="Kế hoạch",
    issuer="Cụm thi đua",
    signer_name="ThS. Đinh Công Sơn",
    signer=PERSON_LINK,
    issued_on="2023-10-01",
    effective_on=None,
    files=[FILE],
)
SECTION = _page(7, "section", "Thi đua, khen thưởng", "/tin-tuc/thi-dua/", "sections", body={"html": "", "blocks": []})
REDIRECT = {
    "id": 3,
    "old_path": "/tin-cu",
    "to": ARTICLE_LINK["url"],
    "page": ARTICLE_LINK,
    "is_permanent": True,
    "created_at": _DAY,
}
FOUND = {"page": ARTICLE_LINK, "redirect": {"to": ARTICLE_LINK["url"], "is_permanent": True}}
SITE = {
    "name": "Trường Chính trị tỉnh Vân Sơn",
    "owner": "Trường Chính trị tỉnh Vân Sơn",
    "address": "Số 18 đường Suối Ngà, phường Bến Ngân",
    "phone": "(0200) 3 800 156",
    "email": "banbientap@vanson.example",
    "footer_text": "Ghi rõ nguồn khi phát hành lại thông tin từ trang này",
    "url": f"{_SITE}/",
    "home": HOME,
    "navigation": [{"label": "Tin tức", "url": SECTION_LINK["url"], "page": SECTION_LINK, "children": []}],
}
