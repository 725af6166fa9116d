"""What other tables say of an article, in one query: authors, schools, tags and reads.

An article that readers open asks for them each time, and the ORM takes longer to build four queries than the database
to answer them.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from django.apps import apps
from django.db import connection

Item = tuple[str, str, int]

_ITEMS = """
SELECT 'author', sort_order, id, name, post, person_id FROM {author} WHERE page_id = %s
UNION ALL SELECT 'school', sort_order, id, '', '', school_id FROM {school} WHERE page_id = %s
UNION ALL SELECT 'tag', 0, {tag}.id, {tag}.name, {tag}.slug, {tag}.id FROM {tagged}
    JOIN {tag} ON {tag}.id = tag_id WHERE content_object_id = %s
UNION ALL SELECT 'reads', 0, id, '', '', count FROM {reads} WHERE page_id = %s
ORDER BY 1, 2, 3
"""
_TABLES = {
    "author": "news.ArticleAuthor",
    "school": "news.ArticleSchool",
    "tagged": "news.ArticleTag",
    "tag": "taggit.Tag",
    "reads": "core.ReadCount",
}


def read_items(page_id: int | None) -> Mapping[str, list[Item]]:
    """By kind, in the editors' order: name and post of an author and the person's id, a school's id, name, slug and id
    of a tag, numbers of reads.
    """
    found: dict[str, list[Item]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_statement(), [page_id] * 4)
        for kind, _order, _id, name, more, number in cursor:
            found[kind].append((name, more, number))
    return found


@cache
def _statement() -> str:
    names = {name: apps.get_model(model)._meta.db_table for name, model in _TABLES.items()}
    return _ITEMS.format(**names)
