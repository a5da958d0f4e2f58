"""Handing one's acts to a colleague for some days: who may take them, for how long, and who stands for whom now (R5.4).

A delegation begins and ends by itself at the moments that its row names; `org_stand_in` asks them at every request. It
is written where the ledger can be written (`ledger.delegating`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from yiwang.typed.text import is_blank
from yiwang.why import Incomplete, Refusal, Words, say

from .asker import Asker
from .models import Appointment, Delegation
from .queries import facts, person_names

LONGEST = timedelta(days=366)  # nothing is handed over for good: a post is given for that


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody to whom acts can be handed, with the title of a post of theirs."""

    person: int
    name: str
    title: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A delegation as its two people see it. `mine`: I hand over; else I take over."""

    id: int
    mine: bool
    other: str
    since: datetime
    last: date
    until: datetime
    reason: str
    ended: datetime | None
    now: datetime

    @property
    def state(self) -> str:
        """coming, running, over or ended (before its time)."""
        if self.ended is not None:
            return "ended"
        return "coming" if self.now < self.since else "running" if self.now < self.until else "over"


def handed_over(asker: Asker, now: datetime) -> list[HandedOver]:
    """The delegations in which the asker hands over or takes over, the newest first. Call inside `acting_as`."""
    rows = list(_of(asker).order_by("-since", "-pk")[:100])
    names = person_names(asker, {one for row in rows for one in (row.person_id, row.deputy_id)})
    zone = facts(asker).zone
    return [
        HandedOver(
            row.pk,
            row.person_id == asker.person,
            names[row.deputy_id if row.person_id == asker.person else row.person_id],
            row.since,
            (row.until.astimezone(zone) - timedelta(microseconds=1)).date(),
            row.until,
            row.reason,
            row.ended,
            now,
        )
        for row in rows
    ]


def running(asker: Asker, now: datetime) -> list[HandedOver]:
    """Those by which somebody stands in now, for the asker or the asker for them."""
    return [one for one in handed_over(asker, now) if one.state == "running"]


def _of(asker: Asker) -> QuerySet[Delegation]:
    mine = Q(person=asker.person) | Q(deputy=asker.person)
    return Delegation.objects.filter(mine, district=asker.district)


def colleagues(asker: Asker, now: datetime) -> list[Colleague]:
    """Who may take over: who holds a post today in a unit of the asker's, or in one next above or below it."""
    known = facts(asker)
    today = now.astimezone(known.zone).date()
    own = {post.unit for post in asker.posts}
    near = own | {unit.id for unit in known.units.values() if unit.parent in own}
    near |= {parent for unit in own if (parent := known.units[unit].parent) is not None}
    held = Appointment.objects.filter(district=asker.district, post__unit__in=near, since__lte=today)
    held = held.filter(Q(until=None) | Q(until__gt=today), person__user__is_active=True)
    rows = held.exclude(person=asker.person).order_by("person__name", "person", "post")
    by_person: dict[int, Colleague] = {}
    for person, name, title in rows.values_list("person", "person__name", "post__title"):
        by_person.setdefault(person, Colleague(person, name, title))
    return list(by_person.values())


def who_hands_over(
    asker: Asker, deputy: int | None, first: date | None, last: date | None, reason: str, now: datetime
) -> tuple[int, datetime, datetime]:
    """(person, since, until) of a delegation that may be made. Raises Refusal, or Incomplete with what is wrong where.

    first, last  the days, both included, in the district's time
    """
    person = themselves(asker)
    if not asker.posts:
        raise Refusal(say("org.delegate.no_post"))
    zone = facts(asker).zone
    wrong = _wrong(first, last, reason, now.astimezone(zone).date())
    if deputy not in {one.person for one in colleagues(asker, now)}:
        wrong["deputy"] = say("org.delegate.no_colleague")
    if wrong or first is None or last is None:
        raise Incomplete(wrong)
    since = max(datetime.combine(first, time(), zone), now)
    until = datetime.combine(last + timedelta(days=1), time(), zone)
    handed = Delegation.objects.filter(district=asker.district, person=person, ended=None)
    meanwhile = handed.filter(since__lt=until, until__gt=since).first()
    if meanwhile is not None:
        name = person_names(asker, [meanwhile.deputy_id])[meanwhile.deputy_id]
        raise Incomplete({"first": say("org.delegate.meanwhile", name=name)})
    return person, since, until


def _wrong(first: date | None, last: date | None, reason: str, today: date) -> dict[str, Words]:
    wrong: dict[str, Words] = {}
    if first is None or first < today:
        wrong["first"] = say("org.delegate.from_today")
    elif last is None or last < first:
        wrong["last"] = say("org.delegate.last_before_first")
    elif last - first > LONGEST:
        wrong["last"] = say("org.delegate.too_long", n=LONGEST.days)
    if is_blank(reason) or len(reason.strip()) < 2:
        wrong["reason"] = say("org.delegate.no_reason")
    return wrong


def themselves(asker: Asker) -> int:
    """The person of an asker who acts for themselves: nothing that was handed over is handed on. Raises Refusal."""
    if asker.stands_for is not None:
        raise Refusal(say("org.delegate.not_on", name=asker.stands_for.name))
    if asker.person is None:
        raise Refusal(say("org.delegate.no_post"))
    return asker.person


def who_ends(asker: Asker, delegation: int, now: datetime) -> Delegation | None:
    """The delegation that either of its two may end now; None where there is none such."""
    themselves(asker)
    return _of(asker).filter(pk=delegation, ended=None, until__gt=now).first()


def names_of(asker: Asker, people: Iterable[int | None]) -> dict[int, str]:
    """id -> name of those of the people who are somebody."""
    return person_names(asker, {one for one in people if one is not None})
