# ruff: noqa: E501 (a kind is easier to read with an action on a line)
"""Recurring rounds: one matter for each object and each time, never two and never none (R8.7)."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import threading
import time
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.matters.wells import WELLS, go, pack_of
from tests.packs.checking import problems
from tests.support.district import make_district, write_pack
from tests.support.tickets import at
from yiwang.matters import auditing, by_itself, going_round, queries, store
from yiwang.matters.models import Matter
from yiwang.matters.objects import ObjectFacts
from yiwang.matters.rounds import Round, period_of, takes_part, turns
from yiwang.org.session import acting_as
from yiwang.packs import loading
from yiwang.worktime import Calendar


def test_what_follows_the_round_of_a_simulation_is_its_own(database: str) -> None:
    """The worker opens it as everywhere; the simulation goes it, and nobody else's is touched."""
    simulated, real = make_district(pack_of()), make_district(pack_of())
    assert going_round.go_round(simulated.system, now=at("2026-03-02 08:00"), simulated=True, of={"no other"}) == 0
    assert going_round.go_round(simulated.system, now=at("2026-03-02 08:00"), simulated=True) == 3
    assert go(simulated, "2026-03-03 08:00") == 3
    assert go(real, "2026-03-02 08:00") == go(real, "2026-03-03 08:00") == 3
    for district, is_simulated in ((simulated, True), (real, False)):
        with acting_as(district.system):
            assert {*Matter.objects.filter(district=district.id).values_list("simulated", flat=True)} == {is_simulated}


def opened(district: Any) -> list[tuple[str, str]]:
    """(object, period) of every round that was opened."""
    with acting_as(district.system):
        rows = Matter.objects.filter(district=district.id, kind="look").order_by("id").values_list("facts", flat=True)
        return [(facts["form.well"], facts["round.period"]) for facts in rows]


# --- the rhythm ---------------------------------------------------------------------------------------------------

EVERY = [
    ("day", 1, ["2026-03-10"]),
    ("week", 2, ["2026-W11/1", "2026-W11/2"]),
    ("month", 2, ["2026-03/1", "2026-03/2"]),
    ("month", 1, ["2026-03"]),
    ("quarter", 3, ["2026-Q1/1", "2026-Q1/2", "2026-Q1/3"]),
    ("year", 1, ["2026"]),
]


@pytest.mark.parametrize(("every", "times", "names"), EVERY)
def test_the_turns_of_a_period_share_its_days(every: str, times: int, names: list[str]) -> None:
    day = date(2026, 3, 10)
    _, first, last = period_of(every, day, None)
    found = list(turns(Round(every, times), times, day, last, Calendar.load("cn")))
    assert [turn.period for turn in found] == names
    assert found[0].opens == first
    assert found[-1].until == last
    assert all(one.until < two.opens for one, two in pairwise(found))


def test_a_day_without_work_has_no_turn_and_a_week_with_one_ends_on_its_last_working_day() -> None:
    daily, weekly = Round("day", opens="first workday"), Round("week", opens="first workday")
    found = list(turns(daily, 1, date(2026, 10, 1), date(2026, 10, 9), Calendar.load("cn")))
    assert [turn.opens for turn in found] == [date(2026, 10, 8), date(2026, 10, 9)]  # after the National Day holidays
    (turn,) = turns(weekly, 1, date(2026, 10, 12), date(2026, 10, 12), Calendar.load("cn"))
    assert (turn.opens, turn.until) == (date(2026, 10, 12), date(2026, 10, 16))


def test_an_object_takes_part_while_a_day_of_the_turn_is_left() -> None:
    calendar = Calendar.load("cn")
    (week,) = turns(Round("week"), 1, date(2026, 10, 12), date(2026, 10, 12), calendar)
    zone = calendar.zone
    wednesday, sunday = datetime(2026, 10, 14, 10, tzinfo=zone), datetime(2026, 10, 18, 10, tzinfo=zone)
    assert takes_part(ObjectFacts("a", {}, since=wednesday), week, calendar)
    assert not takes_part(ObjectFacts("a", {}, since=sunday), week, calendar)
    assert takes_part(ObjectFacts("a", {}, until=wednesday), week, calendar)  # it was there when the week began
    assert not takes_part(ObjectFacts("a", {}, until=datetime(2026, 10, 12, tzinfo=zone)), week, calendar)
    (day,) = turns(Round("day"), 1, date(2026, 10, 14), date(2026, 10, 14), calendar)
    assert not takes_part(ObjectFacts("a", {}, since=wednesday), day, calendar)  # it came when the day had begun
    assert takes_part(ObjectFacts("a", {}, since=datetime(2026, 10, 14, tzinfo=zone)), day, calendar)


# --- what is opened -----------------------------------------------------------------------------------------------


