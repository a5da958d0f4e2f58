# ruff: noqa: E501 (a kind is easier to read with an action on a line)
"""Matters under matters under a matter: each is written, none is half opened, and none shows more than its whole."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.packs.checking import problems
from tests.support.district import make_district, write_pack
from tests.support.tickets import at
from yiwang.matters import auditing, by_itself, disclosure, queries, rescheduling, store
from yiwang.matters.models import Matter
from yiwang.matters.opening import Opening
from yiwang.org.session import acting_as
from yiwang.why import Incomplete
from yiwang.worktime import Calendar

ERRAND = """
matter: errand
title: {zh: 事务, en: Errand}
version: 2026-01-01
reference: 试验规则
prefix: SW
sensitivity: {complaint: 2}
opens: {desk: {by: [dispatcher], fields: [title, text, category, at_once, note]}}
form:
  text: {type: text, title: {zh: 内容, en: Text}, required: true}
  at_once: {type: unit, title: {zh: 立即交办, en: At once to}}
  note: {type: text, title: {zh: 备注, en: Note}}
asks:
  pieces:
    type: list
    title: {zh: 各项, en: Pieces}
    at_least: 1
    at_most: 5
    fields: {who: {type: unit, title: {zh: 谁, en: Who}, required: true}, thing: {type: text, title: {zh: 事, en: Thing}}}
stages:
  got: {title: {zh: 待办, en: Got}, owner: dispatcher}
  over: {title: {zh: 办结, en: Over}, final: true}
children: {steps: {kind: piece, title: {zh: 分项, en: steps}}}
actions:
  give: {title: {zh: 交办, en: Give}, from: got, by: dispatcher, needs: [pieces], opens: [{as: steps, each: pieces, unit: row.who, fills: {thing: row.thing}}]}
  hurry: {title: {zh: 立即, en: Hurry}, from: got, by: system, at_most: 1, does: {after: 1 minutes, when: form.at_once is not null}, opens: [{as: steps, unit: at_once, fills: {thing: note}}]}
  end: {title: {zh: 办结, en: End}, from: got, to: over, by: dispatcher, when: children.steps.open = 0}
clocks: {ending: {title: {zh: 办, en: Ending}, starts: got, stops: over, limit: 9 workdays}}
"""
PIECE = """
matter: piece
title: {zh: 分项, en: Piece}
version: 2026-01-01
reference: 试验规则
prefix: FX
needs: [unit]
form:
  text: {type: text, title: {zh: 内容, en: Text}, required: true}
  thing: {type: text, title: {zh: 事, en: Thing}, required: true}
stages:
  got: {title: {zh: 待分, en: Got}, owner: unit}
  halved: {title: {zh: 已分, en: Halved}, owner: unit}
  over: {title: {zh: 办结, en: Over}, final: true}
children: {crumbs: {kind: crumb, title: {zh: 细项, en: crumbs}}}
actions:
  halve: {title: {zh: 分, en: Halve}, from: got, to: halved, by: system, does: {when: form.thing = 'halve it'}, opens: [{as: crumbs, unit: unit}]}
  end: {title: {zh: 办结, en: End}, from: [got, halved], to: over, by: unit, when: children.crumbs.open = 0}
clocks: {ending: {title: {zh: 办, en: Ending}, starts: got, stops: over, limit: 5 workdays}}
"""
CRUMB = """
matter: crumb
title: {zh: 细项, en: Crumb}
version: 2026-01-01
reference: 试验规则
prefix: XX
needs: [unit]
form: {text: {type: text, title: {zh: 内容, en: Text}, required: true}}
stages:
  got: {title: {zh: 待办, en: Got}, owner: unit}
  over: {title: {zh: 办结, en: Over}, final: true}
actions:
  end: {title: {zh: 办结, en: End}, from: got, to: over, by: unit}
