"""What was written since a receipt was made: counted, and the first of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from yiwang.goals import queries as goals
from yiwang.matters.kinds import kind_of, title_of
from yiwang.matters.models import Entry
from yiwang.org.access import Asker
from yiwang.org.queries import facts, person_names
from yiwang.why import Cases, Receipt, say

FIRST = 10  # told of what was written; the rest is counted


def entries_since(asker: Asker, matters: list[int], as_of: datetime | None) -> Receipt:
    """What stands in the ledgers of `matters` since an instant (None: all of it), as far as the asker sees them."""
    rows = Entry.objects.filter(district=asker.district, matter__in=matters).order_by("at", "matter_id", "seq")
    if as_of:
        rows = rows.filter(at__gt=as_of)

    def read(page: int, size: int) -> Iterator[Receipt]:
        found = list(rows.select_related("matter")[(page - 1) * size : page * size])
        names = person_names(asker, (one.person_id for one in found if one.person_id))
        for one in found:
            kind = kind_of(asker, one.matter.kind, one.matter.kind_version)
            who = names.get(one.person_id or 0) or say("matters.by_system")
            at = one.at.astimezone(facts(asker).zone)
            claim = say("api.entry", at=at, number=one.matter.number, seq=one.seq)
            done = say("api.done_by", action=title_of(kind, one.action), who=who)
            yield Receipt(claim, done, source=f"matter:{one.matter_id}", at=one.at)

    cases = Cases(rows.count(), read)
    claim = say("api.written_since", at=as_of.astimezone(facts(asker).zone)) if as_of else say("api.written")
    return cases.under(cases.counted(claim), FIRST)


def reports_since(asker: Asker, goal: int, as_of: datetime) -> Receipt:
    """What units reported of a goal since an instant."""
    zone = facts(asker).zone
    reports = [one for one in goals.reports(asker, goal)[::-1] if one.at > as_of]

    def read(page: int, size: int) -> Iterator[Receipt]:
        for one in reports[(page - 1) * size : page * size]:
            claim = say("api.report_of", at=one.at.astimezone(zone), period=one.period)
            yield Receipt(claim, one.value.normalize() + 0, source=f"report:{one.pk}", at=one.at)

    cases = Cases(len(reports), read)
    return cases.under(cases.counted(say("api.reported_since", at=as_of.astimezone(zone))), FIRST)
