"""A photo as a form sends it."""

from __future__ import annotations

import io

from PIL import Image


def photo(colour: str = "grey") -> io.BytesIO:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(made, "JPEG")
    made.seek(0)
    made.name = "现场.jpg"
    return made