@pytest.fixture
def district(database: str) -> Any:
    return make_district(pack_of())


def test_each_object_has_its_turn_once_with_its_unit_and_its_day(district: Any) -> None:
    assert go(district, "2026-10-13T07:00") == 3
    assert go(district, "2026-10-13T07:01") == 0
    assert go(district, "2026-10-13T23:59") == 0
    assert sorted(opened(district)) == [("W1", "2026-10-13"), ("W2", "2026-10-13"), ("W3", "2026-10-13")]
    with acting_as(district.as_("bei-1")) as asker:
        found = queries.one(asker, pk=queries.matters(asker).filter(facts__contains={"form.well": "W1"}).get().pk)
        assert found is not None
        state = found.state
    assert (state["title"], state["form.text"], state["stage"], state["lead"]) == (
        "一号井2026-10-13日巡",
        "日巡",
        "held",
        "bei",
    )
    assert (state["street"], state["round.late"]) == ("bei", False)
    assert state.clock("looking").due == at("2026-10-13T17:00")
    assert auditing.verify(district.system, found.row.number).whole


def test_what_is_not_looked_at_on_tuesday_is_overdue_on_wednesday_at_eight(district: Any) -> None:
    """★87: left alone on Tuesday, it stands overdue on Wednesday at 08:00; what was looked at does not."""
    go(district, "2026-10-13T07:00")
    with acting_as(district.as_("nan-1")) as asker:
        store.act(asker, queries.matters(asker).get().pk, "tell", at=at("2026-10-13T11:00"))
    go(district, "2026-10-14T07:00")
    by_itself.act_by_itself(district.system, now=at("2026-10-14T08:00"))
    with acting_as(district.as_("supervisor")) as asker:
        late = queries.matters(asker, queries.Filter(state="overdue"), now=at("2026-10-14T08:00"))
        assert sorted(row.facts["form.well"] for row in late) == ["W1", "W3"]
        assert {row.facts["round.period"] for row in late} == {"2026-10-13"}
        mine = queries.matters(asker, queries.Filter(scope="mine"), now=at("2026-10-14T08:00"))
        assert {row.pk for row in late} <= {row.pk for row in mine}


def test_what_was_missed_is_opened_late_and_says_so(district: Any) -> None:
    """The worker was away for a week, with a weekend in it."""
    assert go(district, "2026-10-13T07:00") == 3
    assert go(district, "2026-10-20T09:00") == 15
    with acting_as(district.system):
        rows = Matter.objects.filter(district=district.id, kind="look", facts__contains={"form.well": "W1"}).order_by(
            "id"
        )
        found = [(row.facts["round.period"], row.facts["round.late"], row.due_at, row.created_at) for row in rows]
    assert [name for name, *_ in found] == [
        "2026-10-13",
        "2026-10-14",
        "2026-10-15",
        "2026-10-16",
        "2026-10-19",
        "2026-10-20",
    ]
    assert [late for _, late, *_ in found] == [False, True, True, True, True, False]
    assert found[1][2] == at("2026-10-14T17:00")  # due when it would have been, whenever it was opened
    assert found[1][3] == at("2026-10-20T09:00")


def test_a_clock_that_is_put_back_opens_nothing_twice_and_misses_nothing(district: Any) -> None:
    for when in ("2026-10-13T07:00", "2026-10-15T07:00", "2026-10-12T07:00", "2026-10-14T07:00", "2026-10-16T07:00"):
        go(district, when)
    days = ["2026-10-12", "2026-10-13", "2026-10-14", "2026-10-15", "2026-10-16"]
    got = opened(district)
    assert len(got) == len(set(got))
    assert {day for of, day in got if of == "W2"} in ({*days}, {*days[1:]})  # the day before the first was none's yet


