"""The embedded engine keeps the contract."""

import pytest

from tests.contract.suite import EngineContract


@pytest.mark.embedded
class TestTantivy(EngineContract):
    pass
