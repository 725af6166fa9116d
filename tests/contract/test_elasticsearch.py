"""The distributed engine keeps the contract."""

import pytest

from search.engines.elasticsearch import ElasticsearchEngine
from tests.contract.suite import EngineContract


class TestElasticsearch(EngineContract):
    @pytest.fixture
    def engine(self, elasticsearch: ElasticsearchEngine) -> ElasticsearchEngine:
        return elasticsearch
