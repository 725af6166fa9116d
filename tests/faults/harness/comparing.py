"""Is the index equal to the database? Asked of `search_check`, and once more without any code of the search."""

from elasticsearch import helpers

from tests.faults.harness.installation import Installation

_PUBLIC = """
SELECT page.id, page.title, page.path
FROM wagtailcore_page page JOIN django_content_type type ON type.id = page.content_type_id
WHERE type.model IN ('articlepage', 'newsindexpage', 'standardpage')
    AND EXISTS (SELECT FROM wagtailcore_site site JOIN wagtailcore_page root ON root.id = site.root_page_id
                WHERE starts_with(page.path, root.path))
    AND NOT EXISTS (
        SELECT FROM generate_series(4, length(page.path), 4) AS step(length)
        JOIN wagtailcore_page above ON above.path = left(page.path, step.length)
        LEFT JOIN wagtailcore_pageviewrestriction closed ON closed.page_id = above.id
        WHERE NOT above.live OR closed.id IS NOT NULL)
"""


def assert_index_equals_database(installation: Installation) -> int:
    """Nothing waits, ids and content hashes are equal, and so are ids, titles and places; how many pages there are."""
    report = installation.manage("search_check")
    for line in ("missing: 0", "ghosts: 0", "stale: 0", "dead: 0", "waiting: 0"):
        assert line in report, report
    public = {page_id: (title, path) for page_id, title, path in installation.sql(_PUBLIC)}
    indexed = _indexed(installation)
    lost, ghosts = public.keys() - indexed.keys(), indexed.keys() - public.keys()
    assert not lost and not ghosts, f"lost: {sorted(lost)[:20]}, ghosts: {sorted(ghosts)[:20]}"
    old = [page_id for page_id in public if public[page_id] != indexed[page_id]]
    assert not old, f"{len(old)} are old: {[(public[page_id], indexed[page_id]) for page_id in old[:5]]}"
    return len(public)


def _indexed(installation: Installation) -> dict[int, tuple[str, str]]:
    """Ids with titles and places, as the live index holds them."""
    installation.elasticsearch.indices.refresh(index=installation.alias)
    source = ["shown.title", "paths"]
    hits = helpers.scan(installation.elasticsearch, index=installation.alias, _source=source, size=2_000)
    return {int(hit["_id"]): (hit["_source"]["shown"]["title"], hit["_source"]["paths"][-1]) for hit in hits}
