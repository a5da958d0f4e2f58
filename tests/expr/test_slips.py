"""Slips of the keyboard and habits from elsewhere: each is refused with the words that mend it."""

from __future__ import annotations

from typing import Any

import pytest

from yiwang.expr import ExprError, parse

from .district import MATTER

SPAN = "write a span as interval '3 days'; the units are second, minute, hour, day, week, month, year"
SPACE = "the space here ({}) is not an ordinary one; type it again".format
DATE = "“{}” is not a date; write it as '2026-06-30'".format

SLIPS = [
    ('category = "暴露垃圾"', 12, "there is no fact `暴露垃圾`; text stands between single quotes: '暴露垃圾'"),
    ("AGE > 1", 1, "there is no fact `AGE`; did you mean age?"),
    ("current_date > day", 1, "there is no fact `current_date`; did you mean today()?"),
    ("Current_Timestamp > created_at", 1, "there is no fact `Current_Timestamp`; did you mean now()?"),
    ("concat(category, 'a') = 'b'", 1, "there is no function concat; did you mean ||?"),
    ("age\u3000> 1", 4, SPACE("U+3000")),
    ("age >\u00a01", 6, SPACE("U+00A0")),
    ("age in (1, 2,)", 14, "cannot be read near “)”; is an `and`, an `or`, a quote or a bracket missing?"),
    ("day + interval '1.5 days' > birth", 7, SPAN),
    ("day = '2026-W01-1'", 7, DATE("2026-W01-1")),
    ("day = '2026-001'", 7, DATE("2026-001")),
    ("created_at > '2026-W01-1 10:00'", 14, "“2026-W01-1 10:00” is not an instant; write it as '2026-06-30 09:00'"),
]


@pytest.mark.parametrize(("text", "column", "sentence"), SLIPS, ids=[text for text, _, _ in SLIPS])
def test_a_slip_is_told_with_its_mend(text: str, column: int, sentence: str) -> None:
    with pytest.raises(ExprError) as refused:
        parse(text, MATTER)
    assert (refused.value.column, refused.value.reason.speak("en")) == (column, sentence)
    assert refused.value.speak("zh")


@pytest.mark.parametrize("text", [None, True, 5, ["age > 1"], b"age > 1"])
def test_what_is_no_text_is_refused_with_a_sentence(text: Any) -> None:
    """A definition file may hold a bare number, a list, or `yes` where a condition is meant."""
    with pytest.raises(ExprError, match="a condition or a value written as text is expected here, not"):
        parse(text, MATTER)
