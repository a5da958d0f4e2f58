# ruff: noqa: E501 (a broken draw is easier to see on one line)
"""People are drawn by lot for a panel: without whoever takes no part, and anybody draws the same again (R8.2)."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from tests.matters.small_kind import UNITS
from tests.support.district import make_district
from tests.support.roles import ROLES
from tests.support.vale import command
from yiwang.matters import auditing, drawing_lots, draws, proof, queries, store
from yiwang.matters.crew import Crew
from yiwang.matters.definition import kind_from
from yiwang.matters.kinds import world
from yiwang.org.session import acting_as
from yiwang.why import Refusal

CALL = "from: got, to: voting, by: dispatcher, needs: [members]"
DRAWN = "from: got, to: voting, by: dispatcher, needs: [why], may: [excused], draws: [{field: members, of: 3, seed: why, leaves_out: [excused]}]"
EXCUSED = "  why: {type: text, title: {zh: 理由, en: Reason}}\n"
KIND = Path(__file__).with_name("permit_by_committee.yaml").read_text("utf-8").replace(CALL, DRAWN)
KIND = KIND.replace(EXCUSED, EXCUSED + "  excused: {type: colleagues, title: {zh: 申请回避, en: Excused}}\n")


@pytest.fixture(scope="module")
def village(database: str) -> Any:
    return make_district(lambda pack: (pack / "matters" / "relic.yaml").write_text(KIND, "utf-8"))


def opened(village: Any) -> Any:
    with acting_as(village.as_("dispatcher-1")) as asker:
        return store.open_matter(asker, "relic", {"title": "修缮", "text": "老宅"}, place=(121.91, 31.01))


def do(village: Any, post: str, matter: Any, action: str, **data: Any) -> Any:
    with acting_as(village.as_(post)) as asker:
        return store.act(asker, matter.id, action, data).state


def colleagues(village: Any) -> list[Any]:
    with acting_as(village.system) as asker:
        return list(world(asker).people.in_post())


def draw_of(village: Any, matter: Any) -> Any:
    with acting_as(village.as_("dispatcher-1")) as asker:
        found = queries.one(asker, pk=matter.id)
        assert found is not None
        ((_, name, said),) = drawing_lots.draws_of(found)
        ((_, _, receipt),) = drawing_lots.receipts(asker, found)
    assert name == "members"
    return said, receipt.text("en")


@pytest.mark.parametrize("seed", range(6))
def test_nobody_is_drawn_who_takes_no_part_or_could_not_answer(village: Any, seed: int) -> None:
    rng, people, matter = Random(seed), colleagues(village), opened(village)
    able = [one for one in people if one.clears("relic", matter.state["sensitivity"])]
    acting = {"dispatcher-1人", "supervisor人"}
    taken_out, *excused = rng.sample([one for one in able if one.name not in acting], 3)
    do(village, "supervisor", matter, "take_out", who=taken_out.username)
    state = do(village, "dispatcher-1", matter, "call", why=f"三号球 {seed}", excused=[one.username for one in excused])
    said, told = draw_of(village, matter)
    assert (
        [int(code) for code in said["drawn"]]
        == sorted(state["form.members"], key=str)
        == [int(c) for c in draws.again(said)]
    )
    assert len(set(state["form.members"])) == 3
    assert said["left_out"][str(taken_out.person)] == "recused"
    assert all(said["left_out"][str(one.person)] == "named" for one in excused)
    assert set(state["form.members"]) <= {one.person for one in able} - {
        taken_out.person,
        *(one.person for one in excused),
    }
    assert {code for code, _ in said["pool"]} | said["left_out"].keys() == {str(one.person) for one in people}
    assert state["votes.committee.members"] == 3
    names = {one.person: one.name for one in people}
    assert all(names[person] in told for person in state["form.members"])
    assert "drawn again it comes out the same" in told


def test_it_is_replayed_from_the_entry_by_the_command(village: Any) -> None:
    matter = opened(village)
    do(village, "dispatcher-1", matter, "call", why="七号球 九号球")
    said = command("matters", "redraw", matter.number, "--district", village.code, "--lang", "en")
    assert (said.returncode, said.stdout.count("drawn again it is the same")) == (0, 1), said
    with acting_as(village.system) as asker:
        assert auditing.verify(asker, matter.number).whole


def test_who_was_drawn_is_asked_and_votes(village: Any) -> None:
    matter = opened(village)
    drawn = do(village, "dispatcher-1", matter, "call", why="随口说的话")["form.members"]
    posts = {one.person: one.posts[0].code for one in colleagues(village)}
    for person in drawn:
        state = do(village, posts[person], matter, "vote", position="agree")
    assert state["stage"] == "granted"


def test_too_few_who_are_left_are_not_drawn(village: Any) -> None:
    matter = opened(village)
    everybody = [one.username for one in colleagues(village)]
    with pytest.raises(Refusal, match="可抽的只有 0 个"):
        do(village, "dispatcher-1", matter, "call", why="没有人了", excused=everybody)


BROKEN = {
    "too few for the form": ("of: 3, seed", "of: 2, seed", "actions.call.draws[0].of", "takes 3 to 7 people"),
    "a share": ("of: 3, seed", 'of: "50%", seed', "actions.call.draws[0].of", "takes 3 to 7 people"),
    "classes": ("of: 3, seed", "of: 3, only: [A], seed", "actions.call.draws[0].of", "who have no classes"),
    "an interest of objects": ("leaves_out: [excused]", "leaves_out: [position]", "actions.call.draws[0].leaves_out", "names nothing of what is drawn"),
    "entered too": ("needs: [why], may: [excused], draws", "needs: [why, members], may: [excused], draws", "actions.call.draws[0].field", "nobody enters it"),
    "nobody there": ("members: {type: colleagues,", "members: {type: colleagues, of: [grid_worker],", "actions.call.draws[0].of", "Only 0 can be drawn from"),
}  # fmt: skip


@pytest.mark.parametrize("name", ["", *BROKEN])
def test_check_refuses_a_draw_of_people_that_cannot_be(name: str) -> None:
    before, after, where, said = BROKEN.get(name, ("", "", "", ""))
    assert before in KIND
    posts = [
        {"code": f"p{n}", "role": role, "unit": unit}
        for n, (role, unit) in enumerate(
            [("dispatcher", "centre")] * 2 + [("supervisor", "office")] * 2 + [("clerk", "north")] * 4
        )
    ]
    sorts = [
        {"code": code, "kind": kind}
        for code, kind in {"centre": "centre", "office": "office", "north": "street"}.items()
    ]
    crew = Crew.of(posts, [{"username": one["code"], "post": one["code"]} for one in posts], ["centre"], ROLES, sorts)
    found = proof.complaints(kind_from(yaml.safe_load(KIND.replace(before, after, 1))), units=UNITS, crew=crew)
    told = [(path, words.speak("en")) for path, words in found]
    if not name:
        assert told == []
    else:
        assert any(path == where and said in text for path, text in told), told
