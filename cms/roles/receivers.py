"""Roles and approval are made after the migrations, and a school's with the school."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_migrate, post_save, pre_delete
from django.utils import translation

from cms.roles import approval, beginnings, portal
from cms.roles.models import PortalGroup
from cms.schools.models import SchoolPage


def connect() -> None:
    """Connect everything; called once, when the apps are ready."""
    # After the migrations each app's permissions are made in turn: those of all are there when the last one's are.
    *_others, last = (app for app in apps.get_app_configs() if app.models_module)
    post_migrate.connect(_migrated, sender=last, dispatch_uid="roles.migrated")
    post_save.connect(_saved, sender=SchoolPage, dispatch_uid="roles.saved")
    pre_delete.connect(_about_to_be_deleted, sender=SchoolPage, dispatch_uid="roles.deleted")


@transaction.atomic
def _migrated(using: str, plan: Any = None, **kwargs: Any) -> None:
    if plan is None or not _is_complete(using):  # the database is emptied, or brought to an older state
        return
    home = portal.portal_page()
    if home is None:  # there is nothing yet to have a role in
        return
    with translation.override(settings.LANGUAGE_CODE):
        if not PortalGroup.objects.exists():
            beginnings.clear()
            beginnings.name_roots()
        portal.set_up(home)
        approval.set_up(home)
        for school in SchoolPage.objects.all():
            approval.set_up(school, school.title)


def _is_complete(database: str) -> bool:
    executor = MigrationExecutor(connections[database])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _saved(instance: SchoolPage, raw: bool = False, **kwargs: Any) -> None:
    if raw:  # a fixture brings what belongs to it
        return
    with translation.override(settings.LANGUAGE_CODE):
        approval.set_up(instance, instance.title)
    approval.rename(instance, instance.title)


def _about_to_be_deleted(instance: SchoolPage, **kwargs: Any) -> None:
    approval.take_down(instance)
