from cms.documents.models.document import DocumentFile, OfficialDocumentPage, registered
from cms.documents.models.index import DocumentIndexPage

__all__ = [
    "DocumentFile",
    "DocumentIndexPage",
    "OfficialDocumentPage",
    "registered",
]
