"""Mutation testing of a foundation: `python -m tests.mutation ROOM [MODULE …]` prints what survived.

Without modules the whole room is taken; `--sample N` draws N of the mutants, always the same ones for the same code;
`--keep FOLDER` keeps what is known there, so that a stopped run goes on where it was and only changed functions are
tried again; with `--survivors` those that survived there are tried on the tests of today. It works on a copy and at
low priority: nothing of the checkout changes.

No server is started: a mutant must be killed by values in Python, by DuckDB, or by the SQL that is written.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
QUICK_FIRST = {
    "worktime": (
        "vectors limits calendar many log learn commands manual mistakes receipts preview readme properties".split()
    ),
    "expr": "values reading schema sql simplify explain differences hostile".split(),
}
SLOW_AND_SAID_ELSEWHERE = {
    "worktime": [
        *(f"test_many.py::test_the_same_as_one_by_one[{number}]" for number in (15, 16, 17)),  # far years
        "test_many.py::test_many_spans_are_what_each_of_them_is",
        "test_calendar.py::test_the_table_grows_with_what_is_asked",
        "test_learn.py::test_of_many_rows_a_change_must_explain_two_in_a_hundred",
    ],
    "expr": [
        "test_hostile.py::test_no_pattern_is_slow",
        "test_hostile.py::test_any_text",
        "test_hostile.py::test_any_row_of_words",
        "test_hostile.py::test_any_facts",
        "test_simplify.py::test_the_rest_comes_to_the_same",
        "test_explain.py::test_a_receipt_tells_the_value_and_only_facts_of_the_rule",
    ],
}
CODES = {0: "survived", 5: "no tests", 33: "no tests", 24: "timeout", 36: "timeout", -24: "timeout", -9: "timeout"}
SURVIVED = ("survived", "no tests")
NOT_TRIED = (None, 2, 34)  # not yet, stopped by hand, skipped
SETTINGS = """
[mutmut]
source_paths=src
only_mutate=src/yiwang/{room}/*
timeout_multiplier=2
timeout_constant=3
use_git_change_detection=false
pytest_add_cli_args=
    -x
    -q
    -p
    no:cacheprovider
{left_out}
pytest_add_cli_args_test_selection=
{tests}

[tool:pytest]
markers =
    spark: needs a Spark engine
    slow: more than ten seconds
"""
SHOW = """
import sys
from pathlib import Path
from mutmut.mutation.diff_apply import get_diff_for_mutant

for line in sys.stdin.read().splitlines():
    module, name = line.split()
    path = Path("src/yiwang") / sys.argv[1] / (module + ".py")
    print(get_diff_for_mutant(name, path=path), end="\\0")
"""
CONFTEST = """
import pytest
from hypothesis import Phase, settings

# the same examples for each mutant, and no time spent on making a failure small
settings.register_profile("mutants", derandomize=True, database=None, phases=[Phase.explicit, Phase.generate])
settings.load_profile("mutants")


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc):
    # cases are numbered: their own names hold signs that cannot stand on a command line
    parametrize = metafunc.parametrize

    def numbered(names, values, **options):
        values = list(values)
        parametrize(names, values, **{**options, "ids": [str(number) for number in range(len(values))]})

    metafunc.parametrize = numbered


@pytest.fixture(scope="session")
def postgres_url():
    pytest.skip("mutants are killed without a PostgreSQL")
"""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tests.mutation", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("room", choices=QUICK_FIRST)
    parser.add_argument("modules", nargs="*", metavar="MODULE")
    parser.add_argument("--sample", type=int, metavar="N")
    parser.add_argument("--processes", type=int, default=1, metavar="N")
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    parser.add_argument("--survivors", action="store_true")
    args = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="yiwang-mutants-") as folder:
        mutants = Mutants(args.room, args.keep or Path(folder), args.processes)
        names = [f"yiwang.{args.room}.{module}.*" for module in args.modules]
        if args.sample:
            names = mutants.sample(args.modules, args.sample)
        if args.survivors:
            mutants.try_out(mutants.survivors(set(args.modules)))
        else:
            mutants.try_out(names)
        return mutants.report(set(args.modules))


class Mutants:
    """The mutants of one room, in a copy of it and of its tests."""

    def __init__(self, room: str, folder: Path, processes: int) -> None:
        self.room, self.folder, self.processes = room, folder, processes
        folder.mkdir(parents=True, exist_ok=True)
        for part in ("src/yiwang/why", "src/yiwang/worktime", "src/yiwang/expr", f"tests/{room}"):
            shutil.rmtree(folder / part, ignore_errors=True)
            shutil.copytree(CHECKOUT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        self._forget_copies()
        for file in ("__init__.py", "cli.py"):
            shutil.copy(CHECKOUT / "src/yiwang" / file, folder / "src/yiwang" / file)
        (folder / "tests/__init__.py").touch()
        (folder / "tests/conftest.py").write_text(CONFTEST)
        tests = [f"    tests/{room}/test_{name}.py" for name in QUICK_FIRST[room]]
        left_out = [f"    --deselect=tests/{room}/{name}" for name in SLOW_AND_SAID_ELSEWHERE[room]]
        settings = SETTINGS.format(room=room, tests="\n".join(tests), left_out="\n".join(left_out))
        (folder / "setup.cfg").write_text(settings)

    def _forget_copies(self) -> None:
        """Of an earlier run only verdicts are kept: whatever mutmut merely copied is copied anew."""
        kept = self.folder / "mutants/src/yiwang" / self.room
        for path in (self.folder / "mutants").rglob("*"):
            if path.is_file() and (path.parent != kept or path.suffix not in (".py", ".meta", ".spans")):
                path.unlink()

    def mutmut(self, *arguments: str) -> str:
        command = ["nice", sys.executable, "-m", "mutmut", *arguments]
        environment = os.environ | {"PYTHONPATH": str(self.folder / "src"), "PROPERTY_SHARE": "0.05"}
        done = subprocess.run(command, cwd=self.folder, env=environment, check=False, capture_output=True, text=True)
        if done.returncode:
            print(done.stdout[-3000:], done.stderr[-3000:], file=sys.stderr)
        return done.stdout

    def try_out(self, names: list[str]) -> None:
        self.mutmut("run", "--max-children", str(self.processes), *names)

    def sample(self, modules: list[str], count: int) -> list[str]:
        self.try_out([f"yiwang.{self.room}.errors.*"])  # writes all mutants down, tries only a few
        every = [name for name in self.verdicts() if not modules or _module(name) in modules]
        return random.Random(2026).sample(every, min(count, len(every)))

    def verdicts(self) -> dict[str, str | None]:
        """By mutant: killed, survived, no tests or timeout; None for one that was not tried."""
        found: dict[str, str | None] = {}
        for meta in sorted((self.folder / f"mutants/src/yiwang/{self.room}").glob("*.meta")):
            for name, code in json.loads(meta.read_text("utf-8"))["exit_code_by_key"].items():
                found[name] = None if code in NOT_TRIED else CODES.get(code, "killed")
        return found

    def survivors(self, modules: set[str]) -> list[str]:
        """Those of the modules, or of all."""
        return [
            name
            for name, verdict in self.verdicts().items()
            if verdict in SURVIVED and (not modules or _module(name) in modules)
        ]

    def changes(self, names: list[str]) -> list[list[str]]:
        """What each mutant changed, as lines of a diff."""
        environment = os.environ | {"PYTHONPATH": str(self.folder / "src")}
        command, asked = [sys.executable, "-c", SHOW, self.room], "\n".join(f"{_module(name)} {name}" for name in names)
        text = subprocess.run(
            command, cwd=self.folder, env=environment, check=True, input=asked, capture_output=True, text=True
        ).stdout
        return [
            [line for line in diff.splitlines() if line[:1] in ("+", "-") and line[:3] not in ("+++", "---")]
            for diff in text.split("\0")[:-1]
        ]

    def report(self, modules: set[str]) -> int:
        tried = {
            name: verdict
            for name, verdict in self.verdicts().items()
            if verdict and (not modules or _module(name) in modules)
        }
        if not tried:
            return 1
        survived = [name for name, verdict in tried.items() if verdict in SURVIVED]
        for name, lines in zip(survived, self.changes(survived), strict=True):
            print(name, tried[name], *lines, sep="\n  ")
        for module in sorted({_module(name) for name in tried}):
            print(f"{module:15} {_share(verdict for name, verdict in tried.items() if _module(name) == module)}")
        print(f"{'all':15} {_share(tried.values())}")
        return 0


def _module(name: str) -> str:
    parts = name.split(".")
    return parts[2] if len(parts) > 3 else "__init__"


def _share(verdicts: Iterable[str]) -> str:
    counts = Counter(verdicts)
    killed = counts["killed"] + counts["timeout"]
    return f"{killed} of {counts.total()} killed ({killed / counts.total():.1%}) {dict(counts)}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
