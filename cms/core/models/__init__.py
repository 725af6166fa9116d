from cms.core.models.file_texts import FileText
from cms.core.models.media import Document, Image, Rendition
from cms.core.models.page import ContentPage, PublicPage, body_panel, page_tabs
from cms.core.models.reads import ReadCount, most_read, total_reads
from cms.core.models.user import User

__all__ = [
    "ContentPage",
    "Document",
    "FileText",
    "Image",
    "PublicPage",
    "ReadCount",
    "Rendition",
    "User",
    "body_panel",
    "most_read",
    "page_tabs",
    "total_reads",
]
