"""A receipt goes out as JSON and comes back the same; what is no receipt is refused with a sentence."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from zoneinfo import ZoneInfo

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.why.schema_check import fits
from tests.why.strategies import receipts
from yiwang.why import SCHEMA, NotAReceipt, Receipt, say


class Unit(Enum):
    DAYS = "days"


@settings(deadline=None)
@given(receipts)
def test_nothing_is_lost(receipt: Receipt) -> None:
    written = json.dumps(receipt.to_json(), ensure_ascii=False)
    again = Receipt.from_json(json.loads(written))
    assert again == receipt
    assert repr(again) == repr(receipt)  # 1 and True, 1.50 and 1.5 are equal and not the same
    assert json.dumps(again.to_json(), ensure_ascii=False) == written


@settings(deadline=None)
@given(receipts)
def test_the_published_schema_describes_what_is_written(receipt: Receipt) -> None:
    assert fits(json.loads(json.dumps(receipt.to_json())), SCHEMA)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (True, True),
        (7, 7),
        (Decimal("1.50"), {"decimal": "1.50"}),
        (date(2026, 2, 14), {"date": "2026-02-14"}),
        (
            datetime(2026, 2, 14, 17, tzinfo=ZoneInfo("Asia/Shanghai")),
            {"instant": "2026-02-14T17:00:00+08:00"},
        ),
        (timedelta(minutes=-1, microseconds=1), {"microseconds": -59_999_999}),
        ({"zh": "水务局", "en": "Water"}, {"zh": "水务局", "en": "Water"}),
        (("甲", 2), {"list": ["甲", 2]}),
        ({"甲": 2}, {"mapping": [["甲", 2]]}),
        (say("why.more", n=2), {"words": "why.more", "args": {"n": 2}}),
        (Unit.DAYS, "days"),
        (numpy.int64(7), 7),
        (numpy.float64(1.5), {"float": "1.5"}),
    ],
)
def test_how_each_value_is_written(value: object, written: object) -> None:
    assert Receipt("claim", value).to_json() == {"claim": "claim", "value": written}


def test_what_receipts_do_not_hold_is_named() -> None:
    with pytest.raises(TypeError, match="a receipt holds no object"):
        Receipt("claim", object()).to_json()


NO_RECEIPTS = [
    {},
    {"claim": None},
    {"claim": {"words": "../yes", "args": {}}},
    {"claim": {"words": "why.yes"}},
    {"claim": {"words": 3, "args": {}}},
    {"claim": "a", "value": {"decimal": "twelve"}},
    {"claim": "a", "value": {"secret": 1}},
    {"claim": "a", "value": {"date": 3}},
    {"claim": "a", "value": 1.5},
    {"claim": "a", "value": {}},
    {"claim": "a", "value": {"date": "2026-01-01", "time": "10:00"}},
    {"claim": "a", "at": "yesterday"},
    {"claim": "a", "because": [{"claim": {}}]},
    {"claim": "a", "because": [3]},
    {"claim": "a", "because": {}},
    {"claim": "a", "because": ""},
    {"claim": "a", "source": 3},
    {"claim": "a", "at": "2026-01-01T10:00:00"},
    {"claim": "a", "version": 2},
    {"claim": {"words": "why.yes", "args": {}, "more": 1}},
    {"claim": "a", "value": {"decimal": True}},
    {"claim": "a", "value": {"decimal": "１２"}},
    {"claim": "a", "value": {"float": 1}},
    {"claim": "a", "value": {"microseconds": True}},
    {"claim": "a", "value": {"date": "20260101"}},
    {"claim": "a", "value": {"list": "abc"}},
    {"claim": "a", "value": {"mapping": ["ab"]}},
]


@pytest.mark.parametrize("found", NO_RECEIPTS, ids=json.dumps)
def test_what_is_no_receipt_is_refused_and_does_not_fit_the_schema(found: dict[str, object]) -> None:
    with pytest.raises(NotAReceipt):
        Receipt.from_json(found)
    assert not fits(found, SCHEMA)


@pytest.mark.parametrize(
    "found",
    [
        {"claim": "a", "source": None, "at": None, "value": None, "because": []},
        {"claim": "a", "at": "2026-01-01T10:00Z"},
        {"claim": "a", "value": {"list": [{"list": []}]}},
    ],
    ids=json.dumps,
)
def test_what_another_program_may_write(found: dict[str, object]) -> None:
    assert fits(found, SCHEMA)
    assert Receipt.from_json(found).sentence() == "a"


def test_days_that_no_calendar_has_are_refused() -> None:
    with pytest.raises(NotAReceipt):
        Receipt.from_json({"claim": "a", "value": {"date": "2026-02-30"}})


def test_values_that_stand_too_deep_in_one_another_are_refused() -> None:
    value: object = 1
    for _ in range(20_000):
        value = {"list": [value]}
    with pytest.raises(NotAReceipt, match="too deep"):
        Receipt.from_json({"claim": "a", "value": value})


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(st.sampled_from(["claim", "value", "because", "words", "args", "date", "at"]), below)
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["claim", "value", "because", "source", "at"]), anything))
def test_whatever_comes_in_is_a_receipt_or_is_refused(found: dict[str, object]) -> None:
    try:
        receipt = Receipt.from_json(found)
    except NotAReceipt:
        return
    assert fits(found, SCHEMA)
    assert Receipt.from_json(receipt.to_json()) == receipt
