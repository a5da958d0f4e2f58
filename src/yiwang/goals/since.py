"""What has changed a goal's lamp since an instant: the plan, what was reached, and what people did meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from yiwang.indicators.again import concerned
from yiwang.indicators.measured import Measured
from yiwang.matters.since import FIRST, entries_since
from yiwang.org.asker import Asker
from yiwang.org.models import Person
from yiwang.org.queries import facts
from yiwang.why import Cases, Receipt, Words, say

from . import queries
from .promise import amount
from .queries import Standing, measures


def goal_since(asker: Asker, then: Standing | None, now: Standing, as_of: datetime) -> Receipt:
    """The lamp as it was with its reasons; what was done to the goal, its reports and the matters behind it."""
    at = as_of.astimezone(facts(asker).zone)
    because = [_as_it_was(then)] if then else []
    done = sorted(_done(asker, now, as_of), key=lambda one: one.at or as_of)
    cases = Cases(len(done), lambda page, size: done[(page - 1) * size : page * size])
    because.append(cases.under(cases.counted(say("goals.done_since", at=at)), FIRST))
    if now.goal.indicator:
        because.append(entries_since(asker, _matters(asker, then, now, as_of), as_of))
    return Receipt(say("goals.goal_since", at=at), None, because)


def _as_it_was(then: Standing) -> Receipt:
    why = then.lamp.receipt
    lamp = say(f"look.lamp.goal.{then.colour}")
    return Receipt(say("goals.lamp_then", why=why.claim), lamp, why.because, f"goal:{then.goal.pk}")


def _done(asker: Asker, now: Standing, as_of: datetime) -> Iterator[Receipt]:
    """Changes of the goal, reports, and what was said to them, each with its instant."""
    zone, goal = facts(asker).zone, now.goal.pk

    def receipt_of(at: datetime, what: Words, person: Person | None, source: str) -> Receipt:
        who = person.name if person else say("matters.by_system")
        return Receipt(say("goals.goal_entry", at=at.astimezone(zone), what=what), who, (), source, at)

    for change in queries.changed_since(asker, goal, as_of):
        yield receipt_of(change.at, say(f"goals.changed.{change.what}"), change.person, f"goal:{goal}")
    for report in queries.reports(asker, goal):
        source, value = f"report:{report.pk}", amount(report.value.normalize() + 0, now.promise)
        if report.at > as_of:
            yield receipt_of(
                report.at, say("goals.report_of", period=report.period, value=value), report.person, source
            )
        check = getattr(report, "verification", None)
        if check is not None and check.at > as_of:
            key = "goals.report_accepted" if check.accepted else "goals.report_returned"
            yield receipt_of(check.at, say(key, period=report.period), check.person, source)


def _matters(asker: Asker, then: Standing | None, now: Standing, as_of: datetime) -> list[int]:
    """The matters behind a measured goal that changed sides since."""

    def figure(one: Standing, moment: datetime | None) -> Measured | None:
        found = measures.measured(asker, [one.goal], one.today, moment or timezone.now(), as_of=moment)
        return found.get(one.goal.pk)

    later = figure(now, None)
    earlier = figure(then, as_of) if then and then.goal.indicator == now.goal.indicator else None
    return concerned(earlier or later, later) if later else []
