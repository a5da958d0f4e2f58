"""indicator(now) == fold(ledger), and indicator(as of t) is what it was at t, whatever came later (design §10.7)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.indicators.casework import IN_NORTH, IN_SOUTH, Casework, at
from tests.support.district import make_district
from yiwang.indicators import queries
from yiwang.why import Incomplete, NotThere, Refusal

HOTLINE = [
    # who acts, what, with what
    ("dispatcher-1", "assign", {"unit": "water"}),
    ("dispatcher-1", "assign", {"unit": "green"}),
    ("water-1", "accept", {}),
    ("green-1", "accept", {}),
    ("water-1", "refuse", {"basis": "职责清单", "suggested_unit": "green"}),
    ("water-1", "contact", {"contact_way": "phone", "contact_result": "已说明"}),
    ("water-1", "answer", {"result": "已办"}),
    ("green-1", "answer", {"result": "已办"}),
    ("water-1", "ask_extension", {"workdays": 3, "reason": "备件"}),
    ("dispatcher-1", "extend", {}),
    ("dispatcher-1", "suspend", {"reason": "等候"}),
    ("dispatcher-1", "resume", {}),
    ("dispatcher-2", "verify", {"reached": True, "solved": True, "satisfaction": "fair"}),
    ("dispatcher-2", "verify", {"reached": False}),
    ("dispatcher-2", "rework", {"reason": "仍漏"}),
    ("supervisor", "exclude", {"exclude_code": "conditions", "reason": "条件不具备"}),
]
steps = st.lists(
    st.tuples(
        st.integers(0, 3),  # which matter, opened when it is first touched
        st.integers(0, len(HOTLINE) - 1),  # where to begin looking for something that may be done
        st.floats(0.01, 3.0),  # days since the step before
        st.booleans(),  # look at every figure after it
    ),
    min_size=4,
    max_size=30,
)


def figures(work: Casework, **asked: Any) -> dict[str, tuple[Any, ...]]:
    """Every indicator of the pack, whole and by unit."""

    asker = work.district.system
    found: dict[str, tuple[Any, ...]] = {}
    for one in queries.definitions(asker):
        code = one.indicator
        for by in one.by:
            told = {"": queries.measure(asker, code, by=by, **asked)}
            told |= queries.measure_by_unit(asker, code, by=by, **asked)
            for unit, m in told.items():
                if m.numerator or m.denominator or m.excluded or not unit:
                    found[f"{code}/{by}/{unit}"] = (m.value, m.numerator, m.denominator, m.excluded, m.codes)
    return found


def do_something(work: Casework, matter: int, begin: int, days: float) -> None:
    """The first of the acts, from `begin` on, that the rules allow; none when all refuse."""

    for post, action, data in HOTLINE[begin:] + HOTLINE[:begin]:
        try:
            return work.act(post, matter, action, days, **data)
        except (Refusal, Incomplete, NotThere):
            continue


# no shrinking: an example costs a second, a long one tells as much
@settings(
    max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
@given(steps=steps)
def test_what_was_said_then_is_what_the_ledger_says_of_then(
    database: str, steps: list[tuple[int, int, float, bool]]
) -> None:
    work = Casework(make_district())
    opened: dict[int, int] = {}
    days, looked = 0.0, []
    for which, begin, more, look in steps:
        days += more
        if which not in opened:
            opened[which] = work.open(f"事项{which}", days=days, place=(IN_NORTH, IN_SOUTH)[which % 2])
        do_something(work, opened[which], begin, days)
        if look and len(looked) < 3:
            moment = at(days) + timedelta(microseconds=1)
            looked.append((moment, figures(work, now=moment)))
    end = at(days + 1)
    assert figures(work, now=end) == figures(work, as_of=end)
    for moment, said in looked:
        assert figures(work, as_of=moment) == said


@pytest.fixture(scope="module")
def closed(database: str) -> Casework:
    work = Casework(make_district())
    work.handled("二月底来电", days=-4.0, answer=9.0)
    work.handled("三月来电", days=3.0, answer=None)
    return work


OPEN_AT = [
    # at the end of         open
    ("2026-01", 0),
    ("2026-02", 1),  # answered on 7 March
    ("2026-03", 1),  # the other one
    ("2026-03-05", 2),
]


@pytest.mark.parametrize(("period", "n"), OPEN_AT)
def test_what_stood_open_at_the_end_of_a_past_period(closed: Casework, period: str, n: int) -> None:
    found = queries.measure(closed.district.system, "hotline_open", period=period, now=at(60))
    assert (found.numerator, found.cases().total, found.as_of) == (n, n, True)


def test_a_moment_before_everything_knows_nothing(closed: Casework) -> None:
    long_ago = datetime.fromisoformat("2020-01-01T00:00+08:00")
    assert queries.measure(closed.district.system, "hotline_created", as_of=long_ago).numerator == 0
