"""Mutation testing of this room: `python -m tests.worktime.mutation [--sample N] [MODULE …]` prints what survived.

Without modules it takes the arithmetic; `--sample` takes N mutants of them, always the same ones. It works on a copy
in a temporary folder, in one process and at low priority, so that nothing of the checkout changes.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
TESTS = ("vectors", "limits", "calendar", "many", "log", "commands", "receipts", "properties")  # the quick ones first
SETTINGS = """
[mutmut]
source_paths=src
only_mutate=src/yiwang/worktime/*
pytest_add_cli_args=
    -x
    -q
    -p
    no:cacheprovider
pytest_add_cli_args_test_selection=
    {tests}
use_git_change_detection=false
"""


ARITHMETIC = ["counting", "due", "pause", "elapsed", "table", "conventions", "limit", "hours", "preview"]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tests.worktime.mutation")
    parser.add_argument("--sample", type=int, metavar="N")
    parser.add_argument("modules", nargs="*", default=ARITHMETIC)
    args = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="yiwang-mutants-") as folder:
        copy = Path(folder)
        for room in ("why", "worktime"):
            shutil.copytree(CHECKOUT / "src/yiwang" / room, copy / "src/yiwang" / room)
        for file in ("__init__.py", "cli.py"):
            shutil.copy(CHECKOUT / "src/yiwang" / file, copy / "src/yiwang" / file)
        shutil.copytree(CHECKOUT / "tests/worktime", copy / "tests/worktime")
        (copy / "tests/__init__.py").touch()
        paths = [f"tests/worktime/test_{name}.py" for name in TESTS]
        (copy / "setup.cfg").write_text(SETTINGS.format(tests="\n    ".join(paths)))
        environment = os.environ | {"PYTHONPATH": str(copy / "src"), "PROPERTY_SHARE": "0.05"}

        def mutmut(*arguments: str) -> str:
            command = ["nice", sys.executable, "-m", "mutmut", *arguments]
            return subprocess.run(
                command, cwd=copy, env=environment, check=False, capture_output=True, text=True
            ).stdout

        chosen = [f"yiwang.worktime.{module}.*" for module in args.modules]
        if args.sample:
            mutmut("run", "--max-children", "1", "yiwang.worktime.errors.*")  # makes all mutants, tries a few
            every = re.findall(r"^\s+(\S+): ", mutmut("results", "--all", "true"), re.MULTILINE)
            some = [name for name in every if name.split(".")[2] in args.modules]
            chosen = random.Random(1).sample(some, min(args.sample, len(some)))
        printed = mutmut("run", "--max-children", "1", *chosen)
        found = dict(re.findall(r"^\s+(\S+): (.+)$", mutmut("results", "--all", "true"), re.MULTILINE))
        tried = {
            name: verdict
            for name, verdict in found.items()
            if verdict != "not checked" and name.split(".")[2] in args.modules
        }
        if not tried:
            print(printed)
            return 1
        for name, verdict in tried.items():
            if verdict in ("survived", "no tests", "suspicious"):
                changed = re.findall(r"^(?:\+(?!\+\+)|-(?!--)).*$", mutmut("show", name), re.MULTILINE)
                print(name, verdict, *changed, sep="\n  ")
        for module in sorted({name.split(".")[2] for name in tried}):
            print(f"{module:15} {_share([v for name, v in tried.items() if name.split('.')[2] == module])}")
        print(f"{'all':15} {_share(list(tried.values()))}")
    return 0


def _share(verdicts: list[str]) -> str:
    counts = Counter(verdicts)
    killed = counts["killed"] + counts["timeout"]
    return f"{killed} of {len(verdicts)} killed ({killed / len(verdicts):.1%}) {dict(counts)}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
