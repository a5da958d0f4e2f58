"""What is taken at which door, and how much of it (R5.8, R8.6). No Django here: the decoder's own process reads it too.

Telephones of the last five years make JPEG of 12, 48, 50, 64, 108 and 200 million pixels and HEIC of 12 to 48. A JPEG
is decoded at a half, a quarter or an eighth, so its pixels cost little; what must be decoded whole is bounded tighter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from yiwang.why import Refusal, Words

MILLION = 1_000_000
MOST_BYTES = 40 * 2**20  # a file; a JPEG of 108 million pixels has up to 35 MB
MOST_PIXELS = {"JPEG": 210 * MILLION, "HEIF": 50 * MILLION, "PNG": 24 * MILLION, "WEBP": 24 * MILLION}
MOST_PROGRESSIVE = 50 * MILLION  # such a JPEG is held whole while it is decoded; no telephone makes one
BUDGET = 200 * MILLION  # pixels that are decoded for one request
KEPT_PIXELS = 6_500_000  # a photo is scaled down to this: 2,900 × 2,200
KEPT_SIDE = 16_000
LARGEST_PNG = 4 * 2**20  # a kept PNG beyond this becomes a JPEG

PHOTO, PDF, OFFICE, TEXT = "photo", "pdf", "office", "text"


@dataclass(frozen=True, slots=True)
class Door:
    """What may be handed in at once: which sorts of files, and how many."""

    takes: frozenset[str]
    most: int


PORTAL = Door(frozenset({PHOTO}), 4)
PAPERS = Door(frozenset({PHOTO, PDF}), 10)  # of a resident, for one field of a form
EVIDENCE = Door(frozenset({PHOTO, PDF}), 10)
PROOF = Door(frozenset({PHOTO, PDF, OFFICE, TEXT}), 10)


@dataclass(frozen=True, slots=True)
class Clean:
    """A file as it may be kept.

    content     the bytes that are kept
    came        SHA-256 of the bytes that came, in hex
    lon, lat    where a photo was taken, in WGS84 degrees, as it said itself
    taken_at    when; without an offset it is on the wall clock of the district
    decoded     how many pixels had to be decoded
    as_it_came  it could not be opened, so nothing was taken out of it: it is only ever handed out as a download
    """

    name: str
    media_type: str
    content: bytes
    came: str
    lon: float | None = None
    lat: float | None = None
    taken_at: datetime | None = None
    decoded: int = 0
    as_it_came: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """Where and when a photo was taken, as far as it says."""

    lon: float | None = None
    lat: float | None = None
    taken_at: datetime | None = None


FIELD = "files"  # of forms that take them
STREAM = "files"  # of the ledger


class NotKept(Refusal):
    """A file that is not kept; the sentence says why and what to do.

    status  422 the file is at fault; 503 too many at once, again in a minute; 507 the disk is full
    """

    def __init__(self, words: Words, status: int = 422) -> None:
        super().__init__(words, fields={FIELD: words}, status=status)


@dataclass(frozen=True, slots=True)
class Sort:
    """What a file is by its own bytes: `form` names the format ("JPEG", "PDF", …)."""

    sort: str
    form: str
    extension: str
    media_type: str
    more: Mapping[str, Any] = field(default_factory=dict)
