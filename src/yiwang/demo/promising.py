"""The year's plan in the demo: read, confirmed, adopted, reported on, verified, supervised.

Everything goes through the same doors as on the board: the supervision office reads and confirms, the units report
with evidence, somebody else verifies, and what turned red gets its order.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from yiwang.goals import queries, store
from yiwang.goals.models import Goal
from yiwang.goals.store.plans import AlreadyRead
from yiwang.goals.store.reports import File
from yiwang.matters.forms import Incomplete
from yiwang.matters.rules import Refused
from yiwang.org import access
from yiwang.org.access import Asker
from yiwang.org.models import Appointment
from yiwang.org.queries import facts

PLAN = "plan_2026.txt"
ADOPTED = (1, 20)  # of the plan's year: after the notice was issued
QUARTERS = (3, 6, 9)
_BEHIND, _SLOW = 0.14, 0.2  # of the goals fall well behind, or a little
_LATE = 0.12  # of the reports never come
_UNVERIFIED = 0.1  # of the last reports still wait for verification


def promise(pack: Path, district: int, *, seed: int, until: datetime) -> int:
    """Bring the plan of the pack onto the board, with what became of it up to `until`; returns how many goals.

    A second time changes nothing.
    """
    with access.acting_as(access.system(district)) as platform:
        people = _People(platform)
        zone = facts(platform).zone
    with access.acting_as(people.supervisor(0)) as supervisor:
        try:
            plan = store.import_plan(supervisor, (pack / PLAN).read_bytes(), PLAN)
        except AlreadyRead:
            return 0
        year = plan.year
        store.confirm_all(supervisor, plan.pk, at=datetime(year, *ADOPTED, 9, 30, tzinfo=zone))
        goals = store.adopt(supervisor, plan.pk, at=datetime(year, *ADOPTED, 10, 0, tzinfo=zone))
        rows = list(Goal.objects.filter(pk__in=goals).order_by("position"))
    rng = Random(seed)
    for row in rows:
        if row.lead_id is not None and not row.indicator:
            _reports(row, people, Random(rng.random()), until.astimezone(zone))
    with access.acting_as(people.supervisor(0)) as supervisor:
        store.supervise(supervisor, until - timedelta(days=3))
    return len(rows)


class _People:
    """Who holds the posts that the board needs."""

    def __init__(self, platform: Asker) -> None:
        today = date.today()
        held = Appointment.objects.filter(district=platform.district, since__lte=today, until=None)
        rows = held.filter(person__user__isnull=False).order_by("post_id").select_related("post", "person")
        self._of: dict[tuple[str, int], list[int]] = {}
        for one in rows:
            self._of.setdefault((one.post.role, one.post.unit_id), []).append(one.person.user_id)
        self._office = facts(platform).supervision.id

    def supervisor(self, number: int) -> Asker:
        return self._asker(self._of[("supervisor", self._office)], number)

    def reporter(self, unit: int) -> Asker | None:
        """Somebody of the lead unit who may report."""
        for role in ("clerk", "head", "dispatcher"):
            if found := self._of.get((role, unit)):
                return self._asker(found, 0)
        return None

    @staticmethod
    def _asker(users: list[int], number: int) -> Asker:
        found = access.asker_of_user(users[number % len(users)])
        assert found is not None
        return found


def _reports(row: Goal, people: _People, rng: Random, until: datetime) -> None:
    """What the lead unit says at each quarter's end, and whether the supervision office accepts it."""
    who = people.reporter(row.lead_id or 0)
    if who is None:
        return
    draw = rng.random()
    pace = rng.uniform(1.0, 1.12)
    if draw < _BEHIND + _SLOW:
        pace = rng.uniform(0.5, 0.78) if draw < _BEHIND else rng.uniform(0.91, 0.98)
    last = until.month - 1 if until.year == row.year else 12
    for month in sorted({*QUARTERS, max(last, 1)}):
        at = datetime(row.year, month, 26, rng.randint(9, 16), rng.randint(0, 59), tzinfo=until.tzinfo)
        if at > until or rng.random() < _LATE / 2:
            continue
        value = _value(row, month, pace, rng)
        evidence = File(
            f"{row.year}-{month:02d}.txt", f"{row.title}：截至 {month} 月底完成 {value}{row.unit}。".encode()
        )
        try:
            with access.acting_as(who):
                told = store.report(
                    who,
                    row.pk,
                    f"{row.year}-{month:02d}",
                    value,
                    files=[evidence],
                    explanation="核减重复计数" if month > QUARTERS[0] else "",
                    at=at,
                )
            if month != last or rng.random() > _UNVERIFIED:
                with access.acting_as(people.supervisor(1)) as verifier:
                    store.verify(verifier, told.pk, accepted=True, at=at + timedelta(days=2))
        except (Incomplete, Refused):  # a goal that cannot be told by a number, or is measured: nothing to report
            return


def _value(row: Goal, month: int, pace: float, rng: Random) -> Decimal:
    """A figure as far along as the unit's pace brings it."""
    target = row.value if row.value is not None else Decimal(100)
    if row.nature == "step":
        target = Decimal(100)
        due = row.due.month if row.due else 12
        return Decimal(min(100, round(100 * pace * month / due)))
    if row.nature == "flow":
        done = target * Decimal(str(round(pace * month / 12, 4)))
    elif row.nature == "stock":
        base = row.base or Decimal(0)
        done = base + (target - base) * Decimal(str(round(pace * month / 12, 4)))
    else:
        drift = Decimal(str(round(rng.uniform(-0.012, 0.012) + (0.012 if pace >= 1 else -0.06), 4)))
        better = -1 if row.comparator in ("≤", "<") else 1
        done = target * (1 + better * drift)
    return done.quantize(Decimal(1)) if target == target.to_integral_value() and abs(target) >= 10 else round(done, 2)


def standing(district: int) -> dict[str, int]:
    """lamp -> how many goals, for the progress line."""
    with access.acting_as(access.system(district)) as platform:
        found: dict[str, int] = {}
        for one in queries.lamps(platform).goals:
            found[one.lamp.colour] = found.get(one.lamp.colour, 0) + 1
        return found
