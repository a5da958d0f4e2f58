"""What a file is, by its first bytes: never by its name."""

from __future__ import annotations

import re
from typing import Literal

from yiwang.why import say

from .errors import Unreadable

Form = Literal["gzip", "xlsx", "text"]
_MAGIC = {
    b"\x1f\x8b": "gzip",
    b"PK\x03\x04": "xlsx",
    b"PK\x05\x06": "xlsx",
}
_OTHERS = {
    b"\xd0\xcf\x11\xe0": "tables.old_excel",
    b"%PDF": "tables.is_pdf",
}
# what many systems hand out under the name of a workbook
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|!--|\?xml|html|head|body|meta|style|table|workbook|ss:)", re.IGNORECASE
)


def form_of(sample: bytes) -> Form:
    """gzip, xlsx or text. Raises Unreadable for an empty file and for what is no table."""
    if not sample.strip():
        raise Unreadable(say("tables.empty_file"))
    for magic, form in _MAGIC.items():
        if sample.startswith(magic):
            return form  # type: ignore[return-value]
    for magic, key in _OTHERS.items():
        if sample.startswith(magic):
            raise Unreadable(say(key))
    if _MARKUP.match(sample):
        raise Unreadable(say("tables.is_markup"))
    return "text"
