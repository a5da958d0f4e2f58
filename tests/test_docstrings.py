"""The examples in the docstrings of foundations are true."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

from tests.support.circles import imports_within

MODULES = sorted(name for room in ("reading", "tables") for name in imports_within(f"yiwang.{room}"))


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    assert doctest.testmod(import_module(name)).failed == 0
