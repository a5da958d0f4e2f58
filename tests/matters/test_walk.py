"""A walk is data: whoever reads it walks the same matter again, draws and rounds and automatic acts and all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from yiwang.matters import draws, walk
from yiwang.matters.definition import Kind
from yiwang.matters.loading import Matters
from yiwang.matters.trial import PLATFORM, REPORTER, Trial, world_of
from yiwang.matters.walk import Did, EndedUnder, Move, Opened, Waited, Walk, WentRound
from yiwang.matters.world import World
from yiwang.org.asker import Asker
from yiwang.packs import loading
from yiwang.why import Incomplete, Refusal

DEMO = Path(__file__).resolve().parents[2] / "packs" / "demo"
AT = datetime(2026, 10, 12, 1, 30, tzinfo=UTC)
Pack = tuple[dict[str, Kind], World, dict[str, Asker]]


@pytest.fixture(scope="module")
def pack(database: str) -> Pack:
    read = loading.read(DEMO)
    said = read.part(Matters)
    known, people = world_of(read.organisation, said.categories, said.duties, said.lists.of, said.results)
    return {kind.matter: kind for kind in said.kinds}, known, people


def walked(pack: Pack, kind: str, *moves: Move) -> tuple[Trial, Walk]:
    kinds, known, people = pack
    whole = Walk(kind, kinds[kind].version, AT, moves)
    trial = Trial(kinds[kind], known, people, AT)
    for move in moves:
        walk.go(trial, move)
    assert walk.again(whole, kinds[kind], known, people) == (trial, whole)
    return trial, whole


TICKET: tuple[Move, ...] = (
    Opened(REPORTER, {"text": "路灯坏了三天", "title": "路灯不亮"}, "portal"),
    Did("csc-dispatcher-1", "assign", {"unit": "bureau-water"}),
    Waited(AT + timedelta(hours=1)),
    Did("bureau-water-clerk-1", "accept", {}),
)
LOTS: tuple[Move, ...] = (
    Opened("csc-dispatcher-1", {"title": "双随机", "text": "第四季度"}, "desk"),
    Did("csc-dispatcher-1", "draw_lots", {"lot_words": "一二三 四五六"}),
)


def test_what_is_written_is_walked_again_to_the_same_state(pack: Pack) -> None:
    first, whole = walked(pack, "hotline", *TICKET)
    read = walk.read(walk.written(whole))
    assert read == whole
    again, _ = walked(pack, "hotline", *read.moves)
    assert again.state == first.state
    assert again.now == first.now == AT + timedelta(hours=1)
    assert first.state["stage"] == "handling"


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"kind":"x","version":"2026-01-01","at":"soon"}', "\x00"])
def test_what_is_no_walk_is_none(text: str) -> None:
    assert walk.read(text) is None


def test_a_door_takes_no_more_than_it_lists(pack: Pack) -> None:
    kinds, known, people = pack
    trial = Trial(kinds["hotline"], known, people, AT)
    with pytest.raises(Incomplete) as refused:
        walk.go(trial, Opened(REPORTER, {"title": "x", "text": "路灯坏了", "urgency": "urgent"}, "portal", (0.0, 0.0)))
    assert {"urgency", "place"} <= refused.value.fields.keys()
    assert trial.steps == []


def test_a_step_back_takes_back_what_it_set_off_and_the_time_that_went_by(pack: Pack) -> None:
    trial, _ = walked(pack, "hotline", *TICKET)
    for steps, now in ((3, 1), (2, 1), (2, 0), (1, 0), (1, 0)):
        assert (len(trial.steps), trial.now) == (steps, AT + timedelta(hours=now))
        trial.back()
    parts = [{"thing": "食品", "by": "bureau-market"}]
    papers = {"shop_lease": [1], "floor_plan": [2]}
    opening = {
        "title": "面馆",
        "text": "堂食",
        "firm": "91350100M000100Y43",
        "parts_wanted": parts,
        "shop_papers": papers,
    }
    trial, _ = walked(pack, "opening_up", Opened(PLATFORM, opening), Did("csc-dispatcher-1", "take", {}))
    trial.end_under("parts")
    assert [one.action for one in trial.steps[-2:]] == ["parts", "all_parts_done"]
    trial.back()
    assert (trial.steps[-1].action, trial.state["children.parts.open"]) == ("take", 1)


def test_lots_fall_the_same_whenever_they_are_walked(pack: Pack) -> None:
    drawn_first, _ = walked(pack, "random_inspection", *LOTS)
    steps_back = {"stepping_back": drawn_first.state["form.inspectors_drawn"][:1], "reason": "与企业法人是同学"}
    first, whole = walked(pack, "random_inspection", *LOTS, Did("csc-dispatcher-1", "step_back", steps_back))
    drawn = [said for step in first.steps for _, said in draws.notes(step.data)]
    assert len(drawn) == 3
    assert all(draws.differences(said) == [] for said in drawn)
    again, _ = walked(pack, "random_inspection", *whole.moves)
    assert [said for step in again.steps for _, said in draws.notes(step.data)] == drawn


def test_a_round_opens_what_it_would_open(pack: Pack) -> None:
    kinds, known, _ = pack
    rivers = kinds["river_patrol"].form["which_river"].list_
    river = next(iter(known.lists[rivers].values()))
    trial, _ = walked(pack, "river_patrol", WentRound(river.code))
    assert trial.state["form.which_river"] == river.code
    assert trial.state["round.period"].startswith("2026-10")
    assert trial.steps[0].who == PLATFORM
    with pytest.raises(Refusal):
        Trial(kinds["river_patrol"], known, {}, AT).go_round("no such river")
    with pytest.raises(Refusal):
        Trial(kinds["hotline"], known, {}, AT).go_round(river.code)


def test_a_kind_that_was_changed_meanwhile_is_walked_as_far_as_it_goes(pack: Pack) -> None:
    kinds, known, people = pack
    changed = msgspec.structs.replace(kinds["hotline"], actions=dict(kinds["hotline"].actions))
    del changed.actions["accept"]
    _, whole = walked(pack, "hotline", *TICKET)
    trial, left = walk.again(whole, changed, known, people)
    assert left.moves == TICKET[:3]
    assert trial.state["stage"] == "assigned"


def test_nobody_walks_as_who_is_not_there_and_no_walk_grows_for_ever(pack: Pack) -> None:
    trial, whole = walked(pack, "hotline", *TICKET)
    for move in (Did("nobody", "answer", {"result": "x"}), Did("csc-dispatcher-1", "answer", {"result": "x"}),
                 Did("csc-dispatcher-1", "no_such", {}), EndedUnder("parts")):  # fmt: skip
        before = len(trial.steps)
        with pytest.raises(Refusal):
            walk.go(trial, move)
        assert len(trial.steps) == before
    long = msgspec.structs.replace(whole, moves=whole.moves * walk.MOST)
    with pytest.raises(Refusal):
        long.and_then(Waited(AT))
    assert len(whole.but(99).moves) == 1


@pytest.mark.parametrize(("day", "taken"), [("2026-12-30", True), ("2027-01-08", True), ("2027-06-01", False)])
def test_a_day_of_a_year_whose_calendar_is_not_out_is_judged_by_weeks(pack: Pack, day: str, taken: bool) -> None:
    """In December a day of January is no reason to refuse what is put right within 60 working days."""
    kinds, known, people = pack
    assert not known.calendar.covers(2027)
    trial = Trial(kinds["hazard"], known, people, datetime(2026, 12, 21, 1, 30, tzinfo=UTC))
    said = {"title": "配电箱没有门", "text": "线路裸露", "hazard_level": "general"}
    walk.go(trial, Opened("csc-dispatcher-1", said, "desk"))
    walk.go(trial, Did("csc-dispatcher-1", "order_mending", {"unit": "street-qinghe"}))
    five = {
        "answers_for_it": "物业",
        "measures": "换新箱门",
        "money_for_it": "100",
        "precaution": "值守",
        "finish_by": day,
    }
    if taken:
        walk.go(trial, Did("street-qinghe-clerk-1", "lay_down", five))
        assert trial.state["stage"] == "mending"
        return
    with pytest.raises(Refusal, match="60"):
        walk.go(trial, Did("street-qinghe-clerk-1", "lay_down", five))


def test_what_is_never_completed_is_withdrawn_after_half_a_year(pack: Pack) -> None:
    said = {"title": "户外招牌", "text": "新店招牌", "applicant": "firm", "licensed_firm": "91350100M000100Y43"}
    told = {"missing_papers": [{"material": "租赁合同"}]}
    begun = (
        Opened("csc-dispatcher-1", said | {"filed_papers": {"application": [1]}}, "desk"),
        Did("csc-dispatcher-1", "route", {"unit": "bureau-market"}),
        Did("bureau-market-clerk-1", "tell_missing", told),
    )
    for after, stage in ((timedelta(days=180), "incomplete"), (timedelta(days=183), "withdrawn")):
        trial, _ = walked(pack, "licence", *begun, Waited(AT + after))
        assert trial.state["stage"] == stage
    assert trial.state.clock("legal").since is None
