"""Log files do not grow for ever."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

LARGEST = 10 * 1024 * 1024
KEPT = 3


def rotate(log: Path, *, largest: int = LARGEST, generations: int = KEPT) -> bool:
    """Put a log that has grown beyond `largest` bytes aside as `<name>.1` (… `.<kept>`) and begin it anew.

    Who writes keeps the file open for appending, so it is copied and emptied in place. Returns whether it was.
    """
    try:
        if log.stat().st_size <= largest:
            return False
    except FileNotFoundError:
        return False
    for n in range(generations, 1, -1):
        older = log.with_name(f"{log.name}.{n - 1}")
        if older.exists():
            older.replace(log.with_name(f"{log.name}.{n}"))
    aside = log.with_name(f"{log.name}.1")
    aside.unlink(missing_ok=True)
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(log, "rb") as old, os.fdopen(descriptor, "wb") as new:
        shutil.copyfileobj(old, new)
    os.truncate(log, 0)
    return True
