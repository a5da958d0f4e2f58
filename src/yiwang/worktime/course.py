"""How a deadline comes about: what was asked, the limit, and then each extension in turn (R0.1-R0.5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from yiwang.why import Words, say

from .calendar import Calendar
from .conventions import Conventions
from .counting import End, Moment, Spans, ends, moment, received
from .errors import LimitError
from .limit import Limit
from .pause import Extension, Pause, standstills
from .table import FIRST, LAST, instant_of, micros, too_far


class Refusal(NamedTuple):
    """An extension that does not count, and the sentence that says why."""

    extension: Extension
    reason: Words


class Asked(NamedTuple):
    """What a deadline was computed from; enough to compute it again with its reasons."""

    start: datetime
    limit: Limit
    calendar: Calendar
    pauses: Sequence[Pause]
    extensions: Sequence[Extension]


class Course(NamedTuple):
    """How a deadline came about: the receipt, the moment it counted from, each end in turn, and what was refused."""

    receipt: Moment
    since: Moment
    ends: list[tuple[Limit, Conventions, Moment, End]]
    refused: tuple[Refusal, ...]
    stood: Spans


def course_of(asked: Asked) -> Course:
    """The limit, then each extension in the order in which they were asked for."""
    calendar, limit = asked.calendar, asked.limit
    rules = calendar.rules_for(limit)
    stood = standstills(asked.pauses)
    for extension in asked.extensions:
        if not isinstance(extension, Extension):
            raise LimitError("worktime.error.no_extension", text=type(extension).__name__)
    us = micros(asked.start)
    if not FIRST <= us < LAST:
        raise too_far()
    receipt = moment(calendar, us)
    since = received(calendar, receipt, limit, rules)
    end = ends(calendar, limit, rules, since, stood)
    course = [(limit, rules, since, end)]
    refused = []
    for extension in sorted(asked.extensions, key=lambda one: one.asked_at):
        if end.us is None:
            break
        if micros(extension.asked_at) > end.us:
            late = say(
                "worktime.refused.late",
                asked=extension.asked_at.astimezone(calendar.zone),
                due=_local(calendar, end.us),
            )
            refused.append(Refusal(extension, late))
            continue
        own = extension.limit.conventions.over(rules)
        begin = Moment(end.us, end.day, since.within)
        longer = ends(calendar, extension.limit, own, begin, stood, fresh=False)
        if longer.us is not None and longer.us <= end.us:
            refused.append(Refusal(extension, say("worktime.refused.no_longer", limit=extension.limit.words())))
            continue
        end = longer
        course.append((extension.limit, own, begin, end))
    return Course(receipt, since, course, tuple(refused), stood)


def _local(calendar: Calendar, us: int) -> datetime:
    return instant_of(us).astimezone(calendar.zone)
