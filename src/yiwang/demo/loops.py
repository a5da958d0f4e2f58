"""Every kind that has no course of its own, as people live it: opened behind its doors, done by whom it falls to.

What happens next is read off the definition, the state and the clocks; nothing of a kind is known here by name but the
words that its forms are filled with. So the year, its live part and a kind that somebody has just written go alike.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from yiwang.matters import by_itself, forms, going_round, queries, store
from yiwang.matters.clock_state import State
from yiwang.matters.definition import DESK, PORTAL, Kind
from yiwang.matters.doors import PLACE, REPORTER
from yiwang.matters.kinds import current_kinds, kind_of
from yiwang.matters.models import Matter
from yiwang.matters.reported import Reported
from yiwang.org.asker import Asker
from yiwang.org.session import acting_as, for_the_district
from yiwang.why import Conflict, Incomplete, NotThere, Refusal

from .arrivals import YEAR
from .courses import Company
from .groups import grouped
from .handing import handed_in
from .loop_words import Said
from .saying import Speaker
from .staff import Actor, asker_of
from .turns import turn, when

WRITTEN = frozenset({"hotline", "grid_event", "supervision"})  # kinds whose courses are written out
OF_A_YEAR = 50_000  # matters among which as many of a kind begin as the pack says
LATELY = tuple(timedelta(hours=hours) for hours in (1, 30, 216, 384))  # before its end, so that some are in hand
ROUNDS_AT_LEAST = 7  # days before its end whose rounds are gone
_ROUND_AT = time(0, 5)  # when the rounds of a day begin
_AGAIN = 12  # times that a refused form is filled in anew
_AFTERWARDS = 0.5  # share of ended matters of which whoever reported it says something


@dataclass(order=True, slots=True)
class Turn:
    """When a matter is looked at next; without one, a matter of the kind begins then, and without a kind the rounds of
    that day do."""

    at: datetime
    number: int
    kind: str = field(compare=False)
    matter: int = field(default=0, compare=False)


class Loops:
    """The matters of all such kinds of a district, or of a group of kinds alone, with the turns that lie ahead."""

    def __init__(self, company: Company, asker: Asker, group: frozenset[str] | None = None) -> None:
        self.company, self.asker, self.group = company, asker, group
        self.seed = company.stage.seed
        self.otherwise, self.said = company.stage.loops.otherwise, company.stage.loops.kinds
        with acting_as(asker):
            every = current_kinds(asker)
        every = [kind for kind in every if group is None or kind.matter in group]
        self.kinds = {kind.matter: kind for kind in every if _door(kind) and kind.matter not in WRITTEN}
        self.agenda: list[Turn] = []
        self.opened = self.known = self.acted = 0
        self._on_agenda: set[int] = set()
        self._people: dict[int, Asker | None] = {}

    # --- what lies ahead ---

    def begin(self, matters: int, until: datetime) -> None:
        """Some of every kind, spread over the year before `until`, and a few begun just before."""
        for kind in self.kinds:
            said = self._said(kind)
            many = max(said.at_least, round(said.a_year * matters / OF_A_YEAR))
            for number in range(many):
                rng = Random(f"{self.seed}:loop:{kind}:{number}")
                at = until - YEAR * (1 - (number + rng.random()) / many)
                at = self.company.office.later(at, rng.uniform(5, 400))
                if at < until:
                    heapq.heappush(self.agenda, Turn(at, number, kind))
            for number, ago in enumerate(LATELY, many):
                heapq.heappush(self.agenda, Turn(until - ago, number, kind))
        days = max((self._said(kind).rounds for kind in self.kinds), default=0)
        if days:
            first = until - timedelta(days=max(ROUNDS_AT_LEAST, round(days * matters / OF_A_YEAR)))
            self._on_agenda.update(row.pk for row in self._rounds())  # an earlier run has gone them
            self._round_after(first)

    def take_up(self, moment: datetime) -> None:
        """Every open matter that is simulated and is of no written course."""
        with acting_as(self.asker):
            rows = queries.simulated(self.asker).filter(closed_at=None).exclude(kind__in=WRITTEN)
            for row in rows:
                rng = Random(f"{self.seed}:{row.number}:{row.version}:{moment:%Y-%m-%d}")
                at = when(queries.state_of(self.asker, row), moment, rng, self.company.office)
                self._ahead(at, row.kind, row.pk)
                self._on_agenda.add(row.pk)
        if any(self._said(kind).rounds for kind in self.kinds):
            self._round_after(moment)

    @property
    def next(self) -> datetime | None:
        """When somebody's turn comes."""
        return self.agenda[0].at if self.agenda else None

    def run(self, until: datetime) -> None:
        """Everything until then, in order of time."""
        while self.agenda and self.agenda[0].at <= until:
            self.step()
        self.bring(until)

    # --- what happens ---

    def bring(self, moment: datetime) -> None:
        """What the platform does by itself until then, each at its own moment."""
        before = None
        while True:
            with acting_as(self.asker):
                at = queries.next_by_itself(self.asker, self.group)
            if at is None or at > moment or at == before:
                return
            before = at
            by_itself.act_by_itself(self.asker, now=at, kinds=self.group)
            by_itself.end_orphans(self.asker, now=at, kinds=self.group)

    def step(self, at: datetime | None = None) -> None:
        """The next turn; `at`: now, where that is later than it was meant to be."""
        due = heapq.heappop(self.agenda)
        moment = max(due.at, at or due.at)
        self.bring(moment)
        if due.matter:
            self._go_on(due, moment)
        elif not due.kind:
            self._go_round(moment)
        else:
            self.open(due.kind, moment, due.number)

    def open(self, kind: str, at: datetime, number: int) -> None:
        """A matter of a kind begins, behind one of its doors."""
        defined, rng = self.kinds[kind], Random(f"{self.seed}:loop:{kind}:{number}:{at.isoformat()}")
        door = _door(defined)
        takes = defined.opens[door].fields
        spot = self.company.stage.places.draw(rng)
        where = self.company.stage.places.address(rng, rng.choice(("home", "road", "shop")), spot)
        speaker = Speaker(self.company, self._said(kind), self.otherwise, rng, at, where, near=(spot.lon, spot.lat))
        specs = {name: spec for name, spec in forms.asked_at_opening(defined, door).items() if name in takes}
        needed = {name for name, spec in specs.items() if spec.required} | ({"category"} & specs.keys())
        specs = {name: spec for name, spec in specs.items() if name in needed or name not in _LEFT}
        untitled = {name: spec for name, spec in specs.items() if name != "title"}
        title, about = speaker.title(defined.title.speak("zh"))
        data = {"title": title, **speaker.fill(untitled, needed)}
        data |= {name: value for name, value in about.items() if name in specs}
        data |= {"address": where} if "address" in takes else {}
        who = self._opener(defined, door, spot.street, rng)
        rest: dict[str, Any] = {
            "place": (spot.lon, spot.lat) if PLACE in takes else None,
            "reporter": Reported(*self.company.stage.voice.reporter(rng)) if REPORTER in takes else None,
            "source": f"demo-loop:{self.seed}:{number}",
            "key": f"demo-loop:{self.seed}:{kind}:{number}",
        }
        try:
            opened = self._tried(speaker, specs, data, lambda said: self._open(who, defined, said, at, door, rest))
        except Conflict:  # an earlier run has opened it
            self.known += 1
            return
        if opened is not None:
            self.opened += 1
            self._on_agenda.add(opened.id)
            self._ahead(when(opened.state, at, rng, self.company.office), kind, opened.id)

    def _open(
        self, who: Asker, kind: Kind, said: dict[str, Any], at: datetime, door: str, rest: dict[str, Any]
    ) -> store.Opened:
        # who may open it takes it in for the district, wherever it may lie
        with acting_as(who if who.system else for_the_district(who)) as taking:
            asked = forms.asked_at_opening(kind, door)
            needed = [name for name, spec in asked.items() if spec.required]
            papers = handed_in(taking, Random(f"{rest['key']}"), asked, needed, {})
            return store.open_matter(taking, kind.matter, said | papers, at=at, door=door, simulated=True, **rest)

    def _go_on(self, due: Turn, at: datetime) -> None:
        """Whoever's turn it is does something, if anything can be done."""
        with acting_as(self.asker):
            row = queries.simulated(self.asker).filter(pk=due.matter).first()
            if row is None:
                return
            kind, state = kind_of(self.asker, row.kind, row.kind_version), queries.state_of(self.asker, row)
            rng = Random(f"{self.seed}:{row.number}:{row.version}:{at.isoformat()}")
            company, said = self.company, self._said(row.kind)
            slow = said.slow_in(row.number)
            whose_act = turn(kind, state, at, rng, company.staff, company.world, said.acts, slow)
        if whose_act is not None:
            to = (state.get("suggested"), state.get("street"))
            near = (state["lon"], state["lat"]) if state.get("lon") is not None else None
            speaker = Speaker(company, said, self.otherwise, rng, at, to=to, state=state, near=near)
            after = self._act(due.matter, kind, *whose_act, speaker)
            state = after or state
        if state.get("closed_at") is None:
            self._ahead(when(state, at, rng, company.office), row.kind, due.matter)
        elif whose_act is not None and row.closed_at is None:
            self._ended(kind, due.matter, at, rng)
        if kind.children or kind.causes:
            self._take_up_opened(row.number, at, rng)

    def _act(self, matter: int, kind: Kind, action: str, who: Actor, speaker: Speaker) -> State | None:
        """One act; None where it came to nothing."""
        asker = self.asker if who.person is None else self._person(who.person)
        if asker is None:
            return None
        defined = kind.actions[action]
        specs = forms.specs_now(kind, defined, speaker.state)
        data = speaker.fill(specs, {*defined.needs})

        def done(said: dict[str, Any]) -> State:
            with acting_as(asker):
                papers = handed_in(asker, speaker.rng, specs, defined.needs, speaker.state, defined.evidence)
                return store.act(
                    asker, matter, action, said | papers, at=speaker.at, role=who.role if not who.posts else ""
                ).state

        try:
            state: State | None = self._tried(speaker, specs, data, done)
        except (Refusal, Conflict, NotThere):
            return None
        self.acted += state is not None
        return state

    def _tried(
        self, speaker: Speaker, specs: Mapping[str, Any], data: dict[str, Any], attempt: Callable[..., Any]
    ) -> Any:
        """What comes of a form, filled in anew as often as it is refused; None where it is never taken."""
        for _ in range(_AGAIN):
            try:
                return attempt(data)
            except Incomplete as incomplete:
                data = speaker.mend(specs, data, incomplete.fields)
        return None

    def _ended(self, kind: Kind, matter: int, at: datetime, rng: Random) -> None:
        """What follows an end: what stood under it ends too, and some say how they were served."""
        if kind.children:
            by_itself.end_orphans(self.asker, now=at, kinds=self.group)
        if rng.random() < _AFTERWARDS:
            self._ahead(at + timedelta(days=rng.uniform(0.2, 5)), kind.matter, matter)

    def _take_up_opened(self, number: str, at: datetime, rng: Random) -> None:
        """The matters that one has opened, under it or because of it, get turns of their own."""
        with acting_as(self.asker):
            opened = queries.simulated(self.asker).filter(source=f"matter:{number}", closed_at=None).order_by("pk")
            rows = [row for row in opened if row.pk not in self._on_agenda]
            states = [queries.state_of(self.asker, row) for row in rows]
        self._take_turns(rows, states, at, rng)

    def _take_turns(self, rows: Sequence[Matter], states: Sequence[State], at: datetime, rng: Random) -> None:
        for row, state in zip(rows, states, strict=True):
            self._on_agenda.add(row.pk)
            self._ahead(when(state, at, rng, self.company.office), row.kind, row.pk)

    def _round_after(self, moment: datetime) -> None:
        """The next time that rounds begin."""
        zone = self.company.stage.calendar.zone
        local = moment.astimezone(zone)
        at = datetime.combine(local.date(), _ROUND_AT, zone)
        heapq.heappush(self.agenda, Turn(at if at > local else at + timedelta(days=1), 0, ""))

    def _rounds(self) -> list[Matter]:
        """The open matters of a simulation of every kind that recurs."""
        recurring = [kind.matter for kind in self.kinds.values() if kind.round]
        with acting_as(self.asker):
            return list(queries.simulated(self.asker).filter(kind__in=recurring, closed_at=None).order_by("pk"))

    def _go_round(self, at: datetime) -> None:
        """The rounds that the day brings are opened, by whomever, and get turns of their own."""
        going_round.go_round(self.asker, now=at, simulated=True, of=self.group)
        rows = [row for row in self._rounds() if row.pk not in self._on_agenda]
        with acting_as(self.asker):
            states = [queries.state_of(self.asker, row) for row in rows]
        self._take_turns(rows, states, at, Random(f"{self.seed}:round:{at.isoformat()}"))
        self._round_after(at)

    # --- who ---

    def _opener(self, kind: Kind, door: str, street: str, rng: Random) -> Asker:
        """Somebody who may open it there: of the street where one may, else anybody; a passer-by is the platform."""
        roles = kind.opens[door].by
        staff = self.company.staff
        for who in [*staff.some(rng, roles, street), *staff.some(rng, roles, None, anywhere=True)]:
            if who.person is not None and (asker := self._person(who.person)) is not None:
                return asker
        return self.asker

    def _person(self, person: int) -> Asker | None:
        if person not in self._people:
            self._people[person] = asker_of(self.asker, person)
        return self._people[person]

    def _said(self, kind: str) -> Said:
        return self.said.get(kind) or Said()

    def _ahead(self, at: datetime, kind: str, matter: int) -> None:
        heapq.heappush(self.agenda, Turn(at, matter, kind, matter))


def groups_of(company: Company, asker: Asker, many: int) -> list[frozenset[str]]:
    """Every kind of the district, in groups that processes may live beside each other. Call inside `acting_as`."""
    said = company.stage.loops.kinds
    return grouped(current_kinds(asker), lambda kind: said[kind].a_year if kind in said else Said().a_year, many)


_LEFT = frozenset({"unit", "channel", "urgency", "street"})  # not said when one begins


def _door(kind: Kind) -> str:
    """The door by which the simulation opens it; empty where it is opened by others alone."""
    return next((door for door in (PORTAL, DESK) if door in kind.opens), "")
