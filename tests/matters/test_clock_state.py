"""A clock is read and changed through one view of the flat facts; no other file knows how it is written."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from yiwang.matters.clock_state import PARTS, State, fact_of

SRC = Path(__file__).parents[2] / "src" / "yiwang"
AT, LATER = datetime(2026, 10, 12, 1, 30, tzinfo=UTC), datetime(2026, 10, 14, 9, 0, tzinfo=UTC)


def begun(**parts: object) -> State:
    kept = {"started": AT, "limit": "5 workdays", "due": LATER, "provisional": False, **parts}
    return State({fact_of("work", part): value for part, value in kept.items()})


def test_what_never_began_has_nothing() -> None:
    clock = State({"stage": "new"}).clock("work")
    assert (clock.since, clock.due, clock.stopped, clock.limit) == (None, None, None, "")
    assert (clock.runs, clock.done, clock.paused, clock.provisional, clock.given) == (False, False, False, False, 0)
    assert (clock.pauses, clock.extensions, clock.limits_before) == ([], [], [])


@pytest.mark.parametrize(
    ("parts", "runs", "paused", "done"),
    [
        ({}, True, False, False),
        ({"pauses": [[AT.isoformat(), None, "rain", 7]]}, True, True, False),
        ({"pauses": [[AT.isoformat(), LATER.isoformat(), "rain", 7]]}, True, False, False),
        ({"pauses": [[AT.isoformat(), None, "rain", 7]], "stopped": LATER}, False, False, True),
        ({"stopped": LATER}, False, False, True),
    ],
)
def test_a_clock_runs_stands_or_is_done(parts: dict[str, object], runs: bool, paused: bool, done: bool) -> None:
    clock = begun(**parts).clock("work")
    assert (clock.runs, clock.paused, clock.done) == (runs, paused, done)


def test_changes_that_are_not_in_the_state_yet_come_first() -> None:
    state = begun()
    later = state.clock("work").stop(LATER)
    assert state.clock("work").runs
    assert state.clock("work", later).done
    assert state.clock("work", later | state.clock("work").resume()).runs


def test_what_is_dropped_was_neither_in_time_nor_late_and_may_begin_again() -> None:
    clock = begun(stopped=LATER, pauses=[[AT.isoformat(), LATER.isoformat(), "rain", 7]]).clock("work")
    dropped = begun() | clock.drop(LATER)
    assert (dropped.clock("work").since, dropped.clock("work").due, dropped.clock("work").was_late) == (
        None,
        None,
        False,
    )
    late = begun() | begun().clock("work").drop(LATER.replace(day=20))
    assert (late.clock("work").since, late.clock("work").was_late) == (None, True)


def test_a_change_names_only_what_it_changes() -> None:
    clock = begun(pauses=[[AT.isoformat(), None, "rain", 7]]).clock("work")
    assert clock.go_on(LATER) == {"clock.work.pauses": [[AT.isoformat(), LATER.isoformat(), "rain", 7]]}
    assert clock.move(LATER, True) == {"clock.work.due": LATER, "clock.work.provisional": True}
    more = clock.extend("3 workdays", "flood", 7, AT)
    assert more == {"clock.work.extensions": [["3 workdays", "flood", 7, AT.isoformat()]]}
    assert begun(**{"extensions": more["clock.work.extensions"] * 2}).clock("work").given == 6
    less = clock.relimit(LATER, "2 workdays", "urgent")
    assert less == {
        "clock.work.limit": "2 workdays",
        "clock.work.limits": [[LATER.isoformat(), "5 workdays", "urgent"]],
    }


def test_a_state_keeps_its_face_when_changes_are_added() -> None:
    merged = begun() | {"stage": "closed"}
    assert [clock.name for clock in merged.clocks()] == ["work"]
    assert merged.clock("work").due == LATER


def texts_in(path: Path) -> Iterator[str]:
    """Every text of a file that is no docstring, with {} for what is put into it."""
    tree = ast.parse(path.read_text("utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def test_nobody_else_makes_up_the_name_of_a_clocks_fact() -> None:
    """Rules, queries, pages and SQL take it from the view or from `fact_of`."""
    made_up = re.compile(rf"\bclock\.[^.\s%]+\.({'|'.join((*PARTS, 'paused'))})\b")
    found = [
        f"{path.relative_to(SRC)}: {text}"
        for path in SRC.rglob("*.py")
        if path.name != "clock_state.py" and "migrations" not in path.parts
        for text in texts_in(path)
        if made_up.search(text)
    ]
    assert found == []
