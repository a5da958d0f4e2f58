"""Which process a number means: numbers are given anew, births are not."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from pathlib import Path


def boot() -> str:
    """What tells this start of the machine from others; process numbers mean nothing beyond it."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


def birth(pid: int) -> str | None:
    """When a living process began, as text that tells it from a later one of the same number; None for the dead."""
    with contextlib.suppress(OSError, IndexError):
        about = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return None if about[0] in "ZX" else f"{boot()} {about[19]}"
    if sys.platform == "linux":
        return None
    said = subprocess.run(["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True).stdout.split()
    return " ".join(said[1:]) if said and not said[0].startswith("Z") else None
