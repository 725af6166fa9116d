"""The distributed engine: Elasticsearch 9, for several web processes and any number of search workers."""

from search.engines.elasticsearch.client import Options
from search.engines.elasticsearch.engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine", "Options"]
