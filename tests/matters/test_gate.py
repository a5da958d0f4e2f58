"""The gate: what it does not list reaches no neighbourhood by any way, and each attempt counts against its unit."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.packs.checking import problems
from tests.support.clients import client
from tests.support.district import make_district, write_pack
from tests.support.tickets import ticket
from yiwang.ledger.models import Entry as LedgerEntry
from yiwang.matters import store
from yiwang.matters.attempts import attempts, by_unit
from yiwang.matters.gate import AtTheGate
from yiwang.matters.models import Attempt, Entry, Matter
from yiwang.org.session import acting_as, as_owner

GATE = """gates:
  neighbourhood:
    reference: 准入清单
    kinds:
      visit: {zh: 上门, en: Visits}
"""
VISIT = """
matter: visit
title: {zh: 上门, en: Visit}
version: 2026-01-01
reference: 试验
prefix: SM
opens: {desk: {by: [dispatcher], fields: [title, text, unit, place]}}
form: {text: {type: text, title: {zh: 内容, en: Text}}}
asks: {who: {type: units, title: {zh: 哪些, en: Which}, at_least: 1, at_most: 9}}
stages:
  planned: {title: {zh: 待派, en: Planned}, owner: dispatcher}
  under_way: {title: {zh: 在办, en: Under way}, owner: unit}
  over: {title: {zh: 结束, en: Over}, final: true}
actions:
  send: {title: {zh: 派, en: Send}, from: planned, to: under_way, by: dispatcher, needs: [unit]}
  split:
    title: {zh: 分, en: Split}
    from: planned
    by: dispatcher
    needs: [who]
    opens: [{as: parts, each: who, unit: item}]
  done: {title: {zh: 办结, en: Done}, from: [under_way, planned], to: over, by: [unit, dispatcher]}
clocks: {c: {title: {zh: 派, en: Sending}, starts: planned, stops: over, limit: 1 workday}}
children: {parts: {kind: chore, title: {zh: 杂事, en: Chores}, optional: true}}
routing: [{to: neighbourhood of place, because: {zh: 就地, en: on the spot}}]
"""
CHORE = """
matter: chore
title: {zh: 杂事, en: Chore}
version: 2026-01-01
reference: 试验
prefix: ZS
form: {text: {type: text, title: {zh: 内容, en: Text}}}
stages:
  to_do: {title: {zh: 待办, en: To do}, owner: unit}
  over: {title: {zh: 结束, en: Over}, final: true}
