"""A PDF without what it tells beside its pages: author, program, dates, XMP, scripts, attachments, photos' EXIF.

A PDF that carries a signature is kept as it is: taking anything out would break the signature, and then the document
would look forged. One that cannot be opened (damaged, locked) is kept as it came and only ever handed out as a
download; the sender is warned.
"""

from __future__ import annotations

import io
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from .segments import jpeg_without_metadata

MOST_OBJECTS = 200_000
# what hangs on objects of every kind and is no part of a page's picture
_BESIDE = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/AA")
# notes that people put on a page: what they say stays, who said it and when goes (a field of a form has its name in /T)
_NOTES = frozenset(
    f"/{one}"
    for one in "Text FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Caret Stamp"
    " Ink Popup FileAttachment Sound Redact".split()
)
_OF_A_NOTE = ("/T", "/M", "/CreationDate", "/NM")
_OF_THE_DOCUMENT = ("/OpenAction", "/URI", "/SpiderInfo", "/Collection", "/AF", "/Threads", "/Legal")


class CannotBeRead(Exception):
    """Locked, damaged, or no PDF at all."""


def clean(content: bytes) -> bytes:
    """The same pages without anything beside them. Raises CannotBeRead."""
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise CannotBeRead
        if not len(reader.pages) or _signed(reader):
            if not len(reader.pages):
                raise CannotBeRead
            return content
        writer = PdfWriter(clone_from=reader)
        writer.metadata = None
        root = writer.root_object
        for name in _OF_THE_DOCUMENT:
            root.pop(name, None)
        if isinstance(names := _plain(root.get("/Names")), DictionaryObject):
            for name in ("/EmbeddedFiles", "/JavaScript"):
                names.pop(name, None)
        for one in list(writer._objects)[:MOST_OBJECTS]:
            _strip(one)
        writer.compress_identical_objects(remove_duplicates=False)  # what nothing refers to any more goes
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()
    except CannotBeRead:
        raise
    except MemoryError:
        raise
    except Exception:  # pypdf raises nearly everything on a hostile file
        raise CannotBeRead from None


def _plain(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _signed(reader: PdfReader) -> bool:
    """Whether a signature covers bytes of the file."""
    form = _plain(reader.root_object.get("/AcroForm"))
    if not isinstance(form, DictionaryObject):
        return False
    fields = _plain(form.get("/Fields")) or ArrayObject()
    return any(_holds_signature(_plain(field), 0) for field in fields)


def _holds_signature(field: Any, depth: int) -> bool:
    if not isinstance(field, DictionaryObject) or depth > 8:
        return False
    value = _plain(field.get("/V"))
    if isinstance(value, DictionaryObject) and "/ByteRange" in value and "/Contents" in value:
        return True
    return any(_holds_signature(_plain(kid), depth + 1) for kid in _plain(field.get("/Kids")) or ())


def _strip(part: Any) -> None:
    if not isinstance(part, DictionaryObject):
        return
    for name in _BESIDE:
        part.pop(name, None)
    if _plain(part.get("/Subtype")) in _NOTES:
        for name in _OF_A_NOTE:
            part.pop(name, None)
    if part.get("/S") in ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData"):
        part.clear()
    if part.get("/Type") == "/Filespec":
        part.pop("/EF", None)
    if isinstance(part, StreamObject) and part.get("/Subtype") == "/Image" and _plain(part.get("/Filter")) in _DCT:
        part._data = jpeg_without_metadata(part._data)


_DCT = ("/DCTDecode", ["/DCTDecode"])
