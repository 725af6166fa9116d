"""A section in the admin: its newest pages, a page of the list at a time."""

import pytest
from django.urls import reverse

from cms.editing.explorer import ExplorerView


@pytest.fixture
def many(section, make_article):
    return [make_article(parent=section, title=f"Bài số {number}") for number in range(ExplorerView.paginate_by + 3)]


def test_a_section_is_leafed_through_and_each_page_stands_on_one_leaf(admin_client, section, many):
    address = reverse("wagtailadmin_explore", args=[section.pk])
    leaves = [admin_client.get(address, {"p": number}).context["object_list"] for number in (1, 2)]
    assert [len(leaf) for leaf in leaves] == [ExplorerView.paginate_by, 3]
    assert {page.pk for leaf in leaves for page in leaf} == {page.pk for page in many}
