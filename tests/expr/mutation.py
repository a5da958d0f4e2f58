"""Mutation testing of this room: `python -m tests.expr.mutation [--sample N] [MODULE …]` prints what survived.

Without modules all are taken; `--sample` draws so many mutants of them, always the same ones for the same code.

It works on a copy in a temporary folder, in one process and at low priority, so that nothing of the checkout changes.
PostgreSQL and Spark are left out: a mutant must be killed by the row, by DuckDB or by the SQL that is written.
"""

from __future__ import annotations

import argparse
import json
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
SETTINGS = """
[mutmut]
source_paths=src
only_mutate=src/yiwang/expr/*
pytest_add_cli_args=
    -x
    -q
    -p
    no:cacheprovider
    --deselect=tests/expr/test_hostile.py::test_no_pattern_is_slow
    --deselect=tests/expr/test_hostile.py::test_any_text
    --deselect=tests/expr/test_hostile.py::test_any_row_of_words
    --deselect=tests/expr/test_hostile.py::test_any_facts
    --deselect=tests/expr/test_simplify.py::test_the_rest_comes_to_the_same
    --deselect=tests/expr/test_explain.py::test_a_receipt_tells_the_value_and_only_facts_of_the_rule
pytest_add_cli_args_test_selection=
    {tests}
use_git_change_detection=false

[tool:pytest]
markers =
    spark: needs a Spark engine
    slow: more than ten seconds
"""
TESTS = ("values", "reading", "schema", "sql", "simplify", "explain", "differences", "hostile")


def main(arguments: list[str]) -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("modules", nargs="*")
    options.add_argument("--sample", type=int, default=0)
    chosen = options.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="yiwang-expr-mutants-") as folder:
        copy = Path(folder)
        for room in ("why", "expr"):
            shutil.copytree(CHECKOUT / "src/yiwang" / room, copy / "src/yiwang" / room)
        (copy / "src/yiwang/__init__.py").touch()
        shutil.copytree(CHECKOUT / "tests/expr", copy / "tests/expr")
        (copy / "tests/conftest.py").write_text(CONFTEST)
        paths = [f"tests/expr/test_{name}.py" for name in TESTS if (copy / f"tests/expr/test_{name}.py").exists()]
        (copy / "setup.cfg").write_text(SETTINGS.format(tests="\n    ".join(paths)))
        names = [f"yiwang.expr.{module}.*" for module in chosen.modules]
        mutmut = _Mutmut(copy)
        if chosen.sample:
            names = _sample(mutmut, chosen.modules, chosen.sample)
        mutmut("run", "--max-children", "1", *names)
        return _report(mutmut)


def _sample(mutmut: _Mutmut, modules: list[str], count: int) -> list[str]:
    mutmut("run", "--max-children", "1", "yiwang.expr.unknown.*")  # writes all mutants down, tests only a few
    every = [
        name
        for meta in sorted((mutmut.folder / "mutants/src/yiwang/expr").glob("*.meta"))
        if not modules or meta.name.split(".")[0] in modules
        for name in json.loads(meta.read_text())["exit_code_by_key"]
    ]
    return random.Random(2026).sample(every, min(count, len(every)))


class _Mutmut:
    """mutmut in a folder, at low priority."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {**os.environ, "PYTHONPATH": str(folder / "src")}

    def __call__(self, *arguments: str) -> str:
        command = ["nice", sys.executable, "-m", "mutmut", *arguments]
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, check=False, capture_output=True, text=True
        )
        if done.returncode:
            print(done.stderr[-2000:], file=sys.stderr)
        return done.stdout


def _report(mutmut: _Mutmut) -> int:
    verdicts = dict(re.findall(r"^\s+(\S+): (.+)$", mutmut("results", "--all", "true"), re.MULTILINE))
    counts: dict[str, Counter[str]] = {}
    for name, verdict in verdicts.items():
        if verdict != "not checked":
            counts.setdefault(name.split(".")[2], Counter())[verdict] += 1
    for name, verdict in verdicts.items():
        if verdict in ("survived", "no tests", "suspicious"):
            shown = mutmut("show", name)
            changed = [line for line in shown.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
            print(name, verdict, *changed, sep="\n  ")
    everything: Counter[str] = Counter()
    for module, verdict_counts in sorted(counts.items()):
        everything += verdict_counts
        print(f"{module:12} {_share(verdict_counts)}")
    print(f"{'all':12} {_share(everything)}")
    return 0


def _share(counts: Counter[str]) -> str:
    killed = counts["killed"] + counts["timeout"]
    return f"{killed} of {counts.total()} killed ({killed / max(counts.total(), 1):.1%}) {dict(counts)}"


CONFTEST = """
import pytest


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

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
