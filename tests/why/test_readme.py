"""The README's examples, and those in docstrings, are true."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import yiwang.why

ROOM = Path(yiwang.why.__file__).parent


def test_readme() -> None:
    found = doctest.testfile(str(ROOM / "README.md"), module_relative=False, encoding="utf-8")
    assert found.attempted > 15
    assert found.failed == 0


@pytest.mark.parametrize("name", sorted(file.stem for file in ROOM.glob("*.py")))
def test_docstrings(name: str) -> None:
    assert doctest.testmod(import_module(f"yiwang.why.{name}")).failed == 0
