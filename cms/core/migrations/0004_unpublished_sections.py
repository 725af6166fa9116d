"""An index of the few pages that are not published and have others below them, which every list must leave out.

Without it a list reads the whole table of pages only to learn that there is none.
"""

from django.db import migrations

CREATE = "CREATE INDEX core_unpublished_sections ON wagtailcore_page (path) WHERE NOT live AND numchild > 0"
DROP = "DROP INDEX core_unpublished_sections"


class Migration(migrations.Migration):
    dependencies = [("core", "0003_filetext"), ("wagtailcore", "0098_apitoken")]

    operations = [migrations.RunSQL(CREATE, DROP)]
