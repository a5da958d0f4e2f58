"""A number in the report without a source is flagged; one that is stated stays (R5.14, design §10.13)."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from yiwang.goals.draft import SayableFigure, figures

KNOWN = [
    SayableFigure(Decimal(252), "台", 1),
    SayableFigure(Decimal("105"), "%", 1),
    SayableFigure(Decimal("84.8"), "%", 2),
    SayableFigure(Decimal(1536), "个", 3),
    SayableFigure(Decimal("-14.2"), "%", 4),
]

TABLE = [
    # the draft, (number, goal) in order
    ("加装电梯252台，完成105%。", [("252", 1), ("105", 1)]),
    ("加装电梯253台。", [("253", None)]),  # changed by hand
    ("加装电梯252个。", [("252", None)]),  # another unit
    ("停车泊位1,536个", [("1,536", 3)]),
    ("解决率84.8%，12345热线2026年第3季度", [("84.8", 2)]),  # line, year and ordinal are no figures
    ("件数变化为−14.2%", [("−14.2", 4)]),
    ("12月5日开工，共3项", [("3", None)]),
]


def test_each_figure_is_linked_or_flagged() -> None:
    for draft, wanted in TABLE:
        assert [(one.text, one.goal) for one in figures(draft, KNOWN)] == wanted, draft


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_number_that_nobody_verified_is_never_linked(value: int, other: int) -> None:
    (found,) = figures(f"共完成{other}台", [SayableFigure(Decimal(value), "台", 7)])
    assert found.goal == (7 if value == other else None)


@given(st.text(max_size=80))
def test_any_text_can_be_checked(draft: str) -> None:
    for one in figures(draft, KNOWN):
        assert draft[one.start : one.end] == one.text
