"""A school's groups are made, renamed and deleted with its page."""

from typing import Any

from django.db.models.signals import post_save, pre_delete

from cms.schools import groups
from cms.schools.models import SchoolPage


def connect() -> None:
    """Connect everything; called once, when the apps are ready."""
    post_save.connect(_saved, sender=SchoolPage, dispatch_uid="schools.saved")
    pre_delete.connect(_about_to_be_deleted, sender=SchoolPage, dispatch_uid="schools.deleted")


def _saved(instance: SchoolPage, raw: bool = False, **kwargs: Any) -> None:
    if not raw:  # a fixture brings its groups itself
        groups.set_up(instance)


def _about_to_be_deleted(instance: SchoolPage, **kwargs: Any) -> None:
    groups.take_down(instance)