def test_two_workers_at_once_open_each_once(district: Any) -> None:
    done: list[int] = []
    workers = [threading.Thread(target=lambda: done.append(go(district, "2026-10-13T07:00"))) for _ in range(3)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert sum(done) == 3
    assert len(opened(district)) == len(set(opened(district))) == 3


def test_one_that_breaks_off_half_way_is_gone_on_with(district: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class PowerCut(BaseException): ...

    opened_by, goes_after_the_first = store.open_many, itertools.cycle([False, True])

    def until_the_power_goes(*args: Any, **how: Any) -> Any:
        if next(goes_after_the_first):
            raise PowerCut
        return opened_by(*args, **how)

    monkeypatch.setattr(store, "open_many", until_the_power_goes)
    for when in ("2026-10-13T07:00", "2026-10-14T07:00"):
        with pytest.raises(PowerCut):
            go(district, when)
    monkeypatch.undo()
    assert go(district, "2026-10-14T07:05") == 4
    assert len(set(opened(district))) == 6


def test_one_that_breaks_keeps_no_other_waiting_and_is_told_of(
    district: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    opened_by = store.open_many

    def not_the_second(asker: Any, kind: str, openings: Any) -> Any:
        if openings[0].data["well"] == "W2":
            raise KeyError("W2")
        return opened_by(asker, kind, openings)

    monkeypatch.setattr(store, "open_many", not_the_second)
    with pytest.raises(ExceptionGroup):
        go(district, "2026-10-13T07:00")
    assert {of for of, _ in opened(district)} == {"W1", "W3"}
    assert "W2" in caplog.text
    monkeypatch.undo()
    assert go(district, "2026-10-13T07:05") == 1


ONE_WORKER = """
import sys
from datetime import datetime
import django
django.setup()
from yiwang.matters import going_round
from yiwang.org.session import system
print("begins", flush=True)
print(going_round.go_round(system(int(sys.argv[1])), now=datetime.fromisoformat(sys.argv[2])), flush=True)
"""


def test_a_worker_that_is_killed_leaves_nothing_open_twice_and_nothing_out(database: str) -> None:
    """kill -9 in the middle of eighty, and two processes at once afterwards."""
    rows = "".join(f"X{n:03d},井{n},Well {n},bei,,,deep,,2026-01-01\n" for n in range(80))
    district = make_district(pack_of({"W3,三号井,East Well,bei,,,deep,,2026-01-01\n": rows}))
    typed = [sys.executable, "-c", ONE_WORKER, str(district.id), at("2026-10-13T07:00").isoformat()]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "yiwang.settings"}
    first = subprocess.Popen(typed, env=environment, stdout=subprocess.PIPE)
    while not opened(district):
        assert first.poll() is None
        time.sleep(0.02)
    first.kill()
    first.wait()
    before = len(opened(district))
    assert 0 < before < 82
    both = [subprocess.Popen(typed, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [one.communicate()[0].split() for one in both]
    assert sum(int(words[-1]) for words in said) == 82 - before
    assert len(opened(district)) == len(set(opened(district))) == 82


def test_objects_come_and_go_in_the_middle(district: Any) -> None:
    go(district, "2026-10-13T07:00")
    wells = district.folder / "lists" / "wells.csv"
    wells.write_text(
        WELLS.replace("W3,三号井", "W4,四号井").replace("shallow,,2026-01-01", "shallow,,2026-10-15"), "utf-8"
    )
    loading.load(district.folder)
    go(district, "2026-10-14T07:00")
    go(district, "2026-10-15T07:00")
    got = opened(district)
    assert ("W2", "2026-10-15") in got
    assert ("W2", "2026-10-14") not in got
    assert ("W4", "2026-10-14") in got
    # the load found W3 gone now, which is after the days that the test looks at: until then it was on the list
    assert ("W3", "2026-10-13") in got


def test_how_often_may_hang_on_the_class(database: str) -> None:
    change = {"every: day, opens: first workday": "every: month, times: {deep: 2, shallow: 1}"}
    district = make_district(pack_of(change))
    go(district, "2026-10-01T07:00")
    go(district, "2026-10-31T07:00")
    assert sorted(opened(district)) == [
        ("W1", "2026-10/1"),
        ("W1", "2026-10/2"),
        ("W2", "2026-10"),
        ("W3", "2026-10/1"),
        ("W3", "2026-10/2"),
    ]


BROKEN = [
    ({"every: day": "every: fortnight"}, "fortnight is no rhythm"),
    ({"every: day": "every: 10 days"}, "from which day is 10 days counted"),
    ({"every: day": "every: day, times: 2"}, "times is 1 to 1 in one day"),
    ({"every: day": "every: month, times: {deep: 2, shalow: 1}"}, "class is never shalow"),
    ({"each: well": "each: text"}, "each names a field of the form that takes an object"),
    ({"until: round.until": "until: form.day"}, ""),
    ({"limit: {until: round.until, default: 2 workdays}": "limit: 2 workdays"}, "no clock runs until round.until"),
    ({"form:\n  text: {type: text,": "form:\n  day: {type: date, title: {zh: 日, en: Day}, required: true}\n  text: {type: text,"}, "nobody fills in day"),
    ({"opens: first workday": "opens: first workday, within: soon"}, "soon"),
    ({"fills: {text: 日巡}": "fills: {txt: 日巡}"}, "txt"),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(BROKEN)))
def test_check_refuses_a_rhythm_that_cannot_be_kept(tmp_path: Path, number: int) -> None:
    change, said = BROKEN[number]
    pack = write_pack(tmp_path / "pack", "990000")
    pack_of()(pack)
    assert problems(pack) == []
    pack_of(change)(pack)
    assert any(one.startswith("matters/look.yaml:") and said in one for one in problems(pack)), problems(pack)