clocks: {ending: {title: {zh: 办, en: Ending}, starts: got, stops: over, limit: 5 workdays}}
"""
KINDS = {"errand": ERRAND, "piece": PIECE, "crumb": CRUMB}


def write(pack: Path) -> None:
    for name, text in KINDS.items():
        (pack / "matters" / f"{name}.yaml").write_text(text, "utf-8")


@pytest.fixture(scope="module")
def district(database: str) -> Any:
    return make_district(write)


def errand(district: Any, when: str = "2026-10-12T10:00", **data: Any) -> int:
    with acting_as(district.as_("dispatcher-1")) as asker:
        return store.open_matter(asker, "errand", {"title": "修路灯", "text": "霜桥路太暗", **data}, at=at(when)).id


def give(district: Any, matter: int, *pieces: dict[str, str], when: str = "2026-10-12T11:00") -> None:
    with acting_as(district.as_("dispatcher-1")) as asker:
        store.act(asker, matter, "give", {"pieces": list(pieces)}, at=at(when))


def under(district: Any, matter: int, post: str = "") -> list[Matter]:
    with acting_as(district.as_(post) if post else district.system):
        return list(Matter.objects.filter(whole=matter).order_by("pk"))


def adds_up(district: Any) -> bool:
    with acting_as(district.system) as asker:
        return auditing.verify(asker).broken == []


def test_what_a_matter_opens_as_it_begins_is_counted_by_it(district: Any) -> None:
    """A part that opens parts of its own at once knows of them, and its ledger says so."""
    whole = errand(district)
    give(district, whole, {"who": "water", "thing": "halve it"})
    (piece,) = under(district, whole)
    assert (piece.stage, piece.facts["children.crumbs.open"], piece.version) == ("halved", 1, 3)
    (crumb,) = under(district, piece.pk)
    assert crumb.facts["whole"] == piece.number
    with acting_as(district.as_("water-1")) as asker:
        store.act(asker, crumb.pk, "end", at=at("2026-10-13T10:00"))
        store.act(asker, piece.pk, "end", at=at("2026-10-13T11:00"))
    with acting_as(district.system) as asker:
        assert queries.one(asker, pk=whole).state["children.steps.ended"] == 1  # type: ignore[union-attr]
    assert adds_up(district)


def test_of_many_opened_at_once_none_loses_its_parts(district: Any) -> None:
    with acting_as(district.system) as asker:
        data = {"title": "修路灯", "text": "霜桥路太暗", "thing": "halve it", "unit": "water"}
        found = store.open_many(asker, "piece", [Opening(data, at(f"2026-10-12T10:0{n}")) for n in range(2)])
    for one in found:
        assert one is not None
        assert (len(under(district, one.id)), one.state["children.crumbs.count"]) == (1, 1)
    assert adds_up(district)


def test_an_act_whose_second_part_cannot_be_opened_opens_none(district: Any) -> None:
    """What is refused has written nothing, whatever of it could have been done."""
    whole = errand(district)
    with acting_as(district.as_("dispatcher-1")) as asker:
        with pytest.raises(Incomplete) as refused:
            store.act(asker, whole, "give", {"pieces": [{"who": "water", "thing": "a"}, {"who": "green"}]})
        assert refused.value.fields.keys() == {"steps.thing"}
    assert under(district, whole) == []
    give(district, whole, {"who": "water", "thing": "a"}, {"who": "green", "thing": "b"})
    assert len(under(district, whole)) == 2
    assert adds_up(district)


def test_a_part_that_time_opens_is_opened_once(district: Any) -> None:
    whole = errand(district, at_once="water", note="a")
    later = at("2026-10-12T10:05")
    assert by_itself.act_by_itself(district.system, now=later, kinds={"no other"}) == 0
    assert by_itself.act_by_itself(district.system, now=later) == 1
    assert by_itself.act_by_itself(district.system, now=later + timedelta(days=1)) == 0
    assert [one.lead_id for one in under(district, whole)] == [one.lead_id for one in under(district, whole, "water-1")]
    assert len(under(district, whole)) == 1


def test_a_moment_that_has_moved_is_waited_for(district: Any) -> None:
    """A calendar that is loaded anew moves moments: one looked at too early is looked at again when it comes."""
    whole = errand(district, at_once="water", note="a")
    with acting_as(district.system):
        meant = Matter.objects.get(pk=whole).acts_at
        Matter.objects.filter(pk=whole).update(acts_at=at("2026-10-12T10:00"))
    assert by_itself.act_by_itself(district.system, now=at("2026-10-12T10:00:30")) == 0
    with acting_as(district.system):
        assert Matter.objects.get(pk=whole).acts_at == meant
    assert by_itself.act_by_itself(district.system, now=at("2026-10-12T10:05")) == 1


def test_a_part_that_cannot_be_opened_in_time_keeps_no_other_matter_waiting(district: Any) -> None:
    """Nothing of it is written, it is looked at again when a fact changes, and the next matter has its turn."""
    stuck, other = errand(district, at_once="water"), errand(district, at_once="water", note="a")
    assert by_itself.act_by_itself(district.system, now=at("2026-10-12T10:05")) == 1
    assert (under(district, stuck), len(under(district, other))) == ([], 1)
    with acting_as(district.system):
        assert Matter.objects.get(pk=stuck).acts_at is None
    assert adds_up(district)


def test_who_was_given_one_part_does_not_see_the_next(district: Any) -> None:
    """R6.4: those who take part for one of them see that one and the whole, also of those that are opened later."""
    whole = errand(district)
    give(district, whole, {"who": "water", "thing": "a"})
    give(district, whole, {"who": "green", "thing": "b"}, when="2026-10-12T12:00")
    assert [one.facts["form.thing"] for one in under(district, whole, "water-1")] == ["a"]
    assert [one.facts["form.thing"] for one in under(district, whole, "green-1")] == ["b"]
    assert len(under(district, whole, "dispatcher-1")) == 2


def test_a_part_is_as_closed_as_its_whole(district: Any) -> None:
    """It says the words of the whole again: who may not see these does not see it either."""
    whole = errand(district, category="litter.pile")
    give(district, whole, {"who": "water", "thing": "halve it"})
    (piece,) = under(district, whole)
    (crumb,) = under(district, piece.pk)
    assert (piece.sensitivity, crumb.sensitivity) == (2, 2)
    assert adds_up(district)


def test_a_number_in_a_row_is_masked_and_opens_for_a_purpose(district: Any) -> None:
    """R9.3: nothing that somebody has entered is lost behind its mask, and the ledger holds a digest of it."""
    whole = errand(district)
    give(district, whole, {"who": "water", "thing": "打13800138000"}, {"who": "green", "thing": "b"})
    with acting_as(district.system):
        row = Matter.objects.get(pk=whole)
    assert [one["thing"] for one in row.facts["form.pieces"]] == ["打138****8000", "b"]
    with acting_as(district.as_("dispatcher-1")) as asker:
        found = disclosure.unmask(asker, whole, "call_back", "回电核实地址", at=at("2026-10-12T12:00"))
    assert found is not None
    assert found.said == {"pieces.0.thing": "打13800138000"}
    assert adds_up(district)


def test_a_whole_promises_what_its_parts_promise_by_a_new_calendar(district: Any) -> None:
    """Design §10.15: a day off moves the parts, and what hangs on them in the same moment."""
    whole = errand(district)
    give(district, whole, {"who": "water", "thing": "a"})
    off = Calendar.load("cn").amended([{"date": "2026-10-14", "kind": "off", "name": "台风停工"}], name="typhoon")
    rescheduling.reschedule(district.system, off, "台风停工一天", at=at("2026-10-13T09:00"))
    (piece,) = under(district, whole)
    with acting_as(district.system):
        facts = Matter.objects.get(pk=whole).facts
    assert (piece.due_at.date().isoformat(), facts["children.steps.promised"]) == ("2026-10-20", "2026-10-20")
    assert adds_up(district)


BROKEN = {
    "a part that opens its own kind by itself": (
        "piece",
        "crumbs: {kind: crumb",
        "crumbs: {kind: piece",
        "halve opens piece by itself",
    ),
    "a part that opens the whole by itself": (
        "piece",
        "crumbs: {kind: crumb",
        "crumbs: {kind: errand",
        "opens errand by itself",
    ),
    "more parts than one act may open": ("errand", "at_most: 5", "at_most: 400", "pieces may hold 100 at most"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_family_without_end_is_refused(case: str, tmp_path: Path) -> None:
    name, old, new, said = BROKEN[case]
    write(write_pack(tmp_path / "pack", "900001"))
    file = tmp_path / "pack" / "matters" / f"{name}.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    assert any(said in problem for problem in problems(tmp_path / "pack"))
