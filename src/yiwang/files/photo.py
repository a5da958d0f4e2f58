"""A photo written anew from its pixels: nothing else of the file that came is kept (R5.8, R8.6).

Out go EXIF, XMP, IPTC, comments, colour profiles, thumbnails, second pictures, text chunks, what stands behind the
picture, and what lies hidden under transparent places. In stay the pixels, upright and in sRGB. Where and when it was
taken is read before. Meant to run in the decoder's own process: pixels cost memory, and decoders have faults.
"""

from __future__ import annotations

import io
import math
from datetime import datetime
from typing import Any

from PIL import ExifTags, Image, ImageCms, ImageOps

from yiwang.typed.moments import YEARS
from yiwang.why import say

from .definition import (
    KEPT_PIXELS,
    KEPT_SIDE,
    LARGEST_PNG,
    MILLION,
    MOST_PIXELS,
    MOST_PROGRESSIVE,
    NotKept,
    Sort,
    Taken,
)

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")  # a JPEG that holds more pictures (MPO) is opened by its first


def prepare() -> None:
    """Teach Pillow HEIC, and let our own limits decide: its alarm goes off at what telephones make today."""
    import pi_heif

    pi_heif.register_heif_opener(thumbnails=False, save_to_12bit=False)
    Image.MAX_IMAGE_PIXELS = None


def clean(name: str, content: bytes, sort: Sort, budget: int) -> tuple[bytes, str, Taken, int]:
    """(bytes, media type, where and when, pixels decoded). Raises NotKept.

    budget  how many pixels may be decoded
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            _within_limits(name, image, sort, budget)
            taken = _where_and_when(image)
            size = kept_size(*image.size)
            if sort.form == "JPEG":  # decode only as finely as is needed: 1/2, 1/4 or 1/8
                image.draft(image.mode, size)
                _affordable(name, image, budget)
            image.load()
            decoded = image.width * image.height
            upright = ImageOps.exif_transpose(_in_srgb(_small(image, size), image))
            out, media_type = _written(_pixels_of(upright), lossless=sort.form == "PNG")
            return out, media_type, taken, decoded
    except NotKept:
        raise
    except MemoryError:
        raise NotKept(say("files.too_heavy", name=name)) from None
    except Exception:  # whatever a decoder meets in a damaged or hostile file
        raise NotKept(say("files.damaged", name=name)) from None


def kept_size(width: int, height: int) -> tuple[int, int]:
    """The size to which a picture is scaled down: by its area, so that a long screenshot stays legible.

    >>> kept_size(12000, 9000), kept_size(1080, 15000), kept_size(40, 30)
    ((2943, 2207), (684, 9500), (40, 30))
    """
    scale = min(1.0, math.sqrt(KEPT_PIXELS / (width * height)), KEPT_SIDE / max(width, height))
    return max(1, int(width * scale)), max(1, int(height * scale))


def _within_limits(name: str, image: Image.Image, sort: Sort, budget: int) -> None:
    pixels = image.width * image.height
    most = MOST_PIXELS[sort.form]
    if image.info.get("progressive"):
        most = MOST_PROGRESSIVE
    if pixels > most:
        words = say("files.too_many_pixels", name=name, n=math.ceil(pixels / MILLION), most=most // MILLION)
        raise NotKept(words)
    if sort.form != "JPEG":
        _affordable(name, image, budget)


def _affordable(name: str, image: Image.Image, budget: int) -> None:
    if image.width * image.height > budget:
        raise NotKept(say("files.over_budget", name=name))


def _small(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Scaled down, in a mode that can be scaled; still with its EXIF, for the orientation."""
    if image.mode.startswith(("I", "F")):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    elif image.mode in ("P", "PA", "1"):
        image = image.convert("RGBA" if "transparency" in image.info or image.mode == "PA" else "RGB")
    if image.size == size:
        return image
    info, exif = image.info, image.getexif()
    small = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    small.info = {**info, "exif": exif.tobytes()} if exif else dict(info)
    return small


def _in_srgb(small: Image.Image, original: Image.Image) -> Image.Image:
    """Colours as the profile means them, so that the profile itself can go."""
    profile = original.info.get("icc_profile")
    if not profile or small.mode not in ("RGB", "RGBA", "L", "CMYK"):
        return small
    try:
        meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if small.mode == "RGBA" else "RGB"
        turned = ImageCms.profileToProfile(small, meant, ImageCms.createProfile("sRGB"), outputMode=mode)
    except Exception:  # a broken or foreign profile: the plain numbers are near enough
        return small
    if turned is None:
        return small
    turned.info = small.info
    return turned


def _pixels_of(image: Image.Image) -> Image.Image:
    """A new picture of the same pixels, grey or RGB, transparent places white: without anything that hangs on it."""
    if image.mode in ("RGBA", "LA", "La", "RGBa", "PA") or "transparency" in image.info:
        over = image.convert("RGBA")
        bare = Image.new("RGB", image.size, "white")
        bare.paste(over, mask=over.getchannel("A"))
        return bare
    plain = image if image.mode in ("RGB", "L") else image.convert("RGB")
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    return bare


def _written(bare: Image.Image, *, lossless: bool) -> tuple[bytes, str]:
    out = io.BytesIO()
    if lossless:
        bare.save(out, "PNG")
        if out.tell() <= LARGEST_PNG:
            return out.getvalue(), "image/png"
        out = io.BytesIO()
    bare.save(out, "JPEG", quality=85)
    return out.getvalue(), "image/jpeg"


# --- where and when -------------------------------------------------------------------------------------------------


def _where_and_when(image: Image.Image) -> Taken:
    """As far as the EXIF says it; what is broken, or 0/0, says nothing."""
    try:
        exif = image.getexif()
        return Taken(*_place(exif.get_ifd(ExifTags.IFD.GPSInfo)), _moment(exif.get_ifd(ExifTags.IFD.Exif)))
    except Exception:  # metadata may be anything; it is no reason to refuse the picture
        return Taken()


def _place(gps: dict[int, Any]) -> tuple[float | None, float | None]:
    try:
        lat, lon = (_degrees(gps[place], gps[side]) for place, side in ((2, 1), (4, 3)))
    except (KeyError, TypeError, ValueError, ZeroDivisionError, IndexError, AttributeError):
        return None, None
    known = -90 <= lat <= 90 and -180 <= lon <= 180 and (lat, lon) != (0, 0)
    return (lon, lat) if known else (None, None)


def _degrees(parts: Any, side: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    return round(-value if side.strip("\x00 ").upper() in ("S", "W") else value, 6)


def _moment(exif: dict[int, Any]) -> datetime | None:
    said = str(exif.get(ExifTags.Base.DateTimeOriginal)).strip("\x00 ")
    offset = str(exif.get(ExifTags.Base.OffsetTimeOriginal) or "").strip("\x00 ")
    for text, form in ((said + offset, "%Y:%m:%d %H:%M:%S%z"), (said, "%Y:%m:%d %H:%M:%S")):
        try:
            moment = datetime.strptime(text, form)
        except ValueError:
            continue
        # what a broken clock writes lies outside of every calendar: it could be kept, and never be read again
        return moment if YEARS[0] <= moment.year <= YEARS[1] else None
    return None
