"""A vital sign: the last reading while it is fresh, its level, and why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.indicators.casework import at
from tests.support.district import TestDistrict, make_district
from yiwang.indicators import store as indicators_store
from yiwang.indicators import vitals
from yiwang.indicators.definition import VitalSigns, sign_from
from yiwang.org.session import acting_as, as_owner
from yiwang.org.titles import Title
from yiwang.signals import queries, store
from yiwang.signals import store as signals

NOW = at(10)


@pytest.fixture(scope="module")
def district(database: str) -> TestDistrict:
    made = make_district()
    water = {"zh": "水", "en": "Water"}
    sign = {
        "code": "river", "title": {"zh": "水位", "en": "River level"},
        "dimension": "water", "unit": {"zh": "米", "en": "m"},
        "every": "5 min", "source": "water", "responsible": "green", "decimals": 2,
        "high": {"blue": 3.0, "yellow": 3.5, "orange": 4.0, "red": 4.5}, "low": {"blue": 1.0},
        "plan": {"zh": "防汛响应", "en": "flood response"},
    }  # fmt: skip
    signs = [sign_from(sign | {"code": code}) for code in ("river", "creek", "pond", "lake")]
    with as_owner(), acting_as(made.system) as asker:  # as a pack is loaded
        indicators_store.adopt(asker, [], VitalSigns(at(0).date(), "试验", {"water": Title(**water)}, signs))
    with acting_as(made.system) as asker:
        minutes = [
            ("river", 20, 2.9), ("river", 10, 3.2), ("river", 2, 3.6),  # rising
            ("creek", 16, 2.0),  # one minute too old
            ("lake", 15, 0.9),  # just fresh, and low
            ("river", -5, 9.9),  # a sensor whose clock runs ahead: not yet
        ]  # fmt: skip
        signals.record(asker, [(code, NOW - timedelta(minutes=m), value) for code, m, value in minutes])
    return made


STANDS = [
    # sign    told       level     lamp
    ("river", "3.60 米", "yellow", "watch"),
    ("creek", "失效", "stale", "stale"),
    ("pond", "失效", "stale", "stale"),  # nothing ever came
    ("lake", "0.90 米", "blue", "watch"),
]


@pytest.mark.parametrize(("code", "told", "level", "lamp"), STANDS)
def test_how_it_stands(district: TestDistrict, code: str, told: str, level: str, lamp: str) -> None:
    found = {one.definition.code: one for one in vitals.vitals(district.system, now=NOW)}[code]
    assert (found.text("zh"), found.level, found.lamp) == (told, level, lamp)


def test_a_stale_sign_has_no_value_but_tells_its_last_one(district: TestDistrict) -> None:
    creek = vitals.vital(district.system, "creek", now=NOW)
    assert (creek.value, creek.last, creek.age) == (None, 2.0, timedelta(minutes=16))
    assert "距今 16 分；应每 5 分 一次，超过 15 分 即失效：失效" in creek.receipt.text("zh")


def test_the_spark_holds_what_was_said_before(district: TestDistrict) -> None:
    assert [value for _, value in vitals.vital(district.system, "river", now=NOW).spark] == [2.9, 3.2, 3.6]
    assert len(vitals.history(district.system, "river", "2026-03-12", now=NOW)) == 4


def test_the_receipt_names_reading_thresholds_and_who_answers(district: TestDistrict) -> None:
    told = vitals.vital(district.system, "river", now=NOW).receipt.text("zh")
    assert told.startswith("水位：3.60 米")
    for part in (
        "最近读数 2026-03-12 08:58：3.60 米 [series:river]",
        "黄色 3.5",
        "级别：黄色",
        "试验区绿化市容局",
        "防汛响应",
    ):
        assert part in told


def test_the_first_value_of_an_instant_stands(district: TestDistrict) -> None:
    moment = NOW - timedelta(days=2)
    assert store.record(district.system, [("pump", moment, 1.0), ("pump", moment, 2.0)]) == 1
    assert store.record(district.system, [("pump", moment, 3.0)]) == 0
    for name in ("", "p" * 81):  # cut short, two series would become one
        with pytest.raises(ValueError, match="80"):
            store.record(district.system, [(name, moment, 1.0)])
    assert queries.latest(district.system, ["pump"], NOW) == {"pump": [(moment, 1.0)]}


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_no_reading(district: TestDistrict, value: float) -> None:
    with pytest.raises(ValueError, match="pump"):
        store.record(district.system, [("pump", NOW, value)])


def test_another_districts_readings_do_not_show(district: TestDistrict) -> None:
    assert queries.latest(make_district().system, ["river"], NOW) == {}
