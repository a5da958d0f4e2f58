"""A letter as a Word document: a title, its paragraphs, and the same bytes whenever the same is written."""

from __future__ import annotations

import io

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from . import office

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FONT, _EAST_ASIAN = "Times New Roman", "仿宋"


def letter(title: str, text: str) -> bytes:
    """The document; every line of the text is a paragraph, one that begins with blanks stands at the right."""
    made = docx.Document()
    for section in made.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
    style = made.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(16)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _EAST_ASIAN)
    head = made.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = head.add_run(title)
    run.bold, run.font.size = True, Pt(22)
    for line in text.strip("\n").splitlines():
        paragraph = made.add_paragraph(line.strip())
        if line.startswith("    "):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    out = io.BytesIO()
    made.save(out)
    return office.clean(out.getvalue())
