"""Supervision orders of the simulated year: issued by the supervision office, answered by the unit, checked."""

from __future__ import annotations

from datetime import datetime
from random import Random

from yiwang.matters.act import Act
from yiwang.matters.opening import Opening

from .arrivals import YEAR
from .courses import Company
from .office import DAY
from .staff import Actor

_LIMITS = {"blue": 10, "orange": 5, "red": 3}


def orders(company: Company, count: int, until: datetime) -> list[Opening]:
    """`count` orders spread over the working days of the year before `until`, each with all its acts."""
    starts = [until - YEAR * (1 - (n + 0.5) / count) for n in range(count)]
    found = [order(company, n, around=start) for n, start in enumerate(starts)]
    return [one for one in found if one.at <= until]


def order(company: Company, number: int, *, around: datetime | None = None, opened: datetime | None = None) -> Opening:
    """The order of a number: opened some time after `around`, or at a known instant."""
    rng = Random(f"{company.stage.seed}:order:{number}")
    voice, office = company.stage.voice, company.office
    wait = rng.uniform(20, DAY)
    at = opened or office.later(around, wait)  # type: ignore[arg-type]
    kinds = ("street", "bureau", "bureau", "company")
    unit = rng.choice(company.world.district.of_kind(rng.choice(kinds)))
    colour = rng.choices(tuple(_LIMITS), (6, 3, 1))[0]
    title = voice.one(rng, "supervision", "titles").format(unit=unit.short["zh"], street=unit.short["zh"])
    data = {"title": title, "text": voice.one(rng, "supervision", "texts") + "。", "colour": colour, "unit": unit.code}
    supervisor = company.staff.of(rng, company.world.district.supervision.code, "supervisor")
    clerk = company.staff.of(rng, unit.code, "clerk", "head")
    acts: list[Act] = []

    def do(action: str, who: Actor, minutes: float, **given: object) -> None:
        nonlocal at
        at = office.later(at, minutes)
        acts.append(Act(action, at, given, who.person, who.posts))

    opened = at
    do("issue", supervisor, rng.uniform(10, 120), unit=unit.code)
    do("accept", clerk, rng.uniform(20, 400))
    late = rng.random() < 0.1
    do("answer", clerk, _needed(rng, _LIMITS[colour], late), measures=voice.one(rng, "supervision", "measures"))
    if rng.random() < 0.15:
        do("send_back", supervisor, rng.uniform(60, DAY), reason=voice.one(rng, "supervision", "returns"))
        do("answer", clerk, rng.uniform(0.3, 2) * DAY, measures=voice.one(rng, "supervision", "measures"))
    do("approve", supervisor, rng.uniform(60, 2 * DAY), conclusion=voice.one(rng, "supervision", "conclusions"))
    key = f"demo:{company.stage.seed}:order:{number}"
    return Opening(data, opened, source=key, key=key, simulated=True, acts=acts)


def _needed(rng: Random, limit: int, late: bool) -> float:
    """Office minutes until the answer."""
    return DAY * (limit + rng.uniform(0.1, 2)) if late else DAY * limit * rng.uniform(0.15, 0.85)
