"""What does not count yet, what no longer counts, and what is shown all the same (R1.12, R2.6, R2.11)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.indicators.casework import Casework, at
from tests.support.district import make_district
from yiwang.indicators import queries
from yiwang.matters import queries as matters_queries
from yiwang.matters import store
from yiwang.org.queries import person_names
from yiwang.org.session import acting_as
from yiwang.why import Refusal


@pytest.fixture
def work(database: str) -> Casework:
    return Casework(make_district())


def figure(work: Casework, code: str, days: float, **asked):  # type: ignore[no-untyped-def]

    return queries.measure(work.district.system, code, **{"period": "2026-03", "now": at(days), **asked})


def test_a_case_counts_when_its_limit_has_run_out_not_before(work: Casework) -> None:
    work.handled("井盖松动", answer=None)  # five working days from Monday: until the next Monday's end
    assert figure(work, "hotline_on_time", 6.9).text("zh") == "—"
    late = figure(work, "hotline_on_time", 8.0)
    assert (late.numerator, late.denominator) == (0, 1)


def test_a_suspended_case_is_left_out_until_its_new_limit(work: Casework) -> None:
    matter = work.handled("等候备件", answer=None)
    work.act("dispatcher-1", matter, "suspend", 3.0, reason="等候备件")
    assert figure(work, "hotline_on_time", 20.0).denominator == 0
    work.act("dispatcher-1", matter, "resume", 10.0)  # five working days later
    assert figure(work, "hotline_on_time", 11.0).denominator == 0
    work.act("water-1", matter, "answer", 14.0, result="已更换")
    after = figure(work, "hotline_on_time", 20.0)
    assert (after.numerator, after.denominator) == (1, 1)


def test_an_extended_case_counts_by_its_new_limit(work: Casework) -> None:
    matter = work.handled("道路翻修", answer=None)
    work.act("water-1", matter, "ask_extension", 4.0, workdays=10, reason="工程量大")
    work.act("dispatcher-1", matter, "extend", 4.1)
    assert figure(work, "hotline_on_time", 8.0).denominator == 0
    assert figure(work, "hotline_on_time", 22.0).denominator == 1


def test_rework_keeps_the_first_limit(work: Casework) -> None:
    matter = work.handled("没有修好", answer=None)
    work.act("water-1", matter, "answer", 2.0, result="已修")
    work.act("dispatcher-2", matter, "rework", 3.0, reason="现场仍漏")
    work.act("water-1", matter, "answer", 9.0, result="再修")
    found = figure(work, "hotline_on_time", 20.0)
    assert (found.numerator, found.denominator) == (0, 1)


def test_a_round_that_was_late_stays_late_when_its_clock_begins_anew(work: Casework) -> None:
    """Not solved twice, handled in time the second time alone: the matter counts once, and not in time."""

    def not_solved(matter: int, days: float, answered: float) -> None:
        with acting_as(work.district.system) as asker:
            said = {"solved": False, "satisfaction": "fair"}
            store.act(asker, matter, "rate", said, at=at(days), role="reporter")
        work.act("dispatcher-2", matter, "rework", days + 0.1, reason="未解决")
        work.act("water-1", matter, "answer", answered, result="再修")
        work.act("dispatcher-1", matter, "verify", answered + 0.1, reached=False)

    twice, once = work.handled("漏水"), work.handled("渗水")
    not_solved(once, 3.0, 4.0)
    not_solved(twice, 3.0, 10.0)
    assert figure(work, "hotline_second_on_time", 28.0).text("zh").startswith("50")
    not_solved(twice, 11.0, 12.0)
    found = figure(work, "hotline_second_on_time", 28.0)
    assert (found.numerator, found.denominator) == (1, 2)
    with acting_as(work.district.system) as asker:
        clock = matters_queries.one(asker, pk=twice).state.clock("redo")  # type: ignore[union-attr]
        assert (clock.late_before, clock.was_late, clock.stopped <= clock.due) == (True, True, True)  # type: ignore[operator]
        assert not matters_queries.one(asker, pk=once).state.clock("redo").was_late  # type: ignore[union-attr]


def test_closing_without_a_contact_is_no_contact(work: Casework) -> None:
    work.handled("没人联系", contact=None, answer=0.2)
    found = figure(work, "hotline_first_contact", 20.0)
    assert (found.numerator, found.denominator) == (0, 1)


def test_what_is_excluded_stays_in_the_volume_and_its_share_is_shown(work: Casework) -> None:
    kept = work.handled("已修好")
    out = work.handled("要求拆除合法店招", solved=False, satisfaction="dissatisfied")
    assert figure(work, "hotline_solved", 20.0).value == Decimal("50.0")
    work.act("dispatcher-1", out, "propose_exclusion", 4.0, exclude_code="unreasonable", reason="诉求不合理")
    assert figure(work, "hotline_solved", 4.5).excluded == 0  # asked for by one: it counts as before
    work.act("supervisor", out, "exclude", 5.0)
    found = figure(work, "hotline_solved", 20.0)
    assert (found.value, found.denominator, found.excluded, found.codes) == (
        Decimal("100.0"),
        1,
        1,
        {"unreasonable": 1},
    )
    assert found.excluded_share == Decimal("50.0")
    assert found.cases("excluded").ids == [out]
    assert found.cases("denominator").ids == [kept]
    assert figure(work, "hotline_created", 20.0).numerator == 2
    told = found.receipt.text("zh")
    assert "剔除（计入件数，不计入比率；占 50.0%）：1" in told
    assert "事由：诉求不合理：1" in told
    assert f"批准人：{name_of(work, 'supervisor')}：1" in told


def name_of(work: Casework, post: str) -> str:
    with acting_as(work.district.as_(post)) as asker:
        return person_names(asker, [asker.person])[asker.person]


def test_nobody_takes_out_of_a_rate_alone_or_for_good(work: Casework) -> None:
    """R2.11: another grants it, or does not; what ends anew counts anew."""
    matter = work.handled("要求拆除合法店招", solved=False, satisfaction="dissatisfied")
    with pytest.raises(Refusal):  # nobody has asked for it
        work.act("supervisor", matter, "exclude", 4.0)
    work.act("dispatcher-1", matter, "propose_exclusion", 4.0, exclude_code="unreasonable", reason="诉求不合理")
    for post in ("dispatcher-1", "dispatcher-2", "water-1"):
        with pytest.raises(Refusal):
            work.act(post, matter, "exclude", 4.1)
    work.act("supervisor", matter, "keep_counted", 4.2, reason="有现场照片，照计")
    assert figure(work, "hotline_solved", 4.3).excluded == 0
    with pytest.raises(Refusal):  # what was refused is asked for anew, not granted all the same
        work.act("supervisor", matter, "exclude", 4.4)
    work.act("dispatcher-1", matter, "propose_exclusion", 4.5, exclude_code="conditions", reason="条件不具备")
    work.act("supervisor", matter, "exclude", 4.6)
    assert figure(work, "hotline_solved", 4.7).codes == {"conditions": 1}
    with acting_as(work.district.system) as asker:
        store.act(asker, matter, "rate", {"solved": False, "satisfaction": "fair"}, at=at(5.0), role="reporter")
    work.act("dispatcher-1", matter, "explain", 6.0, reason="已说明理由")
    assert figure(work, "hotline_solved", 20.0).excluded == 0
    assert figure(work, "hotline_solved", 4.7, as_of=at(4.7)).excluded == 1


def test_the_reporters_own_rating_counts(work: Casework) -> None:
    matter = work.handled("回访未接通", reached=False, solved=None, satisfaction=None)
    assert figure(work, "hotline_satisfied", 20.0).denominator == 0
    with acting_as(work.district.system) as asker:
        said = {"solved": True, "satisfaction": "fair"}
        store.act(asker, matter, "rate", said, at=at(4.0), role="reporter")
    assert figure(work, "hotline_satisfied", 20.0).value == Decimal("100.0")


def test_grid_rates(work: Casework) -> None:
    """Three events of a working day's limit: one in time, one late after rework, one still lying there."""
    events = [work.open(title, kind="grid_event", category="litter.pile") for title in ("按期", "返工", "未办")]
    for event in events:
        work.act("dispatcher-1", event, "file", 0.01)
        work.act("dispatcher-1", event, "dispatch", 0.02, unit="bei")
        work.act("bei-1", event, "accept", 0.05)
    for event in events[:2]:
        work.act("bei-1", event, "feedback", 0.1, result="已清理")
    work.act("dispatcher-2", events[0], "verify", 0.2, found="solved")
    work.act("dispatcher-2", events[1], "rework", 0.2, reason="仍有残留")
    work.act("bei-1", events[1], "feedback", 4.0, result="再次清理")
    said = {
        code: str(figure(work, code, 20.0).value)
        for code in (
            "grid_disposed",
            "grid_disposed_on_time",
            "grid_closed",
            "grid_closed_on_time",
            "grid_rework",
            "grid_filed",
        )
    }
    assert said == {
        "grid_disposed": "66.7",
        "grid_disposed_on_time": "33.3",
        "grid_closed": "33.3",
        "grid_closed_on_time": "33.3",
        "grid_rework": "33.3",
        "grid_filed": "100.0",
    }
