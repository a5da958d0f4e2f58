"""Files that prove something: kept by their hash, cleaned of what they should not tell (R5.8, R8.6).

A photo is written anew without its metadata; where and when it was taken is read before and kept beside it.
"""

from __future__ import annotations

import hashlib
import io
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from yiwang.org.access import Asker
from yiwang.why import Words, say

from .models import Evidence

MOST_BYTES = 12 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2560


class NotAccepted(Exception):
    """A file that is not kept; `words` say why."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.speak())
        self.words = words


def keep(asker: Asker, name: str, content: bytes, *, matter: int | None = None) -> Evidence:
    """Keep a photo (JPEG, PNG, WebP) or a PDF. Raises NotAccepted."""
    if not content:
        raise NotAccepted(say("matters.file_empty", name=name))
    if len(content) > MOST_BYTES:
        raise NotAccepted(say("matters.file_too_big", name=name, most=MOST_BYTES // 1024 // 1024))
    taken: dict[str, Any] = {}
    if content.startswith(b"%PDF-"):
        media_type = "application/pdf"
    else:
        content, media_type, taken = _photo(name, content)
    sha256 = hashlib.sha256(content).hexdigest()
    path = path_of(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(f".{asker.person or 0}.part")
        partial.write_bytes(content)
        partial.replace(path)  # a file is there whole or not at all
    return Evidence.objects.create(
        district_id=asker.district,
        matter_id=matter,
        name=Path(name).name.replace("\x00", "")[:200] or "file",
        media_type=media_type,
        size=len(content),
        sha256=sha256,
        at=timezone.now(),
        person_id=asker.person,
        **taken,
    )


def path_of(sha256: str) -> Path:
    """Where a file lies."""
    return Path(settings.MEDIA_ROOT) / "evidence" / sha256[:2] / sha256


def attach(asker: Asker, matter: int, ids: list[int]) -> None:
    """Files that were kept before belong to this matter from now on."""
    Evidence.objects.filter(district=asker.district, pk__in=ids, matter=None, person=asker.person).update(matter=matter)


def _photo(name: str, content: bytes) -> tuple[bytes, str, dict[str, Any]]:
    try:
        image = Image.open(io.BytesIO(content))
        if image.format not in ("JPEG", "PNG", "WEBP") or image.width * image.height > MOST_PIXELS:
            raise NotAccepted(say("matters.file_kind", name=name))
        taken = _where_and_when(image)
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        out = io.BytesIO()
        if image.format == "PNG":
            upright.save(out, "PNG")
            return out.getvalue(), "image/png", taken
        upright.convert("RGB").save(out, "JPEG", quality=85)
        return out.getvalue(), "image/jpeg", taken
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise NotAccepted(say("matters.file_kind", name=name)) from None


def _where_and_when(image: Image.Image) -> dict[str, Any]:
    """lon, lat (WGS84 degrees) and the moment from a photo's EXIF, as far as it tells them."""
    exif = image.getexif()
    found: dict[str, Any] = {}
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    try:
        lat, lon = (_degrees(gps[place], gps[side]) for place, side in ((2, 1), (4, 3)))
        if -90 <= lat <= 90 and -180 <= lon <= 180:
            found |= {"lat": lat, "lon": lon}
    except (KeyError, TypeError, ValueError, ZeroDivisionError, IndexError):
        pass
    taken = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal)
    try:
        moment = datetime.strptime(str(taken).strip("\x00 "), "%Y:%m:%d %H:%M:%S")
        found["taken_at"] = timezone.make_aware(moment)
    except ValueError:
        pass
    return found


def _degrees(parts: Any, side: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    return round(-value if side in ("S", "W") else value, 6)
