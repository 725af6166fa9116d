"""The embedded engine: Tantivy, in the process, in a folder; nothing to install but Python."""

from search.engines.tantivy.engine import TantivyEngine

__all__ = ["TantivyEngine"]
