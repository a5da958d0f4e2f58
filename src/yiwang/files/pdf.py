"""A PDF without what it tells beside its pages: author, program, dates, XMP, scripts, attachments, photos' EXIF.

What acts (a script, the start of a program, a form that sends itself) and what is carried along (files, films, sound)
may hang on anything in a PDF, mostly within another object and under no name of its own: each dictionary is looked at,
however deep it lies.

A PDF that carries a signature is kept as it is: taking anything out would break the signature, and then the document
would look forged. One that cannot be opened (damaged, locked), that lives in its XFA form alone, or that is signed and
would have to lose what acts, is kept as it came and only ever handed out as a download; the sender is warned.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.filters import ASCII85Decode, ASCIIHexDecode, FlateDecode
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from .segments import jpeg_without_metadata

MOST_OBJECTS = 200_000
MOST_PARTS = 2_000_000  # dictionaries and lists within them
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
# what does something beside leading to a place or an address, by its /S (ISO 32000-1, 12.6.4)
_ACTS = frozenset(
    f"/{one}"
    for one in "JavaScript Launch SubmitForm ImportData ResetForm Rendition GoToR GoToE GoTo3DView Movie Sound"
    " RichMediaExecute".split()
)
# scripts, files, films and sounds, wherever they hang
_CARRIED = ("/JS", "/EF", "/RF", "/RichMediaContent", "/RichMediaSettings", "/3DD", "/Movie", "/XFA")
_SHORTEST_SIGNATURE = 64  # bytes: less cannot hold a key's mark


class CannotBeRead(Exception):
    """Locked, damaged, or no PDF at all."""


def clean(content: bytes) -> bytes:
    """The same pages without anything beside them. Raises CannotBeRead."""
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise CannotBeRead
        if not len(reader.pages) or _lives_in_xfa(reader):
            raise CannotBeRead
        writer = PdfWriter(clone_from=reader)
        if _signed(reader, len(content)):
            if any(map(_acts, _parts(writer))):
                raise CannotBeRead
            return content
        return _without_what_is_beside(writer)
    except CannotBeRead:
        raise
    except MemoryError:
        raise
    except Exception:  # pypdf raises nearly everything on a hostile file
        raise CannotBeRead from None


def _without_what_is_beside(writer: PdfWriter) -> bytes:
    writer.metadata = None
    root = writer.root_object
    for name in _OF_THE_DOCUMENT:
        root.pop(name, None)
    if isinstance(names := _plain(root.get("/Names")), DictionaryObject):
        for name in ("/EmbeddedFiles", "/JavaScript"):
            names.pop(name, None)
    for part in _parts(writer):
        _strip(part)
    writer.compress_identical_objects(remove_duplicates=False)  # what nothing refers to any more goes
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _plain(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _parts(writer: PdfWriter) -> Iterator[DictionaryObject]:
    """Every dictionary, those within others and within lists too. Raises CannotBeRead for too many."""
    if len(writer._objects) > MOST_OBJECTS:
        raise CannotBeRead
    left = MOST_PARTS
    waiting: list[Any] = list(writer._objects)
    while waiting:
        part = waiting.pop()
        left -= 1
        if left < 0:
            raise CannotBeRead
        if isinstance(part, DictionaryObject):
            yield part
            waiting += part.values()  # what it refers to stands among the objects itself
        elif isinstance(part, ArrayObject):
            waiting += part


def _lives_in_xfa(reader: PdfReader) -> bool:
    """Whether its pages are made by its form as it is opened: without the form there is nothing on them."""
    return bool(_plain(reader.root_object.get("/NeedsRendering")))


def _signed(reader: PdfReader, size: int) -> bool:
    """Whether a signature covers bytes of the file."""
    form = _plain(reader.root_object.get("/AcroForm"))
    if not isinstance(form, DictionaryObject):
        return False
    fields = _plain(form.get("/Fields")) or ArrayObject()
    return any(_holds_signature(_plain(field), size, 0) for field in fields)


def _holds_signature(field: Any, size: int, depth: int) -> bool:
    if not isinstance(field, DictionaryObject) or depth > 8:
        return False
    return _is_signature(_plain(field.get("/V")), size) or any(
        _holds_signature(_plain(kid), size, depth + 1) for kid in _plain(field.get("/Kids")) or ()
    )


def _is_signature(value: Any, size: int) -> bool:
    """Whether it is one by its form: from the first byte on, round itself, within the file."""
    if not isinstance(value, DictionaryObject):
        return False
    covers, said = _plain(value.get("/ByteRange")), _plain(value.get("/Contents"))
    if not isinstance(covers, ArrayObject) or len(covers) != 4 or not isinstance(said, str | bytes):
        return False
    start, until, again, rest = (int(_plain(one)) for one in covers)
    return start == 0 < until < again and again + rest <= size and len(said) >= _SHORTEST_SIGNATURE


def _acts(part: DictionaryObject) -> bool:
    """Whether it does something by itself, or carries something along."""
    return _plain(part.get("/S")) in _ACTS or any(name in part for name in ("/AA", *_CARRIED))


def _strip(part: DictionaryObject) -> None:
    for name in (*_BESIDE, *_CARRIED):
        part.pop(name, None)
    if _plain(part.get("/Subtype")) in _NOTES:
        for name in _OF_A_NOTE:
            part.pop(name, None)
    if _plain(part.get("/S")) in _ACTS:
        part.clear()
    if isinstance(part, StreamObject) and part.get("/Subtype") == "/Image":
        _strip_photo(part)


def _strip_photo(image: StreamObject) -> None:
    """A photo without its EXIF, also where it was packed or written in letters once more."""
    said = _plain(image.get("/Filter"))
    *around, last = said if isinstance(said, ArrayObject) and said else [said]
    if last != "/DCTDecode" or not set(around) <= _AROUND.keys() or (around and _plain(image.get("/DecodeParms"))):
        return
    content = image._data
    for name in around:
        content = _AROUND[name](content)
    image._data = jpeg_without_metadata(content)
    image[NameObject("/Filter")] = NameObject("/DCTDecode")


_AROUND: dict[str, Callable[[bytes], bytes]] = {
    "/FlateDecode": FlateDecode.decode,
    "/ASCII85Decode": ASCII85Decode.decode,
    "/ASCIIHexDecode": ASCIIHexDecode.decode,
}
