"""The demo goes on in real time: messages come in, people act, sensors speak: `yiwang demo live`.

What it does next follows from what the year left open: every simulated matter's course can be drawn again from its
source, and what lies ahead in it is done when its time comes. Where a visitor of the demo has acted instead, the act
that no longer fits is refused by the rules and the course goes on with the next.
"""

from __future__ import annotations

import heapq
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

import psycopg
from django.db import OperationalError, connection

from yiwang.matters import store
from yiwang.matters.act import Act
from yiwang.matters.queries import simulated
from yiwang.org import session
from yiwang.org.asker import Asker
from yiwang.signals import store as signals
from yiwang.why import Conflict, Incomplete, NotThere, Refusal

from .arrivals import YEAR, now
from .courses import Company
from .loops import Loops
from .sensors import Sensors
from .staff import asker_of
from .supervising import order
from .year import course_of

_A_YEAR = 50_000  # matters whose rhythm the live part keeps
_AT_LEAST = 20.0  # new matters an hour, so that something is seen at night
_OTHERS = 0.02  # of a kind without a course of its own beside every one that has one
_SPEAK = timedelta(seconds=10)
_STILL = timedelta(seconds=75)  # when nobody has acted for so long, somebody does what was to come next


@dataclass(order=True, slots=True)
class Next:
    """An act that lies ahead in a matter; `rest` are those after it."""

    at: datetime
    matter: int
    name: str
    step: int
    rest: list[Act]


class Live:
    """The simulation of one district from now on. `pace`: how many times livelier than the simulated year."""

    def __init__(self, company: Company, asker: Asker, *, pace: float = 2.5, a_second: float = 2.0) -> None:
        self.company, self.asker = company, asker
        self.pace, self.gap = pace, 1.0 / a_second
        self.sensors = Sensors(company.stage.pack, company.stage.seed)
        self.agenda: list[Next] = []
        self.loops = Loops(company, asker)
        self._askers: dict[int, Asker | None] = {}
        self._rng = Random()
        self._usual = self._rate_of_a_year()
        self.opened = self.acted = self.refused = self.read = 0

    def run(self, stop: threading.Event, clock: Callable[[], datetime] = now) -> None:
        """Until `stop` is set. Never writes more than `a_second` times a second."""
        self.take_up(clock())
        spoken = acted = clock()
        arrival = self._next_arrival(clock())
        while not stop.is_set():
            moment = clock()
            try:
                if moment >= arrival:
                    arrival = self._next_arrival(moment)
                    self.open_one(moment)
                elif self.agenda and (self.agenda[0].at <= moment or moment - acted >= _STILL):
                    acted = moment
                    self.act_once(moment)
                elif self.loops.next is not None and self.loops.next <= moment:
                    self.loops.step(moment)
                elif moment - spoken >= _SPEAK:
                    self.speak(spoken, moment)
                    spoken = moment
            except (
                OperationalError,
                psycopg.OperationalError,
            ):  # the database is being restarted: the next words find it again
                connection.close()
                stop.wait(2.0)
            stop.wait(self.gap)

    def take_up(self, moment: datetime) -> None:
        """Put on the agenda what lies ahead in the simulated matters that are open."""
        with session.acting_as(self.asker):
            rows = simulated(self.asker).filter(closed_at=None)
            kept = list(rows.values_list("id", "source", "created_at", "version", "facts__count.urge"))
        for matter, source, created, version, urged in kept:
            acts = self._course(source, created)
            self._plan(matter, source, acts, version - 1 - (urged or 0))
        self.loops.take_up(moment)

    def open_one(self, moment: datetime) -> None:
        """A new message or finding."""
        stage = self.company.stage
        number = int(moment.timestamp() * 10)
        on = course_of(self.company, stage.scene(number, moment))
        opening = on.scene.opening(stage.seed)
        kind = "grid_event" if on.scene.kind == "grid" else "hotline"
        with session.acting_as(self.asker):
            (opened,) = store.open_many(self.asker, kind, [replace(opening, at=moment)])
        if opened is not None:
            self.opened += 1
            self._plan(opened.id, opening.source, [act for act in on.acts if act.action != "urge"], 0)
        if self.loops.kinds and self._rng.random() < _OTHERS:
            self.loops.open(self._rng.choice([*self.loops.kinds]), moment, number)

    def act_once(self, moment: datetime) -> None:
        """The next act of the agenda, by whom it falls to."""
        due = self.agenda[0]
        act, rest = due.rest[0], due.rest[1:]
        asker = self.asker if act.person is None else self._asker(act.person)
        try:
            if asker is not None:
                with session.acting_as(asker):
                    key = f"{due.name}:{due.step}"
                    store.act(asker, due.matter, act.action, act.data, at=moment, key=key, role=act.role)
                self.acted += 1
        except (Refusal, Incomplete, Conflict, NotThere):
            self.refused += 1  # somebody else was there before: the course goes on
        heapq.heappop(self.agenda)  # only now: an act that the database did not hear is tried again, under the same key
        if rest:
            heapq.heappush(self.agenda, Next(rest[0].at, due.matter, due.name, due.step + 1, rest))

    def speak(self, since: datetime, moment: datetime) -> None:
        """What the sensors have said since."""
        readings = self.sensors.due(since, moment)
        if readings:
            self.read += signals.record(self.asker, readings)

    def _plan(self, matter: int, name: str, acts: list[Act], done: int) -> None:
        rest = acts[done:]
        if rest:
            heapq.heappush(self.agenda, Next(rest[0].at, matter, name, done, rest))

    def _course(self, source: str, created: datetime) -> list[Act]:
        """The acts of a simulated matter, drawn again; none where its source is not of this seed."""
        parts = source.split(":")
        if len(parts) != 4 or parts[:2] != ["demo", str(self.company.stage.seed)]:
            return []
        if parts[2] == "order":
            acts = list(order(self.company, int(parts[3]), opened=created).acts)
        else:
            acts = course_of(self.company, self.company.stage.scene(int(parts[2]), created, parts[3])).acts
        return [act for act in acts if act.action != "urge"]

    def _asker(self, person: int) -> Asker | None:
        """The person as an asker; None when they hold no post any more."""
        if person not in self._askers:
            self._askers[person] = asker_of(self.asker, person)
        return self._askers[person]

    def _next_arrival(self, moment: datetime) -> datetime:
        hour = self.company.stage.arrivals.rate(moment) / self._usual * _A_YEAR * self.pace
        return moment + timedelta(seconds=self._rng.expovariate(max(hour, _AT_LEAST) / 3600))

    def _rate_of_a_year(self) -> float:
        until = now()
        hours = (until - YEAR + timedelta(hours=n) for n in range(365 * 24))
        return sum(self.company.stage.arrivals.rate(hour) for hour in hours)
