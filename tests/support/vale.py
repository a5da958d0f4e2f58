"""The other district, which shares no word with the demo, and commands as they are typed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

VALE = Path(__file__).resolve().parents[1] / "packs" / "vale"


def command(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`yiwang …` as it is typed."""
    typed = [sys.executable, "-m", "yiwang.commands", *words]
    return subprocess.run(typed, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
