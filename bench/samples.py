"""Pictures, files and a text of which pages are made that are looked at one by one."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image as PillowImage

from cms.core.models import Document, Image

TEXT = "Trường Chính trị tỉnh phối hợp với các đơn vị tổ chức hội nghị tổng kết công tác thi đua, khen thưởng. " * 4


def picture(number: int) -> Image:
    """A picture with a file."""
    data = BytesIO()
    PillowImage.new("RGB", (1600, 1200), (number * 20 % 256, 90, 120)).save(data, "JPEG")
    file = ContentFile(data.getvalue(), f"anh-{number}.jpg")
    return Image.objects.create(title=f"Ảnh {number}", description="Hội trường", file=file)


def document(number: int) -> Document:
    """A file to download."""
    return Document.objects.create(title=f"Kế hoạch {number}", file=ContentFile(b"ke hoach", f"tep-{number}.txt"))
