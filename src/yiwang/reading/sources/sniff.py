"""Which format the bytes are in: by their first bytes, then by the name of the file."""

from __future__ import annotations

import io
import re
import zipfile

from yiwang.why import say

from .docx import read_docx
from .html import read_html
from .pdf import read_pdf
from .plain import decode, without_marks
from .source import LARGEST_TEXT, Source, UnreadableDocument
from .xlsx import read_xlsx

_HTML = re.compile(
    rb"^\s*(?:\xef\xbb\xbf)?\s*(?:<!--.{0,2000}?-->\s*)?"
    rb"<(?:!doctype html|html|head|body|div|p|table|meta|article|section)\b",
    re.I | re.S,
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sniff(data: bytes, filename: str | None) -> Source:
    """The text of a file of unknown format; raises UnreadableDocument with a sentence for the user."""
    name = (filename or "").lower()
    if not data.strip():
        raise UnreadableDocument(say("reading.empty"))
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return read_pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if data.startswith(_OLE):
        raise UnreadableDocument(say("reading.old_office"))
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")):
        raise UnreadableDocument(say("reading.picture"))
    if len(data) > 4 * LARGEST_TEXT:
        raise UnreadableDocument(say("reading.too_large", limit=LARGEST_TEXT))
    text = decode(data)
    if _HTML.match(data) or name.endswith((".html", ".htm")):
        return Source(read_html(text), "html")
    if name.endswith((".md", ".markdown")) or re.search(r"(?m)^#{1,6} \S", text[:4000]):
        return Source(without_marks(text), "md")
    return Source(text, "txt")


def _zipped(data: bytes) -> Source:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = archive.namelist()
        _no_bomb(archive)
    except (zipfile.BadZipFile, OSError, ValueError):
        raise UnreadableDocument(say("reading.broken")) from None
    if "word/document.xml" in names:
        return read_docx(data)
    if "xl/workbook.xml" in names:
        return read_xlsx(data)
    raise UnreadableDocument(say("reading.unknown_archive"))


def _no_bomb(archive: zipfile.ZipFile) -> None:
    """An office file that unpacks to far more than it weighs is refused before it is unpacked."""
    total = 0
    for member in archive.infolist():
        total += member.file_size
        if total > 200_000_000 or (
            member.file_size > 10_000_000 and member.file_size > 150 * max(1, member.compress_size)
        ):
            raise UnreadableDocument(say("reading.bomb"))
    if len(archive.infolist()) > 20_000:
        raise UnreadableDocument(say("reading.bomb"))
