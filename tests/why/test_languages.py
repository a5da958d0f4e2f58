"""Every receipt of every kind speaks Chinese and English, whatever fills its places."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import yiwang
from tests.why.strategies import nested, receipts
from yiwang.expr import Decimal as Amount
from yiwang.expr import Field, Schema, Text, parse
from yiwang.why import Catalogue, Receipt, Words, catalogue, say
from yiwang.why.words import UnknownWords, format_value, weekday
from yiwang.worktime import Calendar, Extension, Limit, Pause, due

ROOMS = sorted(file.parent.name for file in Path(yiwang.__file__).parent.glob("*/words.yaml"))
KEYS = [key for room in ROOMS for key in catalogue.room(room)]
LIMITS = ["5 workdays", "4 work hours", "30 minutes", "90 days", "三季度末", "2026-06-30", "3 workdays, to midnight"]
RULES = [
    "age >= 60 and name like '王%'",
    "coalesce(age, 1) + 2 between 3 and 60",
    "not (name is null or age < 3)",
]
STATES = st.fixed_dictionaries({"age": st.none() | st.integers(0, 99).map(Decimal), "name": st.none() | st.text()})


def speaks_both(receipt: Receipt) -> bool:
    for _, one in receipt.walk():
        if isinstance(one.claim, Words):
            zh, en = one.sentence("zh"), one.sentence("en")
            assert zh
            assert en
            assert not any("一" <= sign <= "鿿" for sign in catalogue.text(one.claim.key, "en"))
    assert receipt.text("zh").count("\n") >= len(list(receipt.walk())) - 1
    assert receipt.text("en").count("\n") >= len(list(receipt.walk())) - 1
    return True


@settings(deadline=None)
@given(st.sampled_from(KEYS), nested)
def test_every_sentence_of_every_room_can_be_spoken_with_any_values(key: str, value: object) -> None:
    places = {name for _, name, _, _ in string.Formatter().parse(catalogue.text(key, "zh")) if name is not None}
    words = say(key, **{name.split(".")[0].split("[")[0]: value for name in places})
    assert isinstance(words.speak("zh") + words.speak("en"), str)  # a sentence that is one place may come out empty
    assert words == say(key, **words.args)
    assert str(words) == words.speak("zh")


@settings(deadline=None)
@given(receipts)
def test_a_receipt_of_any_shape(receipt: Receipt) -> None:
    assert speaks_both(receipt)
    assert hash(receipt.claim) == hash(Receipt.from_json(receipt.to_json()).claim)


@settings(deadline=None, max_examples=60)
@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(
        ["5 workdays", "4 work hours", "30 minutes", "90 days", "三季度末", "2026-06-30", "3 workdays, to midnight"]
    ),
    st.booleans(),
    st.booleans(),
)
def test_the_receipt_of_a_deadline(start: datetime, limit: str, paused: bool, extended: bool) -> None:
    pauses = [Pause(start + timedelta(hours=1), start + timedelta(days=2), "鉴定", "王科长")] if paused else []
    more = [Extension(Limit.parse("2 workdays"), "复杂", "热线办", start + timedelta(hours=1))] if extended else []
    receipt = due(start, Limit.parse(limit), Calendar.load("cn"), pauses=pauses, extensions=more).receipt
    assert speaks_both(receipt)
    assert Receipt.from_json(receipt.to_json()).text("en") == receipt.text("en")


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(
        ["age >= 60 and name like '王%'", "coalesce(age, 1) + 2 between 3 and 60", "not (name is null or age < 3)"]
    ),
    STATES,
)
def test_the_receipt_of_a_rule(text: str, state: dict[str, object]) -> None:
    receipt = parse(text, Schema({"age": Field(Amount), "name": Field(Text)})).explain(state)
    assert speaks_both(receipt)
    assert Receipt.from_json(receipt.to_json()) == receipt


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (None, "—", "—"),
        (False, "否", "no"),
        (-1234567, "−1,234,567", "−1,234,567"),
        (Decimal("-1234.50"), "−1,234.50", "−1,234.50"),
        (0.1, "0.1", "0.1"),
        (-1.5, "−1.5", "−1.5"),
        (datetime(2026, 10, 12, 9, 5, 59), "2026-10-12 09:05", "2026-10-12 09:05"),
        (date(2026, 10, 12), "2026-10-12", "2026-10-12"),
        (time(9, 5), "09:05", "09:05"),
        (timedelta(days=3, hours=2, minutes=1), "3 天 2 小时", "3 d 2 h"),
        (1e20, "100,000,000,000,000,000,000", "100,000,000,000,000,000,000"),
        (0.1 + 0.2, "0.3", "0.3"),
        (Decimal("1E+3"), "1,000", "1,000"),
        (Decimal("-0.0"), "0.0", "0.0"),
        (float("nan"), "—", "—"),
        (Decimal("Infinity"), "—", "—"),
        (datetime(900, 1, 1, 9), "0900-01-01 09:00", "0900-01-01 09:00"),
        (timedelta(minutes=-5), "−5 分", "−5 min"),
        (timedelta(seconds=30), "30 秒", "30 s"),
        (timedelta(milliseconds=-1), "0 分", "0 min"),
        (timedelta(0), "0 分", "0 min"),
        ({"zh": "水务局", "en": "Water"}, "水务局", "Water"),
        ({"zh": "水务局"}, "水务局", "水务局"),
        ({"甲": 2, say("why.yes"): None}, "甲 2、是 —", "甲 2, yes —"),
        (["甲", 2], "甲、2", "甲, 2"),
        (say("why.yes"), "是", "yes"),
        (Path("a"), "a", "a"),
    ],
)
def test_how_a_value_reads(value: object, zh: str, en: str) -> None:
    assert (format_value(value, "zh"), format_value(value, "en")) == (zh, en)


def test_days_of_the_week() -> None:
    assert [weekday(date(2026, 11, 22), language) for language in ("zh", "en", "fr")] == ["周日", "Sun", "Sun"]


def test_a_sentence_that_no_catalogue_holds_is_a_fault() -> None:
    for key in ("why.nonsense", "nowhere.at_all"):
        with pytest.raises(UnknownWords):
            say(key).speak("en")
    assert Catalogue().room("nowhere") == {}
