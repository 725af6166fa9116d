"""Answers that show in the documentation what the schema alone does not."""

from typing import Any

from drf_spectacular.utils import OpenApiExample

_SECTION = {"id": 7, "title": "Thi đua, khen thưởng", "url": "https://truong.example/tin-tuc/thi-dua/"}

SEARCH = OpenApiExample(
    "A page of results",
    response_only=True,
    status_codes=["200"],
    value={
        "query": {
            "text": "hoi nghi tong ket",
            "showing_results_for": None,
            "did_you_mean": None,
            "expanded": [],
        },
        "total": 21,
        "degraded": False,
        "results": [
            {
                "id": 123,
                "type": "article",
                "language": "vi",
                "title": "Hội nghị tổng kết Cụm thi đua",
                "url": "https://truong.example/tin-tuc/thi-dua/hoi-nghi-tong-ket-cum-thi-dua/",
                "api_url": "https://truong.example/api/v1/articles/123/",
                "date": "2023-11-10T14:28:00+07:00",
                "section": _SECTION,
                "schools": [],
                "summary": "Bảy trường trong Cụm đã tổng kết công tác thi đua năm 2023.",
                "thumbnail": {
                    "url": "https://truong.example/media/images/hoi-nghi.jpg",
                    "width": 400,
                    "height": 267,
                    "alt": "Toàn cảnh hội nghị",
                },
                "highlights": {
                    "title": "<mark>Hội nghị tổng kết</mark> Cụm thi đua",
                    "body": ["… tại <mark>Hội nghị</mark>, đơn vị Cụm trưởng đã <mark>tổng kết</mark> …"],
                    "files": [
                        {
                            "title": "Kế hoạch số 444-KH/CTĐ",
                            "url": "https://truong.example/documents/5/444-kh-ctd.pdf",
                            "page": 2,
                            "text": "… <mark>Hội nghị tổng kết</mark> diễn ra trong hai ngày …",
                        }
                    ],
                },
            }
        ],
        "promoted": [],
        "facets": {"year": [{"value": "2023", "label": "2023", "count": 21}]},
        "next": "https://truong.example/api/v1/search/?q=hoi+nghi+tong+ket&facets=year&cursor=WyJhZnRlciJd",
        "previous": None,
    },
)

SUGGEST = OpenApiExample(
    "Suggestions",
    response_only=True,
    status_codes=["200"],
    value={
        "query": "hoi ng",
        "suggestions": [
            {
                "type": "article",
                "type_label": "bài viết",
                "id": 123,
                "title": "Hội nghị tổng kết Cụm thi đua",
                "highlighted": "<mark>Hội</mark> <mark>ng</mark>hị tổng kết Cụm thi đua",
                "also": "",
                "url": "https://truong.example/tin-tuc/thi-dua/hoi-nghi-tong-ket-cum-thi-dua/",
                "api_url": "https://truong.example/api/v1/articles/123/",
            }
        ],
    },
)

CHANGES = OpenApiExample(
    "Two changes",
    response_only=True,
    status_codes=["200"],
    value={
        "results": [
            {
                "id": 123,
                "type": "article",
                "kind": "published",
                "changed_at": "2023-11-10T14:28:01+07:00",
                "api_url": "https://truong.example/api/v1/articles/123/",
            },
            {"id": 77, "type": "event", "kind": "removed", "changed_at": None, "api_url": None},
        ],
        "next": "https://truong.example/api/v1/changes/?since=WzQyLCIyMDIzLTExLTEwIl0",
        "more": False,
    },
)


def _refusal(status: int, title: str, detail: str, **more: Any) -> OpenApiExample:
    value = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return OpenApiExample(title, value=value, response_only=True)


PROBLEMS = {
    400: _refusal(
        400,
        "Bad request",
        "Some parameters cannot be used; “errors” names them.",
        errors=[
            {"parameter": "date_from", "detail": "Give a day that exists as year-month-day, such as 2023-11-30."},
            {"parameter": "colour", "detail": "There is no such parameter."},
        ],
    ),
    401: _refusal(401, "Unauthorized", "The key in the header X-API-Key has been revoked."),
    403: _refusal(403, "Forbidden", "The key is not good for this: it lacks the scope “search”."),
    404: _refusal(404, "Not found", "Not found."),
    406: _refusal(406, "Not acceptable", "Could not satisfy the request Accept header."),
    429: _refusal(429, "Too many requests", "More than 300 requests in a minute. Try again in 42 seconds."),
    500: _refusal(500, "Server error", "Something went wrong on our side. It has been logged."),
}
