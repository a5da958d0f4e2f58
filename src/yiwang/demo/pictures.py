"""A picture where evidence is needed: drawn, so that it shows nobody and nothing that exists."""

from __future__ import annotations

import io
from random import Random

from PIL import Image, ImageDraw

from yiwang.files.store import Came

_SIZE = (320, 240)


def picture(rng: Random, name: str) -> Came:
    """A small photo of a wall, a street and something on it."""
    image = Image.new("RGB", _SIZE, (176, 188, 196))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 150, 320, 240), fill=(118, 118, 114))
    for _ in range(rng.randint(3, 7)):
        left, top, wide = rng.randrange(280), rng.randrange(60, 200), rng.randint(16, 70)
        draw.rectangle((left, top, left + wide, top + wide // 2), fill=tuple(rng.randrange(60, 220) for _ in range(3)))
    made = io.BytesIO()
    image.save(made, "JPEG", quality=80)
    return Came(name, made.getvalue())
