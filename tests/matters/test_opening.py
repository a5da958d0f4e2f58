"""How a matter begins is decided by values alone, once, with everything that is wrong told together. No database."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.support.values import Values, values_of
from yiwang.matters import doors, rules
from yiwang.matters.definition import DESK, PORTAL
from yiwang.matters.opening import Opening
from yiwang.matters.reported import Reported
from yiwang.why import Incomplete, NotAllowed

AT = datetime(2026, 10, 12, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
SAID = {"title": "井盖松动", "text": "每天经过都响", "category": "drain.blocked"}
INSIDE, OUTSIDE = (121.91, 31.03), (116.4, 39.9)


@pytest.fixture(scope="module")
def district() -> Values:
    return values_of()


def wrong_with(district: Values, opening: Opening) -> dict[str, str]:
    with pytest.raises(Incomplete) as told:
        opening.decide(district.kinds["hotline"], district.world)
    return {name: words.speak("en") for name, words in told.value.fields.items()}


def test_a_first_state_has_everything_but_a_number(district: Values) -> None:
    first = Opening(SAID, AT, INSIDE, door=PORTAL).decide(district.kinds["hotline"], district.world)
    assert "number" not in first
    assert (first["street"], first["suggested"], first["stage"]) == ("bei", "water", "received")
    assert first.clock("dispatch").runs


def test_a_point_lies_in_its_cell_without_a_question_to_anybody(district: Values) -> None:
    known = district.world.district
    place = known.place(*INSIDE)
    assert place is not None
    assert (known.units[place.street].code, known.units[place.neighbourhood].code) == ("bei", "nb-bei-1")
    on_the_border = known.place(121.92, 31.03)
    assert on_the_border is not None
    assert on_the_border.cell.endswith("001001001"), "a border belongs to the lower code"
    assert known.place(*OUTSIDE) is None


@pytest.mark.parametrize(
    ("text", "door", "told"),
    [
        ("  灯不亮  ", PORTAL, "Enter at least 5 characters."),
        ("   ", PORTAL, "Enter at least 5 characters."),
        (None, PORTAL, "Enter at least 5 characters."),
        ("  路灯不亮了  ", PORTAL, ""),
        ("  灯不亮  ", DESK, ""),
        ("", DESK, "What is asked is missing."),
        ("长" * 20_001, DESK, "Enter at most 20,000 characters; these are 20,001."),
    ],
)
def test_how_much_must_be_said_is_said_by_the_door_and_judged_once(
    district: Values, text: str | None, door: str, told: str
) -> None:
    opening = Opening({**SAID, "text": text}, AT, INSIDE, door=door)
    if told:
        assert wrong_with(district, opening) == {"text": told}
    else:
        first = opening.decide(district.kinds["hotline"], district.world)
        assert first["form.text"] == str(text).strip()


def test_everything_that_is_wrong_is_told_together(district: Values) -> None:
    opening = Opening({"title": "x" * 201}, AT, OUTSIDE, Reported("名" * 81), door=PORTAL)
    assert wrong_with(district, opening).keys() == {"title", "text", doors.PLACE, "reporter_name"}


def test_an_opening_is_decided_once(district: Values, monkeypatch: pytest.MonkeyPatch) -> None:
    """The entry of its draft is made from the first state that was decided; nothing is decided again."""
    begun: list[Any] = []
    begin = rules.begin
    monkeypatch.setattr(rules, "begin", lambda *args, **more: begun.append(args) or begin(*args, **more))
    kind, opening = district.kinds["hotline"], Opening(SAID, AT, INSIDE, door=DESK)
    first = opening.decide(kind, district.world)
    before = dict(first)
    draft = opening.draft(district.as_("dispatcher-1"), kind, district.world, first, "RX-20261012-0001")
    assert len(begun) == 1
    assert first == before
    assert (draft.state["number"], draft.version) == ("RX-20261012-0001", 1)
    with pytest.raises(NotAllowed):
        replace(opening, door=DESK).draft(district.as_("water-1"), kind, district.world, first, "RX-20261012-0002")
