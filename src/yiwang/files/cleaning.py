"""One file cleaned by what it is: the work of the decoder's own process. Pure: bytes in, bytes out."""

from __future__ import annotations

import hashlib

from yiwang.why import say

from . import names, office, pdf, photo
from .definition import MOST_BYTES, OFFICE, PDF, PHOTO, TEXT, Clean, NotKept, Sort
from .sniff import sort_of

ANYTHING = "application/octet-stream"
_EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png"}
RULES = 2  # the version of these rules: what was kept under older ones is cleaned again


def admit(name: str, content: bytes, takes: frozenset[str]) -> Sort:
    """What a file is, when it may come in at all; quick, so that it can be asked before anything is decoded.

    Raises NotKept.
    """
    shown = names.spoken(name)
    if not content:
        raise NotKept(say("files.empty", name=shown))
    if len(content) > MOST_BYTES:
        raise NotKept(say("files.too_big", name=shown, most=MOST_BYTES // 2**20))
    sort = sort_of(content)
    if sort is None or sort.sort not in takes:
        sorts = "_".join(one for one in (PHOTO, PDF, OFFICE, TEXT) if one in takes)
        raise NotKept(say(f"files.only_{sorts}", name=shown))
    return sort


def clean(name: str, content: bytes, takes: frozenset[str], budget: int) -> Clean:
    """The file as it may be kept. Raises NotKept.

    budget  how many pixels may be decoded for it
    """
    sort = admit(name, content, takes)
    shown = names.spoken(name)
    came = hashlib.sha256(content).hexdigest()
    if sort.sort == PHOTO:
        kept, media_type, taken, decoded = photo.clean(shown, content, sort, budget)
        named = names.clean(name, _EXTENSIONS[media_type], "photo")
        return Clean(named, media_type, kept, came, taken.lon, taken.lat, taken.taken_at, decoded)
    named = names.clean(name, sort.extension, "document")
    try:
        if sort.sort == PDF:
            return Clean(named, sort.media_type, pdf.clean(content), came)
        if sort.sort == OFFICE:
            return Clean(named, sort.media_type, office.clean(content), came)
    except pdf.CannotBeRead:
        return Clean(named, ANYTHING, content, came, as_it_came=True)
    except office.CannotBeRead:
        raise NotKept(say("files.damaged", name=shown)) from None
    except MemoryError:
        raise NotKept(say("files.too_heavy", name=shown)) from None
    return Clean(named, sort.media_type, content, came)
