from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.utils import translation

SAMPLES = site_settings.BASE_DIR.parent / "shared" / "samples"
DATA = Path(__file__).parent / "data"

ARTICLE = """
TRAO TẶNG NHÀ TÌNH NGHĨA TẠI XÃ PHÚC LỘC

Ngày xuất bản: 10/11/2021 2:28:00 CH
Lượt đọc: 120

Sáng 10/11, Công đoàn trường trao nhà tình nghĩa cho gia đình bà Hoàng Thị Mến ở xã Phúc Lộc.

Ngôi nhà rộng 60 mét vuông, do cán bộ và giảng viên góp tiền, góp công trong ba tháng.
"""


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Messages are compared in the source language."""
    with translation.override("en"):
        yield


@pytest.fixture
def sample() -> str:
    """The text of a real page of an old portal."""
    found = sorted(SAMPLES.glob("*.txt"))
    if not found:
        pytest.skip("the sample pages lie beside the project and are not here")
    return found[0].read_text(encoding="utf-8")


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Write a file below a folder of the test's own; its path."""

    def written(name: str, content: str | bytes) -> Path:
        path = tmp_path / "pages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written
