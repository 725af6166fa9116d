"""The demo's schools, people, official documents and events: loaded whole, linked, and refused with the place."""

import pytest

from cms.core.extraction.pending import read_pending
from cms.core.models import Document, FileText
from cms.documents.models import OfficialDocumentPage
from cms.events.models import EventPage
from cms.news.models import ArticlePage
from cms.people.models import PersonPage
from cms.schools.models import ClusterPage, SchoolGroup, SchoolPage
from home.demo.content import read_demo
from home.demo.loading import load
from home.demo.tables import BadDemo

SITE = """
[home]
title = "Trang chủ"
welcome = "Chào"
[settings]
name = "Trường"
[picture]
[files]
[[section]]
path = "tin-tuc"
title = "Tin tức"
summary = "Tin"
[[section]]
path = "su-kien"
kind = "events"
title = "Sự kiện"
summary = "Lịch"
[[section]]
path = "van-ban"
kind = "documents"
title = "Văn bản"
summary = "Danh mục"
[[section]]
path = "can-bo-giang-vien"
kind = "people"
title = "Cán bộ"
summary = "Người"
"""
SCHOOLS = """
[cluster]
slug = "cum"
title = "Cụm Thi đua"
summary = "Hai trường"
years = [{ year = 2023, lead = "a", deputies = ["b"] }, { year = 2024, lead = "b", deputies = [] }]
[[school]]
slug = "a"
title = "Trường Chính trị tỉnh An Bình"
summary = "Trường A"
former_names = [{ name = "Trường Đảng An Bình", until_year = 1993 }]
departments = [{ name = "Khoa Xây dựng Đảng", tasks = "Giảng dạy" }]
[[school]]
slug = "b"
title = "Trường Chính trị tỉnh Bảo Giang"
summary = "Trường B"
leaders = [{ name = "TS. Trần Văn Bình", role = "Hiệu trưởng" }]
"""
PEOPLE = """
[[person]]
slug = "le-van-an"
name = "Lê Văn An"
academic_title = "TS."
summary = "Hiệu trưởng"
about = "Quê ở <b>An Bình</b>."
posts = [
  { role = "Hiệu trưởng", school = "a", since = 2021-06-01 },
  { role = "Chuyên viên", organisation = "Ban Tuyên giáo" },
]
leads = { school = "a", role = "Hiệu trưởng" }
"""
EVENTS = """
[[event]]
slug = "hoi-nghi"
title = "Hội nghị tổng kết"
summary = "Hai ngày"
starts_at = 2023-11-09T08:00:00
ends_at = 2023-11-10T17:00:00
host = "a"
taking_part = [{ school = "b", part = "Tổ 1" }, { name = "Vụ" }]
agenda = [{ starts_at = 2023-11-09T08:00:00, what = "Khai mạc" }]
documents = ["1-kh-ctd"]
articles = ["bai"]
body = "Một đoạn."
"""
DOCUMENT = '''
title = "Kế hoạch kiểm tra"
number = "1-KH/CTĐ"
summary = "Về việc kiểm tra"
issuer = "Cụm"
signer_name = "TS. Lê Văn An"
signer = "le-van-an"
issued_on = 2023-10-23
file = "both"
pages = ["""
Trang đầu
""", """
Trang hai có chữ tam-quan
"""]
'''
ARTICLE = """
title = "Hai trường gặp nhau"
summary = "Tóm tắt"
section = "tin-tuc"
published_at = 2023-11-13T08:00:00
authors = [{ name = "TS. Lê Văn An", post = "Hiệu trưởng" }]
[[body]]
text = "Trường Chính trị tỉnh Bảo Giang đến thăm theo Kế hoạch 1-KH/CTĐ."
"""


@pytest.fixture
def folder(tmp_path):
    for name in ("articles", "pages", "files", "documents", "pictures"):
        (tmp_path / name).mkdir()
    texts = {"site": SITE, "schools": SCHOOLS, "people": PEOPLE, "events": EVENTS}
    texts |= {"documents/1-kh-ctd": DOCUMENT, "articles/bai": ARTICLE}
    for name, text in texts.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def quietly(what, done, total):
    """Progress that nobody watches."""


def test_everything_is_made_and_linked(db, folder, client):
    load(read_demo(folder), quietly)
    school, guest = SchoolPage.objects.get(slug="a"), SchoolPage.objects.get(slug="b")
    person, event, document = PersonPage.objects.get(), EventPage.objects.get(), OfficialDocumentPage.objects.get()
    assert [(leader.name, leader.person) for leader in school.leaders.all()] == [("TS. Lê Văn An", person)]
    assert [leader.name for leader in guest.leaders.all()] == ["TS. Trần Văn Bình"]
    assert SchoolGroup.objects.count() == 8
    roles = {(member.year, member.school.slug): member.role for member in ClusterPage.objects.get().members.all()}
    assert roles == {
        (2023, "a"): "cum-truong",
        (2023, "b"): "cum-pho",
        (2024, "a"): "thanh-vien",
        (2024, "b"): "cum-truong",
    }
    assert (document.number_key, document.kind, document.signer) == ("1-KH/CTĐ", "ke-hoach", person)
    assert [item.school for item in event.participants.all()] == [guest, None]
    assert [item.document for item in event.documents.all()] == [document]
    article = ArticlePage.objects.get()
    assert (article.event, [item.school for item in article.schools.all()]) == (event, [guest])
    assert [author.person for author in article.authors.all()] == [person]
    for page in (school, guest, person, event, document, article, ClusterPage.objects.get()):
        assert client.get(page.url).status_code == 200


def test_documents_have_real_files_whose_text_is_found(db, folder):
    load(read_demo(folder), quietly)
    texts = {made.file_name.rpartition(".")[2]: made for made in read_pending()}
    assert set(texts) == {"pdf", "docx"}
    assert "tam-quan" in texts["pdf"].pages[1]
    assert "tam-quan" in texts["docx"].pages[0]


def test_a_scanned_document_has_no_text(db, folder):
    path = folder / "documents" / "1-kh-ctd.toml"
    path.write_text(path.read_text().replace('file = "both"', 'file = "pdf"\nscanned = true'))
    load(read_demo(folder), quietly)
    assert [made.state for made in read_pending()] == [FileText.State.EMPTY]


def test_loading_again_makes_nothing_twice(db, folder):
    load(read_demo(folder), quietly)
    files = Document.objects.count()
    assert load(read_demo(folder), quietly).made == []
    assert Document.objects.count() == files


@pytest.mark.parametrize(
    ("name", "before", "after", "place"),
    [
        ("people", 'school = "a", since', 'school = "z", since', "school"),
        ("people", "2021-06-01", '"hôm qua"', "since"),
        ("schools", 'lead = "a"', 'lead = "z"', "lead"),
        ("events", '"1-kh-ctd"', '"khong-co"', "documents"),
        ("events", '"bai"', '"khong-co"', "articles"),
        ("events", "2023-11-10T17", "2023-11-08T17", "ends_at"),
        ("documents/1-kh-ctd", '"both"', '"doc"', "file"),
        ("documents/1-kh-ctd", "le-van-an", "ai-do", "signer"),
        ("site", 'kind = "people"', 'kind = "nguoi"', "kind"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(db, folder, name, before, after, place):
    path = folder / f"{name}.toml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(BadDemo, match=rf"{name}\.toml.*{place}"):
        load(read_demo(folder), quietly)
