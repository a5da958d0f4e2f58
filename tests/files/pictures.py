"""Pictures made for tests."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image


def jpeg(seed: int = 0, size: tuple[int, int] = (40, 30), **more: Any) -> bytes:
    """A small JPEG, another one for each seed."""
    return saved(Image.new("RGB", size, (seed % 251, seed // 251 % 251, 90)), "JPEG", **more)


def saved(image: Image.Image, form: str, **more: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **more)
    return out.getvalue()
