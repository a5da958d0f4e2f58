"""Pictures made for tests."""

from __future__ import annotations

import io
import random
from typing import Any

from PIL import Image


def jpeg(seed: int = 0, size: tuple[int, int] = (40, 30), **more: Any) -> bytes:
    """A small JPEG, another one for each seed."""
    spots = Image.frombytes("L", (4, 3), random.Random(seed).randbytes(12))
    return saved(spots.resize(size, Image.Resampling.NEAREST).convert("RGB"), "JPEG", **more)


def saved(image: Image.Image, form: str, **more: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **more)
    return out.getvalue()
