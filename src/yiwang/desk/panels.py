"""The panels of a matter, as its page tells them: who has answered and who has not, each with the clock, and the votes
as far as they may be seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yiwang.matters.definition import Kind
from yiwang.matters.fields.shown import shown
from yiwang.matters.panel import BALLOTS, SEATED, Panel, fact_of_panel
from yiwang.matters.panels import hides
from yiwang.matters.queries import OneMatter
from yiwang.matters.recusal import RECUSED, marks_of, out_of
from yiwang.matters.world import World
from yiwang.org.asker import Asker
from yiwang.why import Words, say


@dataclass(frozen=True, slots=True)
class Seat:
    """One person of a panel: when they answered, what they voted as far as it shows, or until when they are asked."""

    name: Any
    at: datetime | None
    vote: Any
    due: datetime | None
    late: bool
    out: bool


@dataclass(frozen=True, slots=True)
class Sitting:
    """A panel with its people, how many of them have answered, and how the votes stand as far as that shows."""

    title: Any
    told: Words
    counts: Words | None
    seats: list[Seat]


def panels_of(asker: Asker, matter: OneMatter, known: World, now: datetime) -> list[Sitting]:
    """Each panel on which somebody sits, in the order of the kind."""
    secret = hides(matter.kind, matter.state)
    return [
        _sitting(asker, matter, known, now, name, panel, shows=name not in secret)
        for name, panel in matter.kind.panels.items()
        if matter.state.get(f"{SEATED}{name}")
    ]


def _sitting(
    asker: Asker, matter: OneMatter, known: World, now: datetime, name: str, panel: Panel, *, shows: bool
) -> Sitting:
    state = matter.state
    said = {
        part: state.get(fact_of_panel(name, part)) for part in ("members", "responded", "for", "against", "abstained")
    }
    numbers: dict[str, Any] = {part: n or 0 for part, n in said.items()}
    answered = say("desk.panel_answered", n=numbers["responded"], of=numbers["members"])
    counts = None
    if panel.vote and shows:
        counts = say(
            "desk.panel_votes", agreed=numbers["for"], against=numbers["against"], abstained=numbers["abstained"]
        )
    elif panel.vote:
        counts = say("desk.panel_secret")
    if panel.vote and not state.get(fact_of_panel(name, "quorum")):
        answered = say("desk.panel_no_quorum", n=numbers["responded"], of=numbers["members"], quorum=_quorum(panel))
    return Sitting(
        panel.title.mapping(), answered, counts, list(_seats(asker, matter, known, now, name, panel, shows=shows))
    )


def _quorum(panel: Panel) -> Any:
    return say("desk.panel_all") if panel.quorum == "all" else str(panel.quorum)


def _seats(
    asker: Asker, matter: OneMatter, known: World, now: datetime, name: str, panel: Panel, *, shows: bool
) -> Iterator[Seat]:
    seated = matter.state[f"{SEATED}{name}"]
    names, out = known.people.names(seated), _stepped_back(seated, matter.state, known)
    ballots: Mapping[str, Any] = matter.state.get(f"{BALLOTS}{name}") or {}
    here = matter.row.stage in matter.kind.asks_panel[name]
    due = due_of(matter.kind, matter.state, name) if here else None
    for person in seated:
        vote, at = ballots.get(str(person)) or (None, None)
        may = shows or person == asker.person
        yield Seat(
            names.get(person) or say("matters.nobody_known"),
            datetime.fromisoformat(at) if at else None,
            shown(matter.kind.fields[panel.vote], vote, known) if vote is not None and may else None,
            due,
            due is not None and not at and due < now,
            person in out,
        )


def due_of(kind: Kind, state: Any, name: str) -> datetime | None:
    """Until when a panel is asked: the clock that runs out first of those that its stages start."""
    clocks = [state.clock(one) for one, defined in kind.clocks.items()
              if {*defined.on("starts"), *defined.on("restarts")} & kind.asks_panel[name]]  # fmt: skip
    return min((one.due for one in clocks if one.runs and one.due is not None), default=None)


def _stepped_back(seated: list[int], state: Any, known: World) -> set[int]:
    if not state.get(RECUSED):
        return set()
    posts = {one.person: one.posts for one in known.people.in_post()}
    return {one for one in seated if out_of(state, marks_of([one], posts.get(one, ())))}
