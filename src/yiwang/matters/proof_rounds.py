"""Proves the rhythm of a kind: it can be kept, nothing is missing when the platform opens one, and something says by
when it must be done. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from yiwang.why import Words, say
from yiwang.worktime import Limit, WorktimeError

from .definition import Kind
from .forms import asked_at_opening
from .rounds import SHORTEST, UNTIL, Round, days_of
from .slips import no_value

Complaint = tuple[str, Words]


def complaints(kind: Kind) -> Iterator[Complaint]:
    """(path in the file, what is wrong), as far as the kind's own file tells."""
    how = kind.round
    if how is None:
        return
    yield from _rhythm(how)
    spec = kind.form.get(how.each)
    if how.each and (spec is None or spec.type != "object"):
        yield "round.each", say("matters.round_each", field=how.each)
    elif not how.each and not isinstance(how.times, int):
        yield "round.times", say("matters.round_times_of_what")
    yield from _entered(kind, how)
    if not any(UNTIL in str(clock.limit) for clock in kind.clocks.values()):
        yield "round", say("matters.round_without_end", fact=UNTIL)


def _rhythm(how: Round) -> Iterator[Complaint]:
    length = days_of(how.every) or SHORTEST.get(how.every)
    if length is None:
        yield "round.every", say("matters.round_every", text=how.every[:40], known=list(SHORTEST))
        return
    if days_of(how.every) and how.since is None:
        yield "round.since", say("matters.round_since", text=how.every)
    every = [how.times] if isinstance(how.times, int) else [*how.times.values()]
    if not every or any(n < 1 or n > length for n in every):
        yield "round.times", say("matters.round_times", most=length, every=how.every)
    if how.within:
        try:
            Limit.parse(how.within)
        except WorktimeError as error:
            yield "round.within", say("matters.limit_wrong", text=how.within, why=error.words)


def _entered(kind: Kind, how: Round) -> Iterator[Complaint]:
    """What the platform enters is asked for there, and nothing else is wanted."""
    asked = asked_at_opening(kind, "")
    for name in how.fills:
        if name not in asked:
            yield f"round.fills.{name}", say("matters.no_such_field", field=name)
    given = {"title", how.each, *how.fills}
    if missing := sorted(name for name, spec in asked.items() if spec.required and name not in given):
        yield "round.fills", say("matters.round_needs", fields=missing)


def of_list(kind: Kind, rows: Collection[Mapping[str, Any]]) -> Iterator[Complaint]:
    """The classes by which a rhythm differs are those that the list has."""
    times = kind.round.times if kind.round else 1
    known = {row["class_name"] for row in rows} - {""}
    for name in times if isinstance(times, dict) else ():
        if name not in known:
            yield f"round.times.{name}", no_value("class", name, known)
