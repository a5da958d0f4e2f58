"""The front end's own checks: one convention, one style, and its rules tried without a browser."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FRONT_END = ROOT / "frontend"
SOURCE = FRONT_END / "src"
PATHS = os.pathsep.join([os.environ.get("PATH", os.defpath), str(ROOT / ".venv-node" / "bin")])  # as run.py finds Node


def npm(script: str) -> str:
    """What `npm run` of a script says. Fails with it; skips where there is no Node or the tools were not fetched."""
    found = shutil.which("npm", path=PATHS)
    if found is None:
        pytest.skip("there is no Node: `python3 run.py test` fetches one")
    if not (FRONT_END / "node_modules" / "@biomejs").exists():
        pytest.skip("the front end's tools are not there: `python3 run.py test` fetches them")
    env = {**os.environ, "PATH": PATHS, "NO_COLOR": "1"}
    done = subprocess.run([found, "run", "--silent", script], cwd=FRONT_END, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_sources_are_as_the_linter_wants_them() -> None:
    npm("lint")


def test_the_rules_of_the_front_end() -> None:
    said = npm("test")
    assert re.search(r"^# pass [1-9]|^ℹ pass [1-9]", said, re.MULTILINE), said


def test_every_part_is_started_in_one_way() -> None:
    parts = {path.stem: path.read_text("utf-8") for path in (SOURCE / "parts").glob("*.ts")}
    pages = "".join(path.read_text("utf-8") for path in SOURCE.glob("*.ts"))
    started = set(re.findall(r"from '\./parts/(\w+)'", pages))
    assert started <= {name for name, text in parts.items() if "export function start(root: Document): void" in text}
    for name, text in parts.items():  # nothing happens until a page starts it
        assert not re.search(r"^(document|window)\.", text, re.MULTILINE), name


def test_rules_know_no_page() -> None:
    for path in (SOURCE / "rules").glob("*.ts"):
        assert not re.search(r"\b(document|window|localStorage|HTML\w*)\b", path.read_text("utf-8")), path.name


def test_nothing_runs_that_is_not_built() -> None:
    own = [path for path in (ROOT / "src").rglob("static/**/*") if path.suffix in {".js", ".mjs"}]
    assert not own
    inline = re.compile(r"<script(?![^>]*\bsrc=)|\son[a-z]+=\"|javascript:")
    assert not [path.name for path in (ROOT / "src").rglob("*.html") if inline.search(path.read_text("utf-8"))]


def test_the_lock_is_by_hash_and_names_no_host() -> None:
    lock = json.loads((FRONT_END / "package-lock.json").read_text("utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert all(one.get("integrity", "").startswith("sha512-") for one in packages.values())
    assert not any("resolved" in one for one in packages.values())
