"""Of more than a screen holds, what can be ticked stands in a box that scrolls."""

from __future__ import annotations

from typing import Any

import pytest

from yiwang.matters import asked
from yiwang.matters.fields.spec import FieldSpec
from yiwang.org.titles import Title


@pytest.mark.parametrize(("offered", "many"), [(1, False), (asked.LISTED, False), (asked.LISTED + 1, True)])
def test_many_choices_are_told_apart_from_few(offered: int, many: bool) -> None:
    values = {f"v{n}": Title(zh=f"甲{n}", en=f"A{n}") for n in range(offered)}
    nobody: Any = None  # choices of a field's own ask nobody
    (field,) = asked.fields({"m": FieldSpec(type="choices", values=values)}, (), {}, {}, nobody)
    assert field["many"] is many
