"""The files of a matter: kept by the room of files, shown to whom the matter is shown (R5.8)."""

from __future__ import annotations

from yiwang.files import store as files
from yiwang.files.definition import EVIDENCE, Clean, Door
from yiwang.files.models import File
from yiwang.org.asker import Asker

from .store import NOUN


def keep(asker: Asker, name: str, content: bytes, *, matter: int | None = None, door: Door = EVIDENCE) -> File:
    """Clean and keep one file, for a matter or, until it is handed over, for the asker alone. Raises NotKept."""
    (found,) = files.prepare([files.Came(name, content)], door)
    return files.keep(asker, found, noun=NOUN if matter is not None else "", subject=matter)


def add(asker: Asker, matter: int, clean: list[Clean]) -> list[File]:
    """Keep cleaned files for a matter that the asker sees. Raises NotKept when the disk is full."""
    return [files.keep(asker, one, noun=NOUN, subject=matter) for one in clean]
