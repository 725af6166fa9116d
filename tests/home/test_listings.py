"""Lists across the portal: the archive, tags, the schools' directory."""

from datetime import UTC, datetime

import pytest
from wagtail.models import PageViewRestriction

from cms.schools.models import ClusterMember, ClusterPage


def at(*moment):
    return datetime(*moment, tzinfo=UTC)


def shown(client, address):
    response = client.get(address, headers={"Accept-Language": "en"})
    assert response.status_code == 200
    return response.context


def test_the_archive_leads_from_years_to_months_to_articles(client, make_article):
    make_article(title="Đầu năm", published_at=at(2024, 1, 5))
    make_article(title="Cuối năm", published_at=at(2024, 12, 31, 16, 59))
    make_article(title="Năm sau", published_at=at(2024, 12, 31, 17))  # midnight by the site's clocks
    assert shown(client, "/archive/")["years"] == [(2025, 1), (2024, 2)]
    months = shown(client, "/archive/2024/")["months"]
    assert [(month.month, count) for month, count in months if count] == [(1, 1), (12, 1)]
    assert [article.title for article in shown(client, "/archive/2024/12/")["articles"]] == ["Cuối năm"]
    assert [article.title for article in shown(client, "/archive/2025/1/")["articles"]] == ["Năm sau"]


@pytest.mark.parametrize(
    "address",
    ["/archive/2023/", "/archive/2024/2/", "/archive/2024/13/", "/archive/0/", "/archive/99999/", "/archive/2024/0/"],
)
def test_a_time_without_articles_has_no_page(client, make_article, address):
    make_article(published_at=at(2024, 1, 5))
    assert client.get(address).status_code == 404


def test_an_empty_archive_says_so(client, home):
    assert shown(client, "/archive/")["years"] == []


def test_a_tag_lists_the_public_articles_that_bear_it(client, make_article, section):
    make_article(title="Công khai", tags=["Thi đua"])
    make_article(title="Khác", tags=["Tuyển sinh"])
    make_article(title="Nháp", tags=["Thi đua"], live=False)
    assert [article.title for article in shown(client, "/tags/thi-đua/")["articles"]] == ["Công khai"]
    assert client.get("/tags/khong-co/").status_code == 404
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    assert client.get("/tags/thi-đua/").status_code == 404


def test_schools_stand_by_province_in_the_order_of_the_alphabet(client, make_school):
    for title, province in (
        ("Trường C", "Yên Bái"),
        ("Trường B", "Điện Biên"),
        ("Trường A", ""),
        ("Trường D", "Cao Bằng"),
    ):
        make_school(title, province=province)
    groups = shown(client, "/schools/")["groups"]
    assert [province for province, _schools in groups] == ["Cao Bằng", "Điện Biên", "Yên Bái", ""]


def test_schools_stand_by_the_cluster_that_they_are_in_now(client, home, make_school):
    first, second, third = (make_school(f"Trường {letter}") for letter in "ABC")
    cluster = ClusterPage(title="Cụm")
    cluster.members = [ClusterMember(year=2023, school=first), ClusterMember(year=2024, school=second)]
    home.add_child(instance=cluster)
    third.unpublish()
    groups = shown(client, "/schools/?by=cluster")["groups"]
    assert [(str(group or ""), [str(school) for school in schools]) for group, schools in groups] == [
        ("Cụm", ["Trường B"]),
        ("", ["Trường A"]),
    ]


def test_the_archive_costs_the_same_however_many_articles(client, make_article, count_queries):
    def cost():
        client.get("/archive/"), client.get("/archive/")  # makes what all pages share
        return count_queries(lambda: client.get("/archive/"))

    make_article(published_at=at(2020, 1, 1))
    before = cost()
    for year in range(2015, 2024):
        make_article(published_at=at(year, 1, 1))
    assert cost() == before
