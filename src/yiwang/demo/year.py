"""A year of the demo district, written through the store: `yiwang demo simulate`.

The year is drawn once as (instant, number, hot spot); two processes write alternate weeks of it. Every act passes
the rules that a real one passes: `store.open_many` refuses what they refuse.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.db import connections

from yiwang.ledger import checkpoints
from yiwang.matters import queries, store
from yiwang.matters.kinds import world
from yiwang.matters.opening import Opening
from yiwang.org import session
from yiwang.org.asker import Asker
from yiwang.signals import store as signals
from yiwang.why import Incomplete, Refusal

from . import grid, hotline, writer
from .courses import Company, Course, in_order
from .loops import Loops, groups_of
from .scenes import Scene, Stage
from .sensors import Sensors
from .staff import Staff
from .supervising import orders

_AT_ONCE = 1500  # matters written in one transaction
_PARTS = 4  # of the year for each process, so that progress can be shown
_ORDERS_IN = 250  # one supervision order for that many matters


@dataclass(frozen=True, slots=True)
class Year:
    """Which year is meant: of which pack and district, with how many matters, until when, drawn from which seed."""

    pack: Path
    district: int
    matters: int
    seed: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Moment:
    """When a matter of the year begins; `hot` names its hot spot."""

    number: int
    at: datetime
    hot: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What came of it: matters that are new, those that were there before, seconds of the wall clock."""

    new: int
    known: int
    seconds: float

    @property
    def rate(self) -> float:
        """New matters a second."""
        return self.new / self.seconds if self.seconds else 0.0


class CourseRefused(RuntimeError):
    """A simulated act that the rules do not allow: the course is wrong, not the rules."""


def moments(stage: Stage, matters: int, until: datetime) -> list[Moment]:
    """The beginnings of a year in order of time, those of the hot spots among them."""
    hot = stage.hot_times(until)
    hot = hot[:: max(1, -(-4 * len(hot) // max(matters, 1)))]  # never more than a quarter of all
    plain = [(at, "") for at in stage.arrivals.times(max(matters - len(hot), 0), until)]
    return [Moment(number, at, name) for number, (at, name) in enumerate(sorted(plain + hot))]


def company_of(stage: Stage, asker: Asker, around: datetime) -> Company:
    """The district's people and rules for a stage. Call inside `acting_as`."""
    return Company(stage, world(asker), Staff(asker), stage.office(around))


def course_of(company: Company, scene: Scene) -> Course:
    """A scene with all its acts, past and future."""
    on = Course(company, scene)
    on.acts = (grid if scene.kind == "grid" else hotline).course(on)
    return on


def simulate(year: Year, processes: int | None = None, progress: Callable[[str], None] = lambda _: None) -> Written:
    """Write a year. What an earlier run has written is not written again."""
    start = time.perf_counter()
    processes = processes or min(2, os.cpu_count() or 1)
    parts = processes * _PARTS
    new = known = 0
    with multiprocessing.get_context("spawn").Pool(processes, initializer=writer.begin) as pool:
        for fresh, before in pool.imap_unordered(_write, [(year, part, parts) for part in range(parts)]):
            new, known = new + fresh, known + before
            progress(f"{new + known:,} of {year.matters:,} matters")
        groups = pool.imap_unordered(_live, [(year, part, parts) for part in range(parts)])
        for number, (fresh, before) in enumerate(groups, 1):
            new, known = new + fresh, known + before
            progress(f"{number} of {parts} groups of other kinds")
    progress("readings of the sensors")
    _readings(year)
    with connections["owner"].cursor() as cursor:  # without figures of its tables the planner folds ledgers for minutes
        cursor.execute("ANALYZE matters_matter, matters_entry, matters_reporter, matters_said, signals_reading")
    progress("checkpoint")
    checkpoints.take(year.district)
    return Written(new, known, time.perf_counter() - start)


def simulated(asker: Asker) -> int:
    """How many simulated matters the district has. Call inside `acting_as`."""
    return queries.simulated(asker).count()


def _write(job: tuple[Year, int, int]) -> tuple[int, int]:
    """One part of the year: (new, known before)."""
    year, part, parts = job
    new = known = 0
    company, asker, every = _prepared(year)
    for kind, openings in _batches(year, company, every, part, parts):
        try:
            with session.acting_as(asker):
                opened = store.open_many(asker, kind, openings)
        except (Refusal, Incomplete) as error:  # they do not travel between processes
            raise CourseRefused(f"{kind}: {error}") from None
        new += sum(one is not None for one in opened)
        known += sum(one is None for one in opened)
    return new, known


@lru_cache(maxsize=1)
def _prepared(year: Year) -> tuple[Company, Asker, list[Moment]]:
    """What a process needs for every part of a year."""
    with session.acting_as(session.system(year.district)) as asker:
        stage = stage_of(year, asker)
        return company_of(stage, asker, year.until), asker, moments(stage, year.matters, year.until)


def _live(job: tuple[Year, int, int]) -> tuple[int, int]:
    """A group of the kinds that have no course of their own, one act after the other: (new, known before)."""
    year, part, parts = job
    company, asker, _ = _prepared(year)
    with session.acting_as(asker):
        groups = groups_of(company, asker, parts)
    if part >= len(groups):
        return 0, 0
    loops = Loops(company, asker, groups[part])
    loops.begin(year.matters, year.until)
    loops.run(year.until)
    return loops.opened, loops.known


def _readings(year: Year) -> None:
    with session.acting_as(session.system(year.district)) as asker:
        signals.record(asker, Sensors(year.pack, year.seed).history(year.until))


def stage_of(year: Year, asker: Asker) -> Stage:
    """The pack's land, texts and volumes with the district's calendar. Call inside `acting_as`."""
    return Stage(year.pack, year.seed, world(asker).calendar)


def _batches(
    year: Year, company: Company, every: Sequence[Moment], part: int, parts: int
) -> Iterator[tuple[str, Sequence[Opening]]]:
    """(kind, openings) of the weeks of one part: a day is whole in one batch, so its numbers run by time."""
    waiting: dict[str, list[Opening]] = {"hotline": [], "grid_event": []}
    zone = company.stage.calendar.zone
    for moment in every:
        if moment.at.astimezone(zone).toordinal() // 7 % parts != part:
            if sum(map(len, waiting.values())) > _AT_ONCE:
                yield from _emptied(waiting)
            continue
        on = course_of(company, company.stage.scene(moment.number, moment.at, moment.hot))
        opening = replace(on.scene.opening(year.seed), acts=in_order(on.acts, year.until))
        waiting["grid_event" if on.scene.kind == "grid" else "hotline"].append(opening)
    yield from _emptied(waiting)
    if part == 0:
        all_orders = orders(company, max(1, year.matters // _ORDERS_IN), year.until)
        yield "supervision", [replace(one, acts=in_order(one.acts, year.until)) for one in all_orders]


def _emptied(waiting: dict[str, list[Opening]]) -> Iterator[tuple[str, Sequence[Opening]]]:
    for kind, openings in waiting.items():
        if openings:
            yield kind, openings
            waiting[kind] = []
