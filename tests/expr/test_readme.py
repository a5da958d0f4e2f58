"""The page that teaches this room, and the examples in its docstrings, do what they say."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import yiwang.expr
from yiwang.expr import functions

ROOM = Path(yiwang.expr.__file__).parent
MODULES = [f"yiwang.expr.{module.name}" for module in pkgutil.iter_modules([str(ROOM)])]


def test_the_readme() -> None:
    result = doctest.testfile(str(ROOM / "README.md"), module_relative=False, encoding="utf-8")
    assert result.attempted > 15
    assert result.failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_a_module(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_the_manual_names_every_function(checkout: Path) -> None:
    manual = (checkout / "docs/expr.md").read_text("utf-8")
    assert [name for name in functions.names() if f"`{name}(" not in manual] == []


def test_the_manual_names_every_settled_difference(checkout: Path) -> None:
    from tests.expr.differences import DIFFERENCES

    manual = (checkout / "docs/expr.md").read_text("utf-8")
    assert [one.name for one in DIFFERENCES if one.name not in manual] == []