actions: {finish: {title: {zh: 办结, en: Finish}, from: to_do, to: over, by: [unit, dispatcher]}}
clocks: {c: {title: {zh: 办, en: Doing}, starts: to_do, stops: over, limit: 1 workday}}
needs: [unit]
"""


def gated(pack: Path) -> None:
    (pack / "gate.yaml").write_text(GATE, "utf-8")
    (pack / "matters" / "visit.yaml").write_text(VISIT, "utf-8")
    (pack / "matters" / "chore.yaml").write_text(CHORE, "utf-8")


@pytest.fixture
def village(database: str) -> Any:
    return make_district(gated)


def tried(village: Any, post: str = "supervisor") -> list[tuple[str, str, str]]:
    with acting_as(village.as_(post)) as asker:
        return [(one.unit.code, one.kind, one.to.code) for one in attempts(asker).select_related("unit", "to")]


def visit(village: Any, **form: Any) -> Any:
    with acting_as(village.as_("dispatcher-1")) as asker:
        return store.open_matter(asker, "visit", {"title": "走访", **form})


def test_what_is_listed_passes_and_what_is_not_is_refused_and_kept(village: Any) -> None:
    made = visit(village)
    with acting_as(village.as_("dispatcher-1")) as asker:
        assert store.act(asker, made.id, "send", {"unit": "nb-bei-1"}).state["lead"] == "nb-bei-1"
    assert tried(village) == []
    one = ticket(village)
    with acting_as(village.as_("dispatcher-1")) as asker, pytest.raises(AtTheGate, match="未列入准入清单"):
        store.act(asker, one.id, "assign", {"unit": "nb-bei-1"})
    with acting_as(village.system):
        assert not Entry.objects.filter(matter=one.id, action="assign").exists()
    assert tried(village) == [("csc", "hotline", "nb-bei-1")]
    with as_owner():
        entry = LedgerEntry.objects.get(district=village.id, stream="gate")
    assert (entry.subject, entry.data["to"]) == ("gate:csc", "nb-bei-1")


def test_a_part_of_something_else_does_not_slip_through_and_is_one_attempt(village: Any) -> None:
    made = visit(village)
    with acting_as(village.as_("dispatcher-1")) as asker, pytest.raises(AtTheGate):
        store.act(asker, made.id, "split", {"who": ["bei", "nb-bei-1"]})
    with acting_as(village.system):
        assert not Matter.objects.filter(kind="chore").exists(), "all or nothing"
    assert tried(village) == [("csc", "chore", "nb-bei-1")]


def test_nothing_is_opened_there_either(village: Any) -> None:
    with acting_as(village.system) as asker, pytest.raises(AtTheGate):
        store.open_matter(asker, "chore", {"title": "填表", "unit": "nb-nan-1"})
    assert tried(village) == [("qu", "chore", "nb-nan-1")]
    assert visit(village, unit="nb-nan-1").state["lead"] == "nb-nan-1"


def test_a_route_passes_by_a_gate_that_is_shut(village: Any) -> None:
    with acting_as(village.as_("dispatcher-1")) as asker:
        made = store.open_matter(asker, "visit", {"title": "走访"}, place=(121.91, 31.03))
    assert made.state["suggested"].startswith("nb-bei")


def test_who_sees_an_attempt_is_whose_it_was_and_who_stands_above(village: Any) -> None:
    one = ticket(village)
    with acting_as(village.as_("dispatcher-1")) as asker, pytest.raises(AtTheGate):
        store.act(asker, one.id, "assign", {"unit": "nb-bei-1"})
    assert len(tried(village, "dispatcher-2")) == 1
    assert len(tried(village, "head")) == 1
    for stranger in ("water-1", "bei-1", "nb-bei-1-1"):
        assert tried(village, stranger) == []
    with acting_as(village.as_("supervisor")) as asker:
        assert [(found.unit.code, found.n) for found in by_unit(asker)] == [("csc", 1)]


def test_the_page_says_no_keeps_it_and_shows_the_list(village: Any) -> None:
    number, desk = ticket(village).number, client(village, "dispatcher-1")
    with acting_as(village.system):
        version = Matter.objects.get(number=number).version
    answer = desk.post(f"/desk/matters/{number}/do/assign/", {"unit": "nb-bei-1", "version": str(version)})
    assert answer.status_code == 403
    assert "未列入准入清单" in answer.content.decode()
    listed = client(village, "supervisor").get("/desk/gate/").content.decode()
    assert "拦下 1 次" in listed
    assert "北一居" in listed
    assert "没有拦下过" in client(village, "water-1").get("/desk/gate/").content.decode()


def test_how_busy_each_is_stands_beside_it_before_anything_is_given(village: Any) -> None:
    busy = visit(village)
    with acting_as(village.as_("dispatcher-1")) as asker:
        store.act(asker, busy.id, "send", {"unit": "nb-bei-1"})
    page = client(village, "dispatcher-1").get(f"/desk/matters/{visit(village).number}/").content.decode()
    assert page.index("北二居（在办 0 件）") < page.index("北一居（在办 1 件）")
    other = client(village, "dispatcher-1").get(f"/desk/matters/{ticket(village).number}/").content.decode()
    assert "北一居（" not in other


def test_an_attempt_is_never_changed(village: Any) -> None:
    with acting_as(village.system) as asker, pytest.raises(AtTheGate):
        store.open_matter(asker, "chore", {"title": "填表", "unit": "nb-nan-1"}, at=datetime.now(UTC))
    with pytest.raises(Exception, match="permission denied"), acting_as(village.system):
        Attempt.objects.update(kind="visit")


@pytest.mark.parametrize(
    ("file", "before", "after", "line", "said"),
    [
        ("gate.yaml", "visit:", "visits:", "gate.yaml:5", 'there is no kind "visits"'),
        ("gate.yaml", "  neighbourhood:", "  neighborhood:", "gate.yaml:2", "neighborhood"),
        ("gate.yaml", "visit: {", "chore: {", "matters/visit.yaml:25", "gate.yaml does not list this kind"),
        ("gate.yaml", "reference:", "because:", "gate.yaml:", "because"),
        (
            "matters/chore.yaml",
            "needs: [unit]",
            "in_charge: [neighbourhood]",
            "matters/chore.yaml:13",
            "gate.yaml does",
        ),
    ],
)
def test_a_kind_that_goes_where_it_is_not_listed_is_refused(
    tmp_path: Path, file: str, before: str, after: str, line: str, said: str
) -> None:
    pack = write_pack(tmp_path / "pack", "990000")
    gated(pack)
    assert problems(pack) == []
    path = pack / file
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    found = problems(pack)
    assert any(one.startswith(line) and said in one for one in found), found
