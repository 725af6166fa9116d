"""Keys of programs."""

from collections.abc import Callable
from typing import Any

import pytest

from api.keys.models import Key, Scope


@pytest.fixture
def make_key(db: None) -> Callable[..., tuple[Key, str]]:
    """Makes a key that is good for everything, with its text."""

    def make(**fields: Any) -> tuple[Key, str]:
        return Key.objects.make(**({"name": "Ứng dụng di động", "scopes": list(Scope.values)} | fields))

    return make
