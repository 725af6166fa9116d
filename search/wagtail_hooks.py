"""What the admin writes in bulk, without any signal."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail import hooks

from search import fanout, stamps


@hooks.register("after_bulk_action")
def note_bulk_action(request: HttpRequest, action: str, objects: Iterable[models.Model], view: Any) -> None:
    """Pictures or files put into another collection, perhaps a private one; in the transaction of the action."""
    for model in {type(item) for item in objects if fanout.follows(type(item))}:
        stamps.bump([model])
        fanout.touch_referring_pages(model, [item.pk for item in objects if type(item) is model])
