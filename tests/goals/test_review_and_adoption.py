"""A plan from its file to goals with owners, as the supervision office and a bureau's clerk live it."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Any

import pytest

from tests.support.district import make_district
from yiwang.files.shelf import path_of
from yiwang.goals import queries, store
from yiwang.goals.models import Correction, Goal, Statement
from yiwang.org.asker import public
from yiwang.org.queries import facts
from yiwang.org.session import acting_as
from yiwang.why import Conflict, Incomplete, Refusal

pytestmark = pytest.mark.usefixtures("database")

PLAN = """试验区2026年重点工作安排

一、改善居住条件
1.改善老旧住房条件。完成加装电梯240台，力争开工300台。9月底前完成管网普查。
（牵头单位：区水务局；配合单位：区绿化市容局、各街道）
2.多种树。新建绿地36公顷，改造口袋公园9座。（责任单位：区绿化市容局）

二、提升治理水平
3.办好市民诉求。12345热线实际解决率不低于85%。（责任单位：区滨江办）
"""


@pytest.fixture
def district() -> Any:
    return make_district()


@pytest.fixture
def office(district: Any) -> Any:
    """Inside a supervisor's sight."""

    with acting_as(district.as_("supervisor")) as asker:
        yield asker


@pytest.fixture
def plan(office: Any) -> Any:
    return store.import_plan(office, PLAN.encode(), "plan.txt")


def one(plan: Any, quote: str) -> Any:
    """The statement whose words hold `quote`."""

    found = [row for row in Statement.objects.filter(plan=plan).order_by("position") if quote in row.quote]
    assert found, f"{quote} was not read"
    return found[-1]


def test_the_plan_is_kept_byte_by_byte_and_every_statement_waits(plan: Any, office: Any) -> None:
    kept = queries.document_of(office, plan.pk)
    assert kept is not None
    assert path_of(kept.sha256).read_bytes() == PLAN.encode()
    assert kept.sha256 == hashlib.sha256(PLAN.encode()).hexdigest() == plan.sha256
    assert plan.year == 2026
    found = list(Statement.objects.filter(plan=plan))
    assert found
    assert {row.status for row in found} == {"to_review"}
    assert all(plan.text[row.quote_offset : row.quote_offset + len(row.quote)] == row.quote for row in found)


def test_units_are_recognised_and_unknown_ones_are_named(plan: Any, office: Any) -> None:
    units = facts(office).by_code
    lifts = one(plan, "240台")
    assert lifts.lead_id == units["water"].id
    assert set(lifts.co) == {units["green"].id, units["bei"].id, units["nan"].id}
    rate = one(plan, "85%")
    assert rate.lead_id is None
    assert any("区滨江办" in str(doubt["args"]) for doubt in rate.doubts)


def test_the_same_file_is_read_once(plan: Any, office: Any) -> None:
    with pytest.raises(Conflict) as again:
        store.import_plan(office, PLAN.encode(), "other-name.txt")
    assert again.value.receipt.value == plan.pk


def test_only_the_supervision_office_reads_plans(district: Any) -> None:
    for post in ("water-1", "head", "dispatcher-1"):
        with acting_as(district.as_(post)) as asker, pytest.raises(Refusal):
            store.import_plan(asker, PLAN.encode(), "plan.txt")


def test_an_edit_is_kept_with_what_stood_before_and_can_be_taken_back(plan: Any, office: Any) -> None:
    park = one(plan, "9座")
    store.correct(
        office, park.pk, {"value": "１２", "lead": "区水务局", "due": "6-30"}, version=park.version, confirm=True
    )
    kept = Correction.objects.get(statement=park)
    assert (kept.what, kept.before["value"], kept.after["value"]) == ("confirm", "9.000000", "12.000000")
    changed = Statement.objects.get(pk=park.pk)
    assert (changed.status, changed.value, f"{changed.due}") == ("confirmed", 12, "2026-06-30")
    assert store.undo(office, plan.pk) == park.pk
    again = Statement.objects.get(pk=park.pk)
    assert (again.status, again.value, again.lead_id) == ("to_review", 9, park.lead_id)
    assert store.undo(office, plan.pk) is None
    assert Correction.objects.filter(statement=park).count() == 2  # nothing is deleted


