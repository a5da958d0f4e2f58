"""What is wrong with a pack, as `yiwang pack check` says it in English."""

from __future__ import annotations

from pathlib import Path

from yiwang.org.pack_text import PackError
from yiwang.packs import loading


def problems(folder: Path) -> list[str]:
    try:
        return [problem.speak("en") for problem in loading.read(folder).problems]
    except PackError as error:
        return [problem.speak("en") for problem in error.problems]
