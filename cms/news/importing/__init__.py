"""Makes article pages of what `cms.core.importing` understood of an old portal."""

from cms.news.importing.importer import Importer, ImportOptions

__all__ = ["ImportOptions", "Importer"]