def test_somebody_elses_change_is_not_overwritten(plan: Any, office: Any) -> None:
    park = one(plan, "9座")
    store.correct(office, park.pk, {"unit": "处"}, version=park.version)
    with pytest.raises(Conflict):
        store.correct(office, park.pk, {"unit": "个"}, version=park.version)


WRONG = [
    ({"value": "十二"}, "value"),
    ({"due": "13-45"}, "due"),
    ({"lead": "没有的局"}, "lead"),
    ({"co": "区水务局、没有的局"}, "co"),
    ({"comparator": "~"}, "comparator"),
    ({"indicator": ""}, "indicator"),
    ({"indicator": "长" * 300}, "indicator"),
    ({"value": ""}, "value"),
    ({"value": "9" * 40}, "value"),
]


@pytest.mark.parametrize(("given", "field"), WRONG)
def test_what_cannot_be_read_is_said_beside_its_field(
    plan: Any, office: Any, given: dict[str, str], field: str
) -> None:
    with pytest.raises(Incomplete) as refused:
        store.correct(office, one(plan, "9座").pk, given, confirm=True)
    assert set(refused.value.fields) == {field}


def test_a_line_is_split_merged_dropped_and_brought_back(plan: Any, office: Any) -> None:
    before = Statement.objects.filter(plan=plan).count()
    lifts = one(plan, "240台")
    piece = store.split(office, lifts.pk)
    assert (piece.origin_id, piece.value, piece.status) == (lifts.pk, None, "to_review")
    assert piece.position == lifts.position + 1
    store.merge(office, [lifts.pk, piece.pk])
    piece.refresh_from_db()
    assert (piece.status, piece.merged_into_id) == ("dropped", lifts.pk)
    store.undo(office, plan.pk)
    piece.refresh_from_db()
    assert (piece.status, piece.merged_into_id) == ("to_review", None)
    store.undo(office, plan.pk)  # the split itself
    piece.refresh_from_db()
    assert piece.status == "dropped"
    assert Statement.objects.filter(plan=plan).exclude(status="dropped").count() == before
    store.drop(office, lifts.pk)
    store.restore(office, lifts.pk)
    lifts.refresh_from_db()
    assert lifts.status == "to_review"


def test_nothing_enters_the_board_unconfirmed(plan: Any, office: Any) -> None:
    with pytest.raises(Refusal):
        store.adopt(office, plan.pk)
    assert Goal.objects.filter(plan=plan).count() == 0


def test_confirmed_commitments_become_goals_of_their_units(plan: Any, office: Any, district: Any) -> None:
    store.confirm_all(office, plan.pk)
    store.adopt(office, plan.pk)
    board = queries.lamps(office, year=2026)
    titles = {standing.goal.quote for standing in board.goals}
    assert any("240台" in title for title in titles)
    assert board.total == sum(board.counts.values())
    orphan = queries.goals_without_a_lead_unit(office)
    assert ["85%" in goal.quote for goal in orphan] == [True]
    assert store.adopt(office, plan.pk) == []  # once
    with acting_as(district.as_("green-1")) as clerk:
        mine = {standing.goal.quote for standing in queries.lamps(clerk, year=2026).goals}
        assert any("36公顷" in quote for quote in mine)
        assert any("240台" in quote for quote in mine)  # as a co-unit
        assert not any("85%" in quote for quote in mine)
        assert queries.plans(clerk) == []
    with acting_as(district.as_("head")) as head:
        assert queries.lamps(head, year=2026).total == board.total

    with acting_as(public(district.id)) as passer_by:
        assert queries.lamps(passer_by, year=2026).total == 0


