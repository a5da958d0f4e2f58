"""One mapping file: read, and held against the district that it is for. Pure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from yiwang.org.pack_file import PackFile
from yiwang.org.pack_text import Problem

from .definition import MessageMap, complaints


def read_map(path: Path, *, root: Path | None = None, **more: Any) -> tuple[MessageMap, list[Problem]]:
    """A mapping file and what is wrong with it; `more` goes to `complaints`. Raises PackError, OSError."""
    file = PackFile(path, root=root)
    one = file.as_a(MessageMap)
    return one, [file.problem(at, words) for at, words in complaints(one, **more)]
