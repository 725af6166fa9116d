"""Indexes of Wagtail's table for the panels of the dashboard: drafts, and what was published last.

Small ones: drafts are few, and both are walked from one end until the panel is full.
"""

from django.db import migrations

DRAFTS = (
    "CREATE INDEX home_dashboard_drafts ON wagtailcore_page (latest_revision_created_at) WHERE has_unpublished_changes",
    "DROP INDEX home_dashboard_drafts",
)
PUBLISHED = (
    "CREATE INDEX home_dashboard_published ON wagtailcore_page (last_published_at)",
    "DROP INDEX home_dashboard_published",
)


class Migration(migrations.Migration):
    dependencies = [("home", "0004_body_files"), ("wagtailcore", "0098_apitoken")]

    operations = [migrations.RunSQL(*DRAFTS), migrations.RunSQL(*PUBLISHED)]
