"""A receipt holds references; who may not open one sees that it is there, and nothing of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.why.strategies import receipts
from yiwang.why import Receipt, is_reference, say

CASE = Receipt("RX-20261012-0001", "井盖松动", [Receipt("手机", "138****8000")], "matter:12")
RATE = Receipt(
    "按时办结率", 93, [Receipt("超时", 1, [CASE, Receipt("RX-2", "积水", source="matter:13")])], "GB/T 33358"
)


def test_only_what_may_not_be_seen_is_hidden() -> None:
    seen = RATE.masked(lambda reference: reference == "matter:13")
    hidden, shown = seen.because[0].because
    assert hidden == Receipt(say("why.not_yours"), source="matter:12")
    assert shown.value == "积水"
    assert seen.text("zh").count("不在您的查看范围内") == 1
    assert "井盖" not in seen.text()
    assert "138" not in seen.text()


@settings(deadline=None)
@given(receipts, st.sets(st.integers(0, 9)))
def test_whoever_may_see_everything_sees_the_same_and_nobody_sees_more(receipt: Receipt, numbers: set[int]) -> None:
    assert receipt.masked(lambda _: True) == receipt
    may_see = {f"{noun}:{n}" for n in numbers for noun in ("matter", "report", "goal")}
    masked = receipt.masked(may_see.__contains__)
    assert masked.masked(may_see.__contains__) == masked
    before = [one for _, one in receipt.walk()]
    for _, one in masked.walk():
        if is_reference(one.source) and one.source not in may_see:
            assert (one.claim, one.value, one.because, one.at) == (say("why.not_yours"), None, (), None)
        else:
            assert (one.claim, one.value, one.source) in [(b.claim, b.value, b.source) for b in before]


@pytest.mark.parametrize(
    ("source", "reference"),
    [
        ("matter:12", True),
        ("report:3", True),
        ("indicator:hotline_on_time?part=against&period=2026-10", True),
        ("GB/T 33358-2016", False),
        ("cn.csv:270", False),
        ("https://www.gov.cn/a", False),
        ("/board/12", False),
        ("", False),
        (None, False),
    ],
)
def test_what_a_reference_is(source: str | None, reference: bool) -> None:
    assert is_reference(source) is reference
