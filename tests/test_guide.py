"""The editors' guide and its pictures belong together; tests/browser/test_guide.py takes them."""

import re
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs"
PICTURES = DOCS / "images" / "editors"
LARGEST = 2 * 1024**2  # bytes of all pictures together


def pictures() -> dict[str, int]:
    """The size of each picture, by name."""
    return {path.name: path.stat().st_size for path in PICTURES.glob("*.png")}


def test_every_picture_of_the_guide_is_there_and_shown():
    shown = re.findall(r"!\[[^\]]+\]\(images/editors/([^)]+)\)", (DOCS / "editors.md").read_text())
    assert sorted(shown) == sorted(pictures())


def test_the_pictures_are_small_together():
    assert sum(pictures().values()) < LARGEST


def test_what_the_guide_links_to_is_there():
    links = re.findall(r"(?<!!)\[[^\]]+\]\(([^)#:]+)\)", (DOCS / "editors.md").read_text())
    assert [link for link in links if not (DOCS / link).exists()] == []