def test_a_confirmed_name_is_learnt_for_the_next_plan(plan: Any, office: Any) -> None:
    park = one(plan, "9座")
    store.correct(office, park.pk, {"indicator": "口袋公园新建改造数"}, confirm=True)
    following = store.import_plan(office, PLAN.replace("2026", "2027").encode(), "next.txt")
    again = one(following, "9座")
    assert again.indicator == "口袋公园新建改造数"
    assert again.read["indicator"] == park.indicator
    assert any(doubt["key"] == "renamed" for doubt in again.doubts)
    assert Statement.objects.get(pk=park.pk).value == Decimal(9)


def test_what_is_listed_is_what_can_be_opened_for_everybody(plan: Any, office: Any, district: Any) -> None:
    """list(person) == {x : get(person, x)}, for goals, plans, reports and orders alike (design §10.4)."""

    store.confirm_all(office, plan.pk)
    store.adopt(office, plan.pk)
    everything = list(Goal.objects.filter(plan=plan).values_list("pk", flat=True))
    posts = "head dispatcher-1 auditor supervisor water-1 green-1 bei-1 nan-1 bei-grid nb-bei-1-1".split()
    for post in posts:
        with acting_as(district.as_(post)) as asker:
            listed = {one.goal.pk for one in queries.lamps(asker, year=2026).goals}
            opened = {number for number in everything if queries.goal(asker, number) is not None}
            written = {goal.pk for goal, _ in queries.chapter(asker, 2026)}
            assert listed == opened == written
            assert bool(queries.plans(asker)) == (queries.plan(asker, plan.pk) is not None)
            assert bool(queries.statements(asker, plan.pk)) == (queries.plan(asker, plan.pk) is not None)


FOREIGN = """Compromissos do Conselho para 2026

A Direção de Obras repara 40 degraus até 30 de novembro de 2026.
A Divisão de Águas põe a correr 6 fontes.
"""


def test_what_the_reader_does_not_know_is_taken_up_by_hand(district: Any, office: Any) -> None:
    plan = store.import_plan(office, FOREIGN.encode(), "plano.txt", year=2026)
    passages = dict(queries.unread_passages(plan.text, queries.statements(office, plan.pk)))
    steps, springs = (next(at for at, words in passages.items() if word in words) for word in ("degraus", "fontes"))
    later = store.add(office, plan.pk, springs)
    line = store.add(office, plan.pk, steps)
    assert plan.text[line.quote_offset :].startswith(line.quote)
    assert "40 degraus" in line.quote
    assert [row.pk for row in queries.statements(office, plan.pk)] == [line.pk, later.pk]
    for twice in (steps, 7):
        with pytest.raises(Refusal):
            store.add(office, plan.pk, twice)
    with pytest.raises(Refusal):
        store.adopt(office, plan.pk)  # nothing enters the board unconfirmed
    typed = {"indicator": "Degraus reparados", "value": "40", "unit": "degraus", "due": "2026-11-30", "lead": "water"}
    store.correct(office, line.pk, typed, confirm=True)
    assert store.undo(office, plan.pk) == line.pk
    store.correct(office, line.pk, typed, confirm=True)
    store.drop(office, later.pk)
    (goal,) = store.adopt(office, plan.pk)
    assert queries.goal(office, goal).goal.value == 40
    assert Statement.objects.filter(plan=plan).count() == 2


def test_a_line_that_was_added_is_taken_back(office: Any) -> None:
    plan = store.import_plan(office, FOREIGN.encode(), "plano.txt", year=2026)
    start = queries.unread_passages(plan.text, [])[0][0]
    line = store.add(office, plan.pk, start)
    store.undo(office, plan.pk)
    (row,) = queries.statements(office, plan.pk)
    assert (row.pk, row.status) == (line.pk, "dropped")
