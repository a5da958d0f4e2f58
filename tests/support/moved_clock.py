"""A wall clock that is wrong by some seconds, for whole processes; waits and sleeps go on as ever (clock.c).

`python -m tests.support.moved_clock FOLDER` builds it there and prints its path: for scripts, which preload it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

SOURCE = Path(__file__).with_name("clock.c")


def build(folder: Path) -> Path:
    """The library, in a folder that other accounts can reach: the database server may run as another. Skips the test
    where nothing can compile it."""
    if shutil.which("cc") is None:
        pytest.skip("needs a C compiler")
    folder.chmod(0o755)
    library = folder / "clock.so"
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", str(library), str(SOURCE)], check=True)
    library.chmod(0o755)
    return library


@cache
def _library() -> Path:
    return build(Path(mkdtemp(dir=os.environ["YIWANG_VAR"])))


def moved(seconds: int) -> dict[str, str]:
    """The environment of a process whose clock is `seconds` ahead of this one's."""
    already = int(os.environ.get("CLOCK_OFFSET", "0"))
    return {**os.environ, "LD_PRELOAD": str(_library()), "CLOCK_OFFSET": str(already + seconds)}


if __name__ == "__main__":
    print(build(Path(sys.argv[1])))
