"""The demo's plan on the board: read, confirmed, adopted, reported on month by month, checked, supervised."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from yiwang.goals import queries, store
from yiwang.goals.models import Goal
from yiwang.goals.promise import UPPER, Promise, planned
from yiwang.goals.queries import standing
from yiwang.org import session
from yiwang.org.asker import Asker
from yiwang.org.queries import user_of

from .definition import PlanOfAYear
from .files import year_of
from .staff import Actor, Staff

_NOTES = ("按计划推进", "本月完成情况见附件", "进度正常", "受材料到货影响略有滞后，下月赶上", "已过半，正在收尾")


def promise(pack: Path, asker: Asker, seed: int, until: datetime) -> tuple[int, int]:
    """Put the pack's plan on the board and report on it up to `until`; returns (goals, reports).

    What is red then gets its supervision order.
    Nothing happens when the plan is there already, or was published after `until`.
    """
    said = year_of(pack).plan
    at = said.imported.astimezone(UTC)
    with session.acting_as(asker):
        known = any(plan.year == said.year for plan in queries.plans(asker))
        staff = Staff(asker)
    if known or at > until:
        return 0, 0
    rng = Random(f"{seed}:plan")
    supervisor = _asker(asker, staff.of(rng, "office-supervision", "supervisor"))
    goals = _adopted(pack / said.file, supervisor, said, at)
    reports = 0
    for goal in goals:
        if not goal.indicator and goal.lead_id is not None:
            reports += _reported(asker, supervisor, staff, goal, said, Random(f"{seed}:{goal.position}"), until)
    with session.acting_as(asker):
        store.supervise(asker, until)
    return len(goals), reports


def _adopted(file: Path, supervisor: Asker, said: PlanOfAYear, at: datetime) -> list[Goal]:
    with session.acting_as(supervisor):
        plan = store.import_plan(supervisor, file.read_bytes(), file.name, year=said.year, at=at)
        store.confirm_all(supervisor, plan.pk, at=at + timedelta(hours=20))
        store.adopt(supervisor, plan.pk, at=at + timedelta(hours=21))
        goals = queries.goals_of(supervisor, plan.pk)
        for titled in said.titles_and_measures:
            named = [goal for goal in goals if (goal.item_no, goal.value) == (titled.item, Decimal(str(titled.value)))]
            for found in named[:1]:
                store.assign(supervisor, found.pk, {"title": titled.title}, at=at + timedelta(hours=22))
                store.bind(supervisor, found.pk, titled.indicator, at=at + timedelta(hours=22))
        return queries.goals_of(supervisor, plan.pk)


def _reported(
    system: Asker, supervisor: Asker, staff: Staff, goal: Goal, said: PlanOfAYear, rng: Random, until: datetime
) -> int:
    """One goal's reports, each checked some days later by the supervision office."""
    promised, made = standing.promise_of(goal), []
    shares = [share for share, _, _ in said.paces]
    _, low, high = rng.choices(said.paces, shares)[0]
    pace, before = rng.uniform(low, high), Decimal(0)
    clerk = _asker(system, staff.of(rng, goal.lead.code, "clerk", "head"))  # type: ignore[union-attr]
    with session.acting_as(clerk):
        for month in said.months:
            at = datetime(goal.year, month, 26, 2, tzinfo=UTC) + timedelta(minutes=rng.uniform(0, 2800))
            if at > until:
                break
            value = _value(promised, at, pace, rng)
            if value is None:
                continue
            before = value = max(value, before) if promised.nature != "rate" else value
            period = f"{goal.year}-{month:02d}"
            proof = store.File(
                f"{period} 进度说明.txt", f"{goal.title}：截至{month}月底 {value}{goal.unit}。\n".encode()
            )
            made.append(store.report(clerk, goal.pk, period, value, note=rng.choice(_NOTES), files=[proof], at=at))
    with session.acting_as(supervisor):
        for report in made:
            checked = report.at + timedelta(hours=rng.uniform(4, 80))
            if checked <= until and rng.random() < 0.96:
                store.verify(supervisor, report.pk, accepted=True, at=checked)
    return len(made)


def _value(promised: Promise, at: datetime, pace: float, rng: Random) -> Decimal | None:
    """How far a goal has come when it is kept at `pace`, in the steps in which its number was promised."""
    target = promised.target
    if target is None:
        return None
    if promised.nature == "rate":
        worse = pace < 0.9
        drift = Decimal(str(round(rng.uniform(0.3, 2.0), 1)))
        value = target - drift if worse != (promised.comparator in UPPER) else target + drift
        return min(value, Decimal(100)) if promised.unit == "%" else value
    share = Decimal(str(round(pace * rng.uniform(0.97, 1.03), 3)))
    if promised.nature == "step":
        begun = datetime(promised.year, 1, 1, tzinfo=UTC)
        whole = (datetime(promised.ends.year, promised.ends.month, promised.ends.day, tzinfo=UTC) - begun).days
        return min(Decimal(100), Decimal(round(100 * (at - begun).days / max(whole, 1) * float(share) / 5) * 5))
    plan = planned(promised, at.date())
    if plan is None:
        return None
    steps = Decimal(1) if target == target.to_integral_value() else Decimal("0.1")
    return (plan * share).quantize(steps)


def _asker(system: Asker, actor: Actor) -> Asker:
    with session.acting_as(system):
        user = user_of(system, actor.person or 0)
        asker = session.asker_of_user(user) if user else None
    if asker is None:
        raise LookupError(f"person {actor.person} holds no post")
    return asker


def lamps(asker: Asker, now: datetime) -> dict[str, int]:
    """lamp -> how many goals stand under it."""
    with session.acting_as(asker):
        return dict(Counter(one.colour for one in standing.lamps(asker, now=now).goals))
