"""A JPEG or PNG inside a document without its metadata: the picture's own bytes are not touched."""

from __future__ import annotations

import zlib

_KEPT_APPS = (0xE0, 0xEE)  # JFIF, and Adobe's: it says how the colours are coded
_KEPT_CHUNKS = frozenset((b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"cHRM", b"bKGD", b"sBIT"))
_PNG = b"\x89PNG\r\n\x1a\n"


def without_metadata(content: bytes) -> bytes:
    """The picture without metadata; anything else as it is."""
    if content.startswith(b"\xff\xd8\xff"):
        return jpeg_without_metadata(content)
    return png_without_metadata(content) if content.startswith(_PNG) else content


def jpeg_without_metadata(content: bytes) -> bytes:
    """Without APP1 to APP13, APP15, comments and what stands behind the end; as it is when it is no sound JPEG."""
    if not content.startswith(b"\xff\xd8"):
        return content
    pieces, at = [content[:2]], 2
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            return content
        marker = content[at + 1]
        if marker == 0xFF:  # filling
            at += 1
            continue
        size = int.from_bytes(content[at + 2 : at + 4], "big")
        if size < 2:
            return content
        if marker == 0xDA:  # the picture begins
            end = content.rfind(b"\xff\xd9")
            pieces.append(content[at : end + 2 if end > at else len(content)])
            return b"".join(pieces)
        if marker in _KEPT_APPS or not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            pieces.append(content[at : at + 2 + size])
        at += 2 + size
    return content


def png_without_metadata(content: bytes) -> bytes:
    """With the chunks that make the picture and no others; as it is when it is no sound PNG."""
    pieces, at = [_PNG], len(_PNG)
    while at + 12 <= len(content):
        size = int.from_bytes(content[at : at + 4], "big")
        name, body = content[at + 4 : at + 8], content[at + 8 : at + 8 + size]
        if len(body) != size:
            return content
        if name in _KEPT_CHUNKS:
            pieces.append(content[at : at + 8] + body + zlib.crc32(name + body).to_bytes(4, "big"))
        at += 12 + size
        if name == b"IEND":
            return b"".join(pieces)
    return content
