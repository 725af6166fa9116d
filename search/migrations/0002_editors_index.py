"""On PostgreSQL, an index for the words that Wagtail's own search looks for, in the admin and in the degraded mode.

It looks into title and body together, where Wagtail brings an index for each by itself, and so reads every row.
"""

from django.db import migrations


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX search_editors_index ON wagtailsearch_indexentry USING gin ((title || body))"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX search_editors_index")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial"), ("wagtailsearch", "0006_customise_indexentry")]

    operations = [migrations.RunPython(create, drop)]
