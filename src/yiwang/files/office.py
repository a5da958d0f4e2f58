"""A Word, Excel or PowerPoint file without its author, company, dates and thumbnail, its photos without theirs, its
comments and changes without who made them."""

from __future__ import annotations

import io
import re
import zipfile

from .segments import without_metadata

MOST_PARTS = 5_000
MOST_UNPACKED = 200 * 2**20
_EMPTY = {
    "docprops/core.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp='
    b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docprops/app.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docprops/custom.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
}
# who wrote a comment or a change, part by part: the words stay, who said them goes
_AUTHORS = (
    (re.compile(rb"^word/.*\.xml$"), re.compile(rb"""(\bw\d*:(?:author|initials|userId|providerId)=["'])[^"']*""")),
    (re.compile(rb"^xl/(?:threaded)?comments.*\.xml$"), re.compile(rb"(<(?:\w+:)?author>)[^<]*")),
    (re.compile(rb"^xl/persons/.*\.xml$"), re.compile(rb"""(\b(?:displayName|userId|providerId)=["'])[^"']*""")),
    (
        re.compile(rb"^ppt/(?:commentauthors|authors).*\.xml$"),
        re.compile(rb"""(\b(?:name|initials|userId|providerId)=["'])[^"']*"""),
    ),
)
_OTHER_PROPERTIES = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<none/>'
_PIXEL = (  # a grey point for a thumbnail: the package still refers to it
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
)
_DAY = (1980, 1, 1, 0, 0, 0)


class CannotBeRead(Exception):
    """Damaged, packed beyond measure, or with macros in it."""


def clean(content: bytes) -> bytes:
    """The same package, cleaned. Raises CannotBeRead."""
    try:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as came, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as cleaned:
            parts = came.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise CannotBeRead
            left = MOST_UNPACKED
            for part in parts:
                name = part.filename.lower()
                if "vbaproject" in name or name.startswith(("/", "../")):
                    raise CannotBeRead
                with came.open(part) as stream:
                    body = stream.read(left + 1)
                left -= len(body)
                if left < 0:
                    raise CannotBeRead
                cleaned.writestr(zipfile.ZipInfo(part.filename, _DAY), _cleaned(name, body), zipfile.ZIP_DEFLATED)
        return out.getvalue()
    except CannotBeRead:
        raise
    except MemoryError:
        raise
    except Exception:  # zipfile raises a dozen things on a damaged package
        raise CannotBeRead from None


def _cleaned(name: str, body: bytes) -> bytes:
    if name in _EMPTY:
        return _EMPTY[name]
    if name.startswith("docprops/thumbnail"):
        return _PIXEL
    if name.startswith("docprops/") and name.endswith(".xml"):
        return _OTHER_PROPERTIES
    for parts, authors in _AUTHORS:
        if parts.match(name.encode()):
            body = authors.sub(rb"\1", body)
    return without_metadata(body) if "/media/" in name else body
