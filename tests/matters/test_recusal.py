"""Who steps back takes no part, nor does who stands in for them; and somebody who can act is always left (回避)."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest
import yaml
from django.contrib.auth.models import User

from tests.ledger.forging import told, verify
from tests.support.clients import client
from tests.support.district import make_district
from tests.support.values import Values, values_of
from yiwang.ledger import delegating
from yiwang.matters import proof, queries, rules, store, together
from yiwang.matters.act import Act
from yiwang.matters.clock_state import State
from yiwang.matters.definition import kind_from
from yiwang.matters.models import Entry
from yiwang.matters.queries import Filter
from yiwang.org.session import acting_as, stand_in
from yiwang.why import Incomplete, Refusal

KIND = Path(__file__).with_name("favour.yaml")
NOW = datetime(2026, 10, 12, 2, tzinfo=UTC)


def with_kind(pack: Path) -> None:
    shutil.copy(KIND, pack / "matters")


@pytest.fixture
def village(database: str) -> Any:
    return make_district(with_kind)


def opened(village: Any, text: str = "困难", **more: Any) -> Any:
    with acting_as(village.as_("dispatcher-1")) as asker:
        return store.open_matter(asker, "favour", {"title": "求助", "text": text, **more}, place=(121.91, 31.01))


def do(village: Any, asking: Any, matter: Any, action: str, **data: Any) -> State:
    with acting_as(village.as_(asking) if isinstance(asking, str) else asking) as asker:
        return store.act(asker, matter.id, action, data).state


def inbox(village: Any, who: Any) -> set[str]:
    with acting_as(village.as_(who) if isinstance(who, str) else who) as asker:
        found = queries.matters(asker, Filter(scope="mine"), now=datetime.now(UTC))
        assert {one.number for one in found} == {
            queries.in_order(asker, [one.pk])[0].number for one in queries.waiting(asker, now=datetime.now(UTC))
        }
        return {one.number for one in found}


def number_of(village: Any, post: str) -> int:
    person: int = village.as_(post).person
    return person


def test_who_is_taken_out_acts_no_more_and_finds_it_nowhere(village: Any) -> None:
    matter = opened(village)
    do(village, "dispatcher-1", matter, "send", unit="water")
    assert matter.number in inbox(village, "water-1")
    do(village, "dispatcher-1", matter, "take_out", who="water-1人")
    assert matter.number not in inbox(village, "water-1")
    assert matter.number in inbox(village, "water-2")
    for action, data in (("mend", {"done": "好"}), ("hand_back", {"why": "非职责"}), ("step_back", {"why": "再说"})):
        with pytest.raises(Refusal, match="回避本件"):
            do(village, "water-1", matter, action, **data)
    assert do(village, "water-2", matter, "mend", done="办好了")["stage"] == "looking"


def test_who_says_so_of_themselves_steps_back(village: Any) -> None:
    matter = opened(village)
    do(village, "dispatcher-2", matter, "step_back", why="申请人是我表弟")
    with pytest.raises(Refusal) as refused:
        do(village, "dispatcher-2", matter, "send", unit="water")
    assert "自行回避" in str(refused.value.receipt.claim)
    assert refused.value.receipt.source == "试验规则第三条"
    assert matter.number not in inbox(village, "dispatcher-2")


def test_it_holds_from_the_form_on(village: Any) -> None:
    matter = opened(village, kin="dispatcher-2人")
    with pytest.raises(Refusal, match="回避本件"):
        do(village, "dispatcher-2", matter, "send", unit="water")
    with acting_as(village.as_("dispatcher-1")) as asker:
        found = queries.one(asker, number=matter.number)
    assert found is not None
    assert found.state["form.kin"] == number_of(village, "dispatcher-2")


def hand_over(village: Any, giver: str, deputy: str) -> Any:
    now, today = datetime.now(UTC), date.today()
    with acting_as(village.as_(giver)) as asker:
        made = delegating.delegate(asker, village.as_(deputy).person, today, today + timedelta(days=1), "出差", now).pk
    found = stand_in(User.objects.get(username=village.username(deputy)).pk, made)
    assert found is not None
    return found


def test_neither_does_who_stands_in_for_them_nor_they_for_another(village: Any) -> None:
    matter = opened(village)
    for_them, for_another = hand_over(village, "water-1", "water-2"), hand_over(village, "green-1", "head")
    do(village, "dispatcher-1", matter, "send", unit="water")
    do(village, "dispatcher-1", matter, "take_out", who="water-1人")
    with pytest.raises(Refusal, match="代其办理也不行"):
        do(village, for_them, matter, "mend", done="好")
    assert matter.number not in inbox(village, for_them)
    do(village, "dispatcher-1", matter, "take_out", who="head人")
    do(village, "water-2", matter, "hand_back", why="应由绿化办")
    do(village, "dispatcher-1", matter, "send", unit="green")
    with pytest.raises(Refusal, match="您自"):
        do(village, for_another, matter, "mend", done="好")
    assert matter.number not in inbox(village, for_another)
    assert matter.number in inbox(village, "green-1")


def test_nothing_is_given_where_nobody_is_left(village: Any) -> None:
    matter = opened(village, text="绿化")
    assert matter.state["suggested"] == "green"
    state = do(village, "dispatcher-1", matter, "take_out", who="green-1人")
    assert state["suggested"] == "water", "another route leads where somebody is left"
    with pytest.raises(Incomplete) as refused:
        do(village, "dispatcher-1", matter, "send", unit="green")
    assert set(refused.value.fields) == {"unit"}
    assert "已无人可办" in str(refused.value.fields["unit"])


def test_a_whole_unit_steps_back(village: Any) -> None:
    matter = opened(village)
    do(village, "dispatcher-1", matter, "send", unit="water")
    state = do(village, "supervisor", matter, "take_unit_out", whose="water")
    assert state["stands_in"] == ["supervisor"]
    for post in ("water-1", "water-2"):
        with pytest.raises(Refusal, match="水务局"):
            do(village, post, matter, "mend", done="好")
        assert matter.number not in inbox(village, post)
    state = do(village, "supervisor", matter, "hand_back", why="另派")
    assert not state.get("stands_in"), "the desk has it again"
    with pytest.raises(Incomplete):
        do(village, "dispatcher-1", matter, "send", unit="water")


def test_where_nobody_is_left_it_goes_up_and_says_so(village: Any) -> None:
    matter = opened(village)
    do(village, "dispatcher-1", matter, "send", unit="green")
    assert matter.number not in inbox(village, "supervisor")
    with pytest.raises(Refusal, match="由"):
        do(village, "supervisor", matter, "mend", done="好")
    do(village, "green-1", matter, "step_back", why="申请人是我表弟")
    assert {matter.number} <= inbox(village, "supervisor") & inbox(village, "supervisor-2")
    assert matter.number not in inbox(village, "dispatcher-1"), "the first role that is left"
    with pytest.raises(Refusal):
        do(village, "dispatcher-1", matter, "mend", done="好")
    page = client(village, "supervisor").get(f"/desk/matters/{matter.number}/").content.decode()
    assert "该办的人都已回避" in page
    assert "green-1人" in page
    assert "申请人是我表弟" in page
    assert do(village, "supervisor-2", matter, "mend", done="好")["stage"] == "looking"
    with acting_as(village.system):
        entry = Entry.objects.filter(matter=matter.id, action="mend").get()
    assert (entry.role, entry.person_id) == ("supervisor", number_of(village, "supervisor-2"))
    with pytest.raises(Refusal, match="您办理过本件"):
        do(village, "supervisor-2", matter, "look")
    assert do(village, "supervisor", matter, "look")["stage"] == "over", "a person stood in, no unit"
    assert matter.number not in inbox(village, "supervisor")


def test_it_comes_back_down_when_somebody_takes_part_again(village: Any) -> None:
    matter = opened(village)
    do(village, "dispatcher-1", matter, "send", unit="green")
    do(village, "dispatcher-1", matter, "take_out", who="green-1人")
    with pytest.raises(Incomplete, match="没有回避"):
        do(village, "supervisor", matter, "let_in", back="water-1人")
    state = do(village, "supervisor", matter, "let_in", back="green-1人")
    assert not state.get("stands_in")
    assert not state.get("recused")
    assert matter.number in inbox(village, "green-1")
    assert matter.number not in inbox(village, "supervisor")
    page = client(village, "green-1").get(f"/desk/matters/{matter.number}/").content.decode()
    assert "又有人可办" in page


def test_the_last_who_could_act_cannot_step_back(village: Any) -> None:
    matter = opened(village)
    for post in ("supervisor人", "supervisor-2人"):
        do(village, "dispatcher-1", matter, "take_out", who=post)
    with pytest.raises(Refusal, match="再回避就没有人了"):
        do(village, "dispatcher-1", matter, "step_back", why="我也是亲戚")
    with pytest.raises(Incomplete, match="再回避就没有人了"):
        do(village, "dispatcher-1", matter, "take_out", who="dispatcher-1人")
    with pytest.raises(Incomplete, match="再回避就没有人了"):
        do(village, "dispatcher-1", matter, "take_unit_out", whose="csc")
    do(village, "dispatcher-1", matter, "send", unit="green")
    do(village, "green-1", matter, "step_back", why="申请人是我表弟")
    state = do(village, "dispatcher-1", matter, "mend", done="好")
    assert (state["stage"], state["stands_in"]) == ("looking", ["dispatcher"]), "the second role stands in"
    with pytest.raises(Refusal, match="您办理过本件"):
        do(village, "dispatcher-1", matter, "look")
    assert do(village, "dispatcher-2", matter, "look")["stage"] == "over"


def test_a_name_means_one_who_is_there(village: Any) -> None:
    matter = opened(village)
    for said in ("张三", "", "99999", "<b>", "water-1"):
        with pytest.raises(Incomplete) as refused:
            do(village, "dispatcher-1", matter, "take_out", who=said)
        assert set(refused.value.fields) == {"who"}
    state = do(village, "dispatcher-1", matter, "take_out", who=village.username("water-1"))
    assert state["form.who"] == number_of(village, "water-1")


def test_they_open_no_personal_data_of_it(village: Any) -> None:
    matter = opened(village)
    with acting_as(village.as_("dispatcher-2")) as asker:
        store.unmask(asker, matter.id, "要打电话回访")
    do(village, "dispatcher-2", matter, "step_back", why="申请人是我表弟")
    with acting_as(village.as_("dispatcher-2")) as asker, pytest.raises(Refusal):
        store.unmask(asker, matter.id, "要打电话回访")


def test_who_takes_no_part_in_one_takes_none_in_what_it_becomes(village: Any) -> None:
    one, other = opened(village), opened(village)
    do(village, "dispatcher-2", one, "step_back", why="申请人是我表弟")
    with acting_as(village.as_("dispatcher-2")) as asker, pytest.raises(Refusal):
        together.merge(asker, one.id, other.id, "同一户人家")
    with acting_as(village.as_("dispatcher-1")) as asker:
        together.merge(asker, one.id, other.id, "同一户人家")
    with pytest.raises(Refusal, match="回避本件"):
        do(village, "dispatcher-2", other, "send", unit="water")
    assert other.number not in inbox(village, "dispatcher-2")


def test_the_ledger_holds_who_stepped_back(village: Any, database: str) -> None:
    matter = opened(village)
    do(village, "dispatcher-1", matter, "take_out", who="water-1人")
    assert told(verify(village)) == []
    with psycopg.connect(database) as owner:
        owner.execute("UPDATE matters_matter SET recused = '{}' WHERE id = %s", [matter.id])
    assert told(verify(village)) != [], "somebody who was let in behind everybody's back is found"


# --- by the rules alone -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def known() -> Values:
    return values_of(with_kind)


PEOPLE = ("dispatcher-1", "dispatcher-2", "supervisor", "supervisor-2", "water-1", "water-2", "green-1", "bei-1")


@pytest.mark.parametrize("seed", range(40))
def test_whoever_steps_back_somebody_is_left(known: Values, seed: int) -> None:
    """Random lives in which people and units step back and come back: nobody of them acts, and one always can."""
    rng, kind = Random(seed), known.kinds["favour"]
    said = {"title": "求助", "text": rng.choice(("困难", "绿化"))}
    state = rules.begin(kind, said, NOW, known.world, place=known.world.district.place(121.91, 31.01))
    for n in range(60):
        at = NOW + timedelta(hours=n)
        moves = [
            (post, choice)
            for post in PEOPLE
            for choice in rules.choices(kind, state, _act(known, post, "", at, {}), known.world)
        ]
        out = set(state.get("recused") or {})
        for post, choice in moves:
            asker = known.as_(post)
            if {f"person {asker.person}", f"unit {asker.posts[0].unit_code}"} & out:
                assert not choice.allowed, (post, choice.name)
        if kind.stages[state["stage"]].final:
            break
        forwards = [one for one in moves if one[1].allowed and one[1].name in ("send", "mend", "look")]
        assert forwards, f"nobody can go on: {sorted(out)}"
        if state.get("stands_in"):
            assert any(known.as_(post).posts[0].role in state["stands_in"] for post, _ in forwards)
        post, choice = rng.choice([one for one in moves if one[1].allowed])
        data = _answers(known, rng, choice.name)
        try:
            decision = rules.decide(kind, state, _act(known, post, choice.name, at, data), known.world)
        except Refusal:
            continue
        state = State(state | decision.delta)
        assert state.get("suggested") is None or f"unit {state['suggested']}" not in (state.get("recused") or {})


def _act(known: Values, post: str, action: str, at: datetime, data: dict[str, Any]) -> Act:
    return Act.of(known.as_(post), action, at, data)


def _answers(known: Values, rng: Random, action: str) -> dict[str, Any]:
    return {
        "send": {"unit": rng.choice(("water", "green", "bei"))},
        "mend": {"done": "好"},
        "take_out": {"who": rng.choice(PEOPLE)},
        "take_unit_out": {"whose": rng.choice(("water", "green", "csc", "dcs"))},
        "let_in": {"back": rng.choice(PEOPLE)},
    }.get(action, {"why": "理由"})


def test_the_kind_of_these_tests_is_sound() -> None:
    kind = kind_from(yaml.safe_load(KIND.read_text("utf-8")))
    assert [f"{path}: {words}" for path, words in proof.complaints(kind, units={"water", "green"})] == []
