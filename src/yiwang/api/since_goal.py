"""What has changed a goal's lamp since an instant: the plan, what was reached, and what people did meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone

from yiwang.goals import queries as goals
from yiwang.goals.promise import amount
from yiwang.goals.queries import Standing, measures
from yiwang.indicators.measured import Measured
from yiwang.org.asker import Asker
from yiwang.org.models import Person
from yiwang.org.queries import facts
from yiwang.why import Cases, Receipt, Words, say

from .since import FIRST, entries_since


def goal_since(asker: Asker, then: Standing | None, now: Standing, as_of: datetime) -> Receipt:
    """The lamp as it was with its reasons; what was done to the goal, its reports and the matters behind it."""
    at = as_of.astimezone(facts(asker).zone)
    because = [_as_it_was(then)] if then else []
    done = sorted(_done(asker, now, as_of), key=lambda one: one.at or as_of)
    cases = Cases(len(done), lambda page, size: done[(page - 1) * size : page * size])
    because.append(cases.under(cases.counted(say("api.done_since", at=at)), FIRST))
    if now.goal.indicator:
        because.append(entries_since(asker, _matters(asker, then, now, as_of), as_of))
    return Receipt(say("api.goal_since", at=at), None, because)


def _as_it_was(then: Standing) -> Receipt:
    why = then.lamp.receipt
    lamp = say(f"look.lamp.goal.{then.colour}")
    return Receipt(say("api.lamp_then", why=why.claim), lamp, why.because, f"goal:{then.goal.pk}")


def _done(asker: Asker, now: Standing, as_of: datetime) -> Iterator[Receipt]:
    """Changes of the goal, reports, and what was said to them, each with its instant."""
    zone, goal = facts(asker).zone, now.goal.pk

    def told(at: datetime, what: Words, person: Person | None, source: str) -> Receipt:
        who = person.name if person else say("matters.by_system")
        return Receipt(say("api.goal_entry", at=at.astimezone(zone), what=what), who, (), source, at)

    for change in goals.changed_since(asker, goal, as_of):
        yield told(change.at, say(f"board.changed.{change.what}"), change.person, f"goal:{goal}")
    for report in goals.reports(asker, goal):
        source, value = f"report:{report.pk}", amount(report.value.normalize() + 0, now.promise)
        if report.at > as_of:
            yield told(report.at, say("api.report_of", period=report.period, value=value), report.person, source)
        check = getattr(report, "verification", None)
        if check is not None and check.at > as_of:
            key = "api.report_accepted" if check.accepted else "api.report_returned"
            yield told(check.at, say(key, period=report.period), check.person, source)


def _matters(asker: Asker, then: Standing | None, now: Standing, as_of: datetime) -> list[int]:
    """The matters behind a measured goal that changed sides since."""

    def figure(one: Standing, moment: datetime | None) -> Measured | None:
        found = measures.measured(asker, [one.goal], one.today, moment or timezone.now(), as_of=moment)
        return found.get(one.goal.pk)

    later = figure(now, None)
    earlier = figure(then, as_of) if then and then.goal.indicator == now.goal.indicator else None
    return concerned(earlier or later, later) if later else []


def concerned(then: Measured, now: Measured) -> list[int]:
    """The matters that changed sides between two figures; where none has, all that are counted."""
    sides = [(_ids(then, part), _ids(now, part)) for part in now.parts]
    moved = {matter for before, after in sides for matter in before ^ after}
    return sorted(moved or {matter for both in sides for side in both for matter in side})


def _ids(figure: Measured, part: Any) -> set[int]:
    return set(figure.cases(part, size=max(figure.cases(part, size=1).total, 1)).ids)
