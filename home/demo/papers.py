"""Official papers as files: the demo content's documents are made anew from their texts, as PDF or for Word."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from docx import Document
from fpdf import FPDF

FONT = Path(__file__).parent / "fonts" / "NotoSerif-Vietnamese.ttf"
_MADE_ON = datetime(2026, 1, 1, tzinfo=UTC)  # the same file each time, so that a second loading knows it again
_MARGIN, _LINE = 25, 7  # millimetres


def pdf(title: str, pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF with these pages of paragraphs, its title on the first."""
    paper = FPDF(format="A4")
    paper.set_creation_date(_MADE_ON)
    paper.set_title(title)
    paper.set_margin(_MARGIN)
    paper.add_font("Noto", fname=FONT)
    for number, paragraphs in enumerate(pages):
        paper.add_page()
        if not number:
            paper.set_font("Noto", size=15)
            paper.multi_cell(0, 9, title, align="C", new_x="LMARGIN", new_y="NEXT")
            paper.ln(4)
        paper.set_font("Noto", size=12)
        for paragraph in paragraphs:
            paper.multi_cell(0, _LINE, paragraph, align="J", new_x="LMARGIN", new_y="NEXT")
            paper.ln(2)
    return bytes(paper.output())


def docx(title: str, paragraphs: Sequence[str]) -> bytes:
    """A file for Word with a heading and these paragraphs."""
    paper = Document()
    paper.core_properties.created = paper.core_properties.modified = _MADE_ON.replace(tzinfo=None)
    paper.core_properties.title = title
    paper.add_heading(title, level=1)
    for paragraph in paragraphs:
        paper.add_paragraph(paragraph)
    made = BytesIO()
    paper.save(made)
    return made.getvalue()
