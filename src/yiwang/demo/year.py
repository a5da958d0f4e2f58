"""A year of the demo district, written through the store: `yiwang demo simulate`.

The year is drawn once as (instant, number, hot spot); two processes write alternate weeks of it. Every act passes
the rules that a real one passes: `store.open_many` refuses what they refuse.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from yiwang.matters.opening import Opening

from .courses import Company, Course, in_order
from .scenes import Scene, Stage

_AT_ONCE = 1500  # matters written in one transaction
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


def moments(stage: Stage, matters: int, until: datetime) -> list[Moment]:
    """The beginnings of a year in order of time, those of the hot spots among them."""
    hot = stage.hot_times(until)
    hot = hot[:: max(1, -(-4 * len(hot) // max(matters, 1)))]  # never more than a quarter of all
    plain = [(at, "") for at in stage.arrivals.times(matters - len(hot), until)]
    return [Moment(number, at, name) for number, (at, name) in enumerate(sorted(plain + hot))]


def company_of(stage: Stage, asker: object, around: datetime) -> Company:
    """The district's people and rules for a stage. Call inside `acting_as`."""
    from yiwang.matters.world import world

    from .staff import Staff

    return Company(stage, world(asker), Staff(asker), stage.office(around))  # type: ignore[arg-type]


def course_of(company: Company, scene: Scene) -> Course:
    """A scene with all its acts, past and future."""
    from . import grid, hotline

    on = Course(company, scene)
    on.acts = (grid if scene.kind == "grid" else hotline).course(on)
    return on


def simulate(year: Year, processes: int | None = None) -> Written:
    """Write a year. What an earlier run has written is not written again."""
    from yiwang.serve.django import setup

    start = time.perf_counter()
    processes = processes or min(2, os.cpu_count() or 1)
    jobs = [(year, part, processes) for part in range(processes)]
    if processes == 1:
        found = [_write(jobs[0])]
    else:
        with multiprocessing.get_context("spawn").Pool(processes, initializer=setup) as pool:
            found = pool.map(_write, jobs)
    new, known = (sum(column) for column in zip(*found, strict=True))
    return Written(new, known, time.perf_counter() - start)


def _write(job: tuple[Year, int, int]) -> tuple[int, int]:
    """One process's share: (new, known before)."""
    from yiwang.matters import store
    from yiwang.org import access

    year, part, parts = job
    new = known = 0
    with access.acting_as(access.system(year.district)) as asker:
        stage = stage_of(year, asker)
        company = company_of(stage, asker, year.until)
    for kind, openings in _batches(year, company, part, parts):
        with access.acting_as(asker):
            opened = store.open_many(asker, kind, openings)
        new += sum(one is not None for one in opened)
        known += sum(one is None for one in opened)
    return new, known


def stage_of(year: Year, asker: object) -> Stage:
    """The pack's land, texts and volumes with the district's calendar. Call inside `acting_as`."""
    from yiwang.matters.world import world

    return Stage(year.pack, year.seed, world(asker).calendar)  # type: ignore[arg-type]


def _batches(year: Year, company: Company, part: int, parts: int) -> Iterator[tuple[str, Sequence[Opening]]]:
    """(kind, openings) of this process's weeks: a day is whole in one batch, so its numbers run by time."""
    from .supervising import orders

    waiting: dict[str, list[Opening]] = {"hotline": [], "grid_event": []}
    for moment in moments(company.stage, year.matters, year.until):
        if moment.at.toordinal() // 7 % parts != part:
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
