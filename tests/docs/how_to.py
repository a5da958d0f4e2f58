"""Carries out a page that says how something is added: it writes its files, makes its changes, runs its commands.

    ```python src/yiwang/counter/urls.py   a file, written as it stands
    ```diff src/yiwang/settings.py         lines that are there once (" ", "-"), as they stand afterwards (" ", "+")
    ```console                             commands behind "$ ", each with what it prints

Other blocks are only read.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"
BLOCK = re.compile(r"^```(?P<language>\w+)(?: (?P<path>\S+))?\n(?P<text>.*?)^```$", re.M | re.S)
COMMAND = re.compile(r"^\$ (?P<line>.+)\n(?P<prints>(?:(?!\$ ).*\n)*)", re.M)


def carry_out(page: str, root: Path) -> None:
    """Do what docs/`page` says in the folder `root`. Raises AssertionError where it does not come out as it says."""
    for block in BLOCK.finditer((DOCS / page).read_text("utf-8")):
        language, path, text = block["language"], block["path"], block["text"]
        if language == "console":
            for line, prints in commands(text):
                assert printed(line, root) == prints, f"{page}: {line}"
        elif path and language == "diff":
            change(root / path, text)
        elif path:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, "utf-8")


def commands(text: str) -> Iterator[tuple[str, str]]:
    """(command, what it prints)"""
    return ((found["line"], found["prints"]) for found in COMMAND.finditer(text))


def change(file: Path, diff: str) -> None:
    """Put the lines of "+" where those of "-" are; the lines around them say where that is."""
    before = "".join(f"{line[1:]}" for line in diff.splitlines(keepends=True) if line[0] in " -")
    after = "".join(f"{line[1:]}" for line in diff.splitlines(keepends=True) if line[0] in " +")
    if all(line[0] == "-" for line in diff.splitlines() if line[0] != "+"):  # parts of lines may be named alone
        before, after = before.rstrip("\n"), after.rstrip("\n")
    text = file.read_text("utf-8")
    assert text.count(before) == 1, f"{file.name}: {text.count(before)} times\n{before}"
    file.write_text(text.replace(before, after), "utf-8")


def printed(line: str, root: Path) -> str:
    """What a shell prints in `root`, with the programs of this environment and the sources that lie there."""
    programs = root / ".programs"
    programs.mkdir(exist_ok=True)
    for name, module in (("yiwang", "-m yiwang.commands"), ("python", "")):
        (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {module} "$@"\n', "utf-8")
        (programs / name).chmod(0o755)
    done = subprocess.run(["bash", "-c", line], cwd=root, env=environment(root), capture_output=True, text=True)
    assert not done.stderr, done.stderr
    return done.stdout


def environment(root: Path, **more: str) -> dict[str, str]:
    """That of this process, where the sources of `root` come before the installed ones, if it has any."""
    sources = [str(root / "src"), str(root)] if (root / "src").is_dir() else []
    before = [os.environ["PYTHONPATH"]] if os.environ.get("PYTHONPATH") else []
    path = {"PATH": f"{root / '.programs'}{os.pathsep}{os.environ['PATH']}"}
    return {**os.environ, **path, "PYTHONPATH": os.pathsep.join([*sources, *before]), **more}
