"""What a file is, by its own bytes: never by its name or by what the sender calls it."""

from __future__ import annotations

from yiwang.tables.encoding import is_text

from .definition import OFFICE, PDF, PHOTO, TEXT, Sort

_JPEG = Sort(PHOTO, "JPEG", "jpg", "image/jpeg")
_PNG = Sort(PHOTO, "PNG", "png", "image/png")
_WEBP = Sort(PHOTO, "WEBP", "webp", "image/webp")
_HEIF = Sort(PHOTO, "HEIF", "heic", "image/heic")
_PDF = Sort(PDF, "PDF", "pdf", "application/pdf")
_TEXT = Sort(TEXT, "TEXT", "txt", "text/plain")
_AVIF_BRANDS = frozenset((b"avif", b"avis"))  # the same box round another picture, which is not taken
_HEIF_BRANDS = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))
_WORD = "application/vnd.openxmlformats-officedocument."
_OFFICE = {
    b"word/document.xml": Sort(OFFICE, "DOCX", "docx", f"{_WORD}wordprocessingml.document"),
    b"xl/workbook.xml": Sort(OFFICE, "XLSX", "xlsx", f"{_WORD}spreadsheetml.sheet"),
    b"ppt/presentation.xml": Sort(OFFICE, "PPTX", "pptx", f"{_WORD}presentationml.presentation"),
}


def sort_of(content: bytes) -> Sort | None:
    """What the bytes are; None when they are nothing that is taken anywhere."""
    if content.startswith(b"\xff\xd8\xff"):
        return _JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _WEBP
    if content[4:8] == b"ftyp":
        brands = _brands(content)
        return _HEIF if _HEIF_BRANDS & brands and not _AVIF_BRANDS & brands else None
    if content[:16].lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF"):
        return _PDF
    if content.startswith(b"PK\x03\x04"):
        return next((sort for part, sort in _OFFICE.items() if part in content), None)
    return _TEXT if _is_text(content) else None


def _brands(content: bytes) -> set[bytes]:
    size = min(int.from_bytes(content[:4], "big"), 256)
    return {content[8:12], *(content[at : at + 4] for at in range(16, size, 4))}


def _is_text(content: bytes) -> bool:
    """Whether it reads as text: UTF-8 or GB 18030, without signs that no text has."""
    if any(sign < 32 and sign not in (9, 10, 12, 13) for sign in content[:100_000]) or b"\x00" in content:
        return False
    return is_text(content)
