"""What units report, what the office verifies, what a red lamp sets off, and what may be written in the end."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError
from openpyxl import load_workbook

from tests.goals.reporting import JULY, PAPER, PLAN, as_, report
from tests.support.clients import client
from tests.support.district import make_district
from yiwang.files import queries as files
from yiwang.files.shelf import path_of
from yiwang.goals import queries, store, table
from yiwang.goals.models import Report
from yiwang.ledger.models import Entry
from yiwang.matters import store as matters
from yiwang.org.queries import facts
from yiwang.org.session import acting_as
from yiwang.why import Conflict, Incomplete, Refusal, Unreadable

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def district() -> Any:
    return make_district()


@pytest.fixture
def goals(district: Any) -> dict[str, int]:
    """Adopted goals by a word of their quote."""

    with acting_as(district.as_("supervisor")) as asker:
        plan = store.import_plan(asker, PLAN.encode(), "plan.txt")
        store.confirm_all(asker, plan.pk)
        store.adopt(asker, plan.pk)
        board = queries.lamps(asker, year=2026).goals
        words = {"lifts": "240台", "survey": "新馆", "green": "36公顷", "solved": "85%"}
        return {name: next(one.goal.pk for one in board if word in one.goal.quote) for name, word in words.items()}


def test_a_unit_reports_on_its_own_goals_only(district: Any, goals: dict[str, int]) -> None:

    assert report(district, "water-1", goals["lifts"], "2026-06", 100).unit_id is not None
    with pytest.raises(LookupError):  # it does not even see it
        report(district, "green-1", goals["lifts"], "2026-06", 100)
    with pytest.raises(Refusal):  # the office verifies, so it does not report
        report(district, "supervisor", goals["lifts"], "2026-06", 100)


REFUSED = [
    ({"period": "2026-13"}, "period"),
    ({"period": "2026-08"}, "period"),  # has not come yet
    ({"period": "2025-12"}, "period"),
    ({"period": "六月"}, "period"),
    ({"files": []}, "files"),
    ({"value": 80}, "explanation"),  # less than the 100 before
]


@pytest.mark.parametrize(("change", "field"), REFUSED)
def test_a_report_without_ground_is_refused(
    district: Any, goals: dict[str, int], change: dict[str, Any], field: str
) -> None:

    report(district, "water-1", goals["lifts"], "2026-05", 100)
    given = {"period": "2026-06", "value": 120, **change}
    with pytest.raises(Incomplete) as refused:
        report(district, "water-1", goals["lifts"], given.pop("period"), given.pop("value"), **given)
    assert field in refused.value.fields


def test_a_figure_goes_down_with_an_explanation_only(district: Any, goals: dict[str, int]) -> None:
    report(district, "water-1", goals["lifts"], "2026-05", 100)
    lower = report(district, "water-1", goals["lifts"], "2026-06", 90, explanation="十台未通过验收，核减")
    assert lower.explanation


def test_a_milestone_is_reported_in_percent(district: Any, goals: dict[str, int]) -> None:

    with pytest.raises(Incomplete) as refused:
        report(district, "water-1", goals["survey"], "2026-06", 120)
    assert "value" in refused.value.fields


def test_who_reported_does_not_verify_and_the_two_are_kept_apart(district: Any, goals: dict[str, int]) -> None:
    made = report(district, "water-1", goals["lifts"], "2026-06", 240)
    with as_(district, "supervisor") as asker:
        standing = queries.goal(asker, goals["lifts"], now=JULY)
        assert standing is not None
        assert (standing.colour, standing.actual.verified) == ("ok", False)  # reached, but nobody has looked
    for post in ("water-1", "water-2", "head"):
        with as_(district, post) as asker, pytest.raises(Refusal):
            store.verify(asker, made.pk, accepted=True)
    with as_(district, "supervisor") as asker:
        store.verify(asker, made.pk, accepted=True, at=JULY)
        standing = queries.goal(asker, goals["lifts"], now=JULY)
        assert standing is not None
        assert standing.colour == "done"
        with pytest.raises(Refusal):
            store.verify(asker, made.pk, accepted=False, note="再看")


def test_what_is_returned_does_not_count(district: Any, goals: dict[str, int]) -> None:
    report(district, "water-1", goals["lifts"], "2026-05", 100)
    wrong = report(district, "water-1", goals["lifts"], "2026-06", 200)
    with as_(district, "supervisor") as asker:
        with pytest.raises(Incomplete):
            store.verify(asker, wrong.pk, accepted=False)
        store.verify(asker, wrong.pk, accepted=False, note="佐证不是验收单")
        standing = queries.goal(asker, goals["lifts"], now=JULY)
        assert standing is not None
        assert standing.lamp.actual == 100


def test_a_remark_is_kept_whole_or_refused(district: Any, goals: dict[str, int]) -> None:
    for name, most in (("note", 1000), ("explanation", 1000)):
        with pytest.raises(Incomplete) as wrong:
            report(district, "water-1", goals["lifts"], "2026-06", 10, **{name: "长" * (most + 1)})
        assert f"{most:,}" in wrong.value.fields[name].speak("en")
    made = report(district, "water-1", goals["lifts"], "2026-06", 10, note="长" * 1000)
    assert len(made.note) == 1000
    with as_(district, "supervisor") as asker:
        with pytest.raises(Incomplete, match="note"):
            store.verify(asker, made.pk, accepted=True, note="长" * 1001)
        with pytest.raises(Incomplete, match="reason"):
            store.assign(asker, goals["lifts"], {"leader": "甲"}, reason="长" * 401)
        store.assign(asker, goals["lifts"], {"leader": "甲"}, reason="请致电10012345678")
        assert queries.changes(asker, goals["lifts"])[0].reason == "请致电100****5678"
    with as_(district, "auditor"):  # and the ledger says no more of people than the page does
        said = [row.data for row in Entry.objects.filter(subject=f"goal:{goals['lifts']}")]
        assert "10012345678" not in str(said)
        assert "100****5678" in str(said)


def test_what_is_refused_on_a_goals_page_is_told_there(district: Any, goals: dict[str, int]) -> None:
    made = report(district, "water-1", goals["lifts"], "2026-06", 10)
    office = client(district, "supervisor")
    returned = office.post(f"/board/reports/{made.pk}/verify/", {"verdict": "return", "note": " "})
    assert (returned.status_code, "请写明退回原因" in returned.content.decode()) == (422, True)
    titled = office.post(f"/board/goals/{goals['lifts']}/assign/", {"title": "长" * 201})
    assert (titled.status_code, "最多 200 个字" in titled.content.decode()) == (422, True)


def test_evidence_is_shown_to_whom_the_goal_is_shown(district: Any, goals: dict[str, int]) -> None:
    made = report(district, "water-1", goals["lifts"], "2026-06", 100)
    with as_(district, "water-2") as asker:
        (file,) = files.belonging_to(asker, "report", made.pk)
        found = queries.evidence(asker, file.pk)
        assert found is not None
        assert path_of(found.sha256).read_bytes() == PAPER
    with as_(district, "green-1") as asker:
        assert queries.evidence(asker, file.pk) is None
        assert queries.report(asker, made.pk) is None


def test_nothing_that_was_said_can_be_changed_afterwards(district: Any, goals: dict[str, int]) -> None:
    made = report(district, "water-1", goals["lifts"], "2026-06", 100)
    for change in (lambda: Report.objects.filter(pk=made.pk).update(value=1), made.delete):
        with pytest.raises(DatabaseError), as_(district, "supervisor"):
            change()


def test_a_red_goal_gets_one_order_and_its_state_shows(district: Any, goals: dict[str, int]) -> None:
    report(district, "water-1", goals["lifts"], "2026-06", 10)
    with as_(district, "supervisor") as asker:
        opened = store.supervise(asker, JULY, goal=goals["lifts"])
        assert len(opened) == 1
        assert store.supervise(asker, JULY, goal=goals["lifts"]) == []
        (order,) = queries.orders_of(asker, [goals["lifts"]])[goals["lifts"]]
        assert (order.number, order.colour, order.open) == (opened[0], "blue", True)
        assert order.stage["en"] == "Issued"
        assert order.due is not None
    with as_(district, "water-1") as asker:  # the lead unit has it in its hands
        matters.act(asker, order.id, "accept", at=JULY)
        matters.act(asker, order.id, "answer", {"measures": "增加两支施工队"}, at=JULY)
    with as_(district, "supervisor") as asker:
        matters.act(asker, order.id, "approve", {"conclusion": "措施可行"}, at=JULY)
        (order,) = queries.orders_of(asker, [goals["lifts"]])[goals["lifts"]]
        assert (order.open, order.in_time) == (False, True)
        assert store.supervise(asker, JULY, goal=goals["lifts"]) == []  # not twice in a month
        august = datetime(2026, 8, 20, tzinfo=UTC)
        assert len(store.supervise(asker, august, goal=goals["lifts"])) == 1
        latest = queries.orders_of(asker, [goals["lifts"]])[goals["lifts"]][0]
        assert latest.colour == "blue"  # the last one was answered in time, so it does not climb


def test_an_order_that_was_not_met_in_time_climbs(district: Any, goals: dict[str, int]) -> None:
    report(district, "water-1", goals["lifts"], "2026-06", 10)
    with as_(district, "supervisor") as asker:
        store.supervise(asker, JULY, goal=goals["lifts"])
        (order,) = queries.orders_of(asker, [goals["lifts"]])[goals["lifts"]]
    late = datetime(2026, 8, 10, tzinfo=UTC)
    with as_(district, "water-1") as asker:
        matters.act(asker, order.id, "accept", at=late)
        matters.act(asker, order.id, "answer", {"measures": "补报"}, at=late)
    with as_(district, "supervisor") as asker:
        matters.act(asker, order.id, "approve", {"conclusion": "迟报"}, at=late)
        store.supervise(asker, datetime(2026, 8, 20, tzinfo=UTC), goal=goals["lifts"])
        assert queries.orders_of(asker, [goals["lifts"]])[goals["lifts"]][0].colour == "orange"


def test_only_the_office_issues_orders(district: Any) -> None:
    with as_(district, "water-1") as asker, pytest.raises(Refusal):
        store.supervise(asker)


def test_a_number_without_a_verified_source_does_not_enter_the_report(district: Any, goals: dict[str, int]) -> None:
    with as_(district, "supervisor") as asker, pytest.raises(Refusal):
        queries.report_sentence(asker, goals["lifts"])
    made = report(district, "water-1", goals["lifts"], "2026-06", 252)
    with as_(district, "supervisor") as asker:
        with pytest.raises(Refusal):
            queries.report_sentence(asker, goals["lifts"])
        store.verify(asker, made.pk, accepted=True)
        sentence = queries.report_sentence(asker, goals["lifts"])
    assert (sentence.value, sentence.unit, sentence.period) == (252, "台", "2026-06")
    assert "252台" in sentence.words.speak("zh")
    assert "105%" in sentence.words.speak("zh")
    told = sentence.receipt.text("zh")
    assert "验收单.pdf" in told  # down to the evidence
    assert "supervisor人 核实" in told


def test_a_goal_without_work_behind_its_indicator_is_not_written_either(district: Any, goals: dict[str, int]) -> None:
    with as_(district, "supervisor") as asker:
        store.bind(asker, goals["solved"], "hotline_solved")
        with pytest.raises(Refusal):
            queries.report_sentence(asker, goals["solved"], now=JULY)
        with pytest.raises(Refusal):
            store.report(asker, goals["solved"], "2026-06", Decimal(90), at=JULY)


def test_the_parts_of_a_goal_belong_to_their_units_and_are_not_counted_twice(
    district: Any, goals: dict[str, int]
) -> None:
    with as_(district, "supervisor") as asker:
        units = facts(asker).by_code
        before = queries.lamps(asker, year=2026).total
        store.break_down(asker, goals["lifts"], {units["bei"].id: Decimal(150), units["nan"].id: Decimal(90)})
        assert queries.lamps(asker, year=2026).total == before
        parts = queries.parts(asker, goals["lifts"], now=JULY)
        assert [(one.lead.code, one.goal.value) for one in parts] == [("bei", 150), ("nan", 90)]
        store.break_down(asker, goals["lifts"], {units["nan"].id: Decimal(95)})
        assert queries.parts(asker, goals["lifts"])[1].goal.value == 95
    with as_(district, "bei-1") as clerk:
        assert queries.goal(clerk, parts[0].goal.pk) is not None
        assert queries.goal(clerk, parts[1].goal.pk) is None  # the other street's


# --- the breakdown table ---


def exported(asker: Any) -> bytes:
    district = facts(asker)
    board = queries.lamps(asker, year=2026).goals
    lines = [table.cells(one.goal, one.promise, n, district) for n, one in enumerate(board, 1)]
    return table.written("2026 年度目标分解表", lines)


def compared(asker: Any, content: bytes) -> Any:
    board = queries.lamps(asker, year=2026).goals
    return table.compare(content, [(one.goal, one.promise) for one in board], facts(asker))


def edited(content: bytes, changes: dict[tuple[str, str], Any]) -> bytes:
    """The table with cells changed: (word of the title, column) -> value."""
    book = load_workbook(io.BytesIO(content))
    sheet = book.active
    heads = {cell.value: cell.column for cell in sheet[2]}
    for (word, column), value in changes.items():
        row = next(r for r in range(3, sheet.max_row + 1) if word in str(sheet.cell(r, heads["任务内容"]).value))
        sheet.cell(row, heads[column]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_table_that_comes_back_untouched_changes_nothing(district: Any, goals: dict[str, int]) -> None:
    with as_(district, "supervisor") as asker:
        found = compared(asker, exported(asker))
    assert (found.lines, found.problems, found.absent) == ((), (), 0)
    assert found.same == len(goals)


def test_an_edited_table_shows_its_differences_and_then_takes_them(district: Any, goals: dict[str, int]) -> None:
    with as_(district, "supervisor") as asker:
        changes = {
            ("绿地", "牵头单位"): "北街道",
            ("绿地", "量化目标"): "≥ 40 公顷",
            ("绿地", "完成时限"): "2026-11-30",
            ("电梯", "牵头领导"): "王区长",
            ("电梯", "6月底"): 125,
        }
        found = compared(asker, edited(exported(asker), changes))
        assert {str(difference.column) for line in found.lines for difference in line.differences} == {
            "牵头单位", "量化目标", "完成时限", "牵头领导", "6月底",
        }  # fmt: skip
        assert queries.goal(asker, goals["green"]).goal.value == 36  # shown, not taken
        lines = [table.Line.from_json(line.to_json()) for line in found.lines]
        assert store.take_table(asker, lines) == 2
        green = queries.goal(asker, goals["green"])
        assert (green.goal.value, green.lead.code, f"{green.goal.due}") == (40, "bei", "2026-11-30")
        assert Decimal(queries.goal(asker, goals["lifts"]).goal.path[5]) == 125
        with pytest.raises(Conflict):  # the same differences again, against goals that have moved on
            store.take_table(asker, lines)


def test_what_a_table_says_wrongly_is_named_by_its_row(district: Any, goals: dict[str, int]) -> None:
    with as_(district, "supervisor") as asker:
        changes = {("绿地", "牵头单位"): "没有的局", ("电梯", "编号（勿改）"): "X1", ("新馆", "完成时限"): "某日"}
        found = compared(asker, edited(exported(asker), changes))
        falling = compared(asker, edited(exported(asker), {("电梯", "3月底"): 200}))
    assert len(found.problems) == 3
    assert not found.lines
    assert len(falling.problems) == 1  # less by the end of April than by the end of March


@pytest.mark.parametrize("content", [b"", b"not a table", b"PK\x03\x04broken", b"\x00" * 2000])
def test_a_file_that_is_no_table_is_refused_with_a_sentence(district: Any, content: bytes) -> None:

    with as_(district, "supervisor") as asker, pytest.raises(Unreadable) as refused:
        compared(asker, content)
    assert refused.value.words.speak("zh")
