"""A duty roster: who is on duty at an instant, and what of a week nobody takes or two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.packs.checking import problems
from tests.support.district import write_pack
from tests.support.duty import DUTY
from yiwang.org.roster import OF_DAY, OF_WEEK, OnDate, Roster, Shift, faults, minutes, on_duty
from yiwang.org.titles import Title


def roster(*shifts: Shift, dates: tuple[OnDate, ...] = ()) -> Roster:
    return Roster(Title(zh="值班", en="Duty"), "lead", list(shifts), list(dates))


@pytest.mark.parametrize(
    ("moment", "post"),
    [
        ("2026-11-27T07:59", "night"),
        ("2026-11-27T08:00", "day"),
        ("2026-11-27T17:59", "day"),
        ("2026-11-27T18:00", "night"),
        ("2026-11-28T00:00", "night"),
        ("2026-11-28T12:00", "weekend"),
        ("2026-11-30T03:00", "night"),
        ("2027-01-01T12:00", "holiday"),
        ("2027-01-01T18:00", "night"),
    ],
)
def test_at_the_change_of_a_shift_another_post_is_asked(moment: str, post: str) -> None:
    week = roster(
        Shift("day", "08:00", "18:00", ["mon", "tue", "wed", "thu", "fri"]),
        Shift("weekend", "08:00", "18:00", ["sat", "sun"]),
        Shift("night", "18:00", "08:00"),
        dates=(OnDate(datetime(2027, 1, 1).date(), "holiday", "08:00", "18:00"),),
    )
    assert list(faults(week)) == []
    assert on_duty(week, datetime.fromisoformat(moment)).post == post


def test_in_a_hole_the_lead_is_asked_and_it_is_marked() -> None:
    week = roster(Shift("day", "08:00", "18:00"))
    asked = on_duty(week, datetime(2026, 11, 27, 18))
    assert (asked.post, asked.gap) == ("lead", True)


SHIFTS = st.builds(
    lambda begins, length, days: Shift("one", begins, (begins + length) % OF_DAY, days),
    st.integers(0, OF_DAY - 1),
    st.integers(1, OF_DAY),
    st.lists(st.sampled_from(["mon", "wed", "sun"]), unique=True),
)


@given(st.lists(SHIFTS, max_size=4), st.integers(0, OF_WEEK - 1))
def test_a_minute_without_a_fault_is_somebodys_and_one_in_a_gap_is_the_leads(shifts: list[Shift], minute: int) -> None:
    week, at = roster(*shifts), datetime(2026, 11, 23 + minute // OF_DAY, minute % OF_DAY // 60, minute % 60)
    gaps = [(first, last) for fault, first, last in faults(week) if fault == "gap"]
    assert on_duty(week, at).gap == any(first <= minute < last for first, last in gaps)


@pytest.mark.parametrize(("said", "minute"), [("08:00", 480), (1080, 1080), ("24:00", 1440), ("00:00", 0)])
def test_a_time_with_and_without_quotes_is_one(said: str | int, minute: int) -> None:
    assert minutes(said) == minute


def broken(text: str, by: str) -> Callable[[str], str]:
    def breaking(whole: str) -> str:
        assert text in whole
        return whole.replace(text, by, 1)

    return breaking


@pytest.mark.parametrize(
    ("breaking", "line", "said"),
    [
        (broken("to: 18:00", "to: 17:30"), 5, "nobody is on duty from Mon 17:30 to Mon 18:00"),
        (broken("from: 18:00", "from: 17:00"), 5, "more than one post is on duty from Mon 17:00 to Mon 18:00"),
        (broken("post: dispatcher-2", "post: dispatcher-9"), 7, "dispatcher-9"),
        (broken("lead: head", "lead: nobody"), 4, "nobody"),
        (broken("to: 18:00", 'to: "25:00"'), 6, '"25:00" is no time'),
        (broken("  duty:", "  clerk:"), 2, "is a role or a word of the platform"),
        (broken("  duty:", "  Duty Desk:"), 2, "Duty Desk"),
        (broken("to: 18:00, post", "till: 18:00, post"), 6, "till"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, breaking: Callable[[str], str], line: int, said: str
) -> None:
    pack = write_pack(tmp_path / "pack", "990000")
    (pack / "rosters.yaml").write_text(breaking(DUTY), "utf-8")
    found = [one for one in problems(pack) if one.startswith("rosters.yaml")]
    assert len(found) >= 1
    assert found[0].startswith(f"rosters.yaml:{line}:"), found
    assert said in found[0]


def test_a_post_that_nobody_holds_stands_on_no_roster(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "pack", "990000")
    (pack / "rosters.yaml").write_text(DUTY, "utf-8")
    people = pack / "people.csv"
    people.write_text("".join(line for line in people.open(encoding="utf-8") if ",dispatcher-2," not in line), "utf-8")
    assert [one for one in problems(pack) if "nobody in people.csv holds dispatcher-2" in one] != []
