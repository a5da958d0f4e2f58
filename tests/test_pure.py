"""What decides is pure: it imports neither Django nor a driver of a database, so it is tested without one."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
(PURE,) = [contract["source_modules"] for contract in CONTRACTS if contract["name"] == "rules are pure"]

WITHOUT = """
import importlib, sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("django", "psycopg"):
            raise ImportError(f"{name} is blocked")

sys.meta_path.insert(0, Blocked())
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


def without_a_database(*modules: str) -> subprocess.CompletedProcess[str]:
    """Imports modules, each in one new process, where Django and psycopg cannot be imported."""
    command = [sys.executable, "-c", WITHOUT, *modules]
    return subprocess.run(command, cwd=SRC, env={"PYTHONPATH": str(SRC)}, capture_output=True, text=True)


def test_what_decides_imports_without_django_and_psycopg() -> None:
    done = without_a_database(*PURE)
    assert done.returncode == 0, done.stderr


def test_the_block_blocks() -> None:
    assert "is blocked" in without_a_database("yiwang.matters.store").stderr


def test_every_rules_and_definition_is_held_by_the_contract() -> None:
    names = [path for name in ("rules", "definition") for path in (SRC / "yiwang").glob(f"*/{name}.py")]
    assert len(names) > 8
    assert {".".join(path.relative_to(SRC).with_suffix("").parts) for path in names} <= set(PURE)


def test_what_calls_itself_pure_is_held_to_it() -> None:
    """A file under the faces that says it is pure stands in a contract that keeps Django and psycopg away."""
    forbidding = [one for one in CONTRACTS if one["type"] == "forbidden" and "django" in one["forbidden_modules"]]
    held = [module for one in forbidding for module in one["source_modules"]]
    for room in ("files", "goals", "indicators", "ledger", "matters", "org", "people", "signals"):
        for path in (SRC / "yiwang" / room).rglob("*.py"):
            if re.search(r"\b[Pp]ure\b", ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""):
                name = ".".join(path.relative_to(SRC).with_suffix("").parts)
                assert any(name == module or name.startswith(f"{module}.") for module in held), name


def followed(tree: ast.Module) -> set[str]:
    """The modules of ours that a file imports, but those of migrations, which are frozen."""
    found = {
        f"{'.' * node.level}{node.module or ''}" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
    } | {one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names}
    ours = {name for name in found if name.startswith((".", "yiwang"))}
    return {name for name in ours if not re.fullmatch(r"yiwang\.\w+\.migrations\.\w+", name)}


def test_what_a_migration_follows_is_found() -> None:
    source = "from yiwang.org import asker\nimport yiwang.matters.rows\nfrom ..rows import x\nimport django\n"
    frozen = "from yiwang.org.migrations._as_first_run import IN_DISTRICT\n"
    late = "def f():\n    from yiwang.why import say\n"
    assert followed(ast.parse(source)) == {"yiwang.org", "yiwang.matters.rows", "..rows"}
    assert followed(ast.parse(frozen + late)) == {"yiwang.why"}


def test_no_migration_follows_the_code() -> None:
    """A migration holds its own text: what it did on the day it was written is what it does on a fresh database."""
    files = list((SRC / "yiwang").glob("*/migrations/*.py"))
    assert len(files) > 30
    for path in files:
        tree = ast.parse(path.read_text("utf-8"))
        assert followed(tree) == set(), path
        late = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
        assert not any(getattr(one, "id", getattr(one, "attr", "")) in ("import_module", "__import__") for one in late)


DECLARED = re.compile(r"\b(POLICY|ROW LEVEL|TRIGGER|FUNCTION|AGGREGATE|GRANT|REVOKE)\b|\b(row_security|append_only)\(")
BEFORE_IT_WAS_DECLARED = {
    "files": 2, "goals": 3, "indicators": 2, "ledger": 3, "matters": 8, "org": 2, "people": 1, "signals": 3, "wall": 2,
}  # fmt: skip


def test_what_is_declared_is_made_by_no_later_migration() -> None:
    """Policies, triggers, functions and rights stand in `protection.py`; a migration makes columns and moves rows."""
    making = [
        (path.parent.parent.name, int(path.name[:4]))
        for path in (SRC / "yiwang").glob("*/migrations/0*.py")
        if DECLARED.search(path.read_text("utf-8"))
    ]
    assert making
    assert [one for one in making if one[1] > BEFORE_IT_WAS_DECLARED.get(one[0], 0)] == []
