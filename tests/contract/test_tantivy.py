"""The embedded engine keeps the contract."""

from tests.contract.suite import EngineContract


class TestTantivy(EngineContract):
    pass
