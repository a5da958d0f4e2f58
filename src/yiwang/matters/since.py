"""What was written since a receipt was made: counted, and the first of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from yiwang.org.asker import Asker
from yiwang.org.queries import facts, person_names
from yiwang.why import Cases, Receipt, say

from .kinds import kind_of, title_of
from .models import Entry
from .whose import done_by, whose

FIRST = 10  # told of what was written; the rest is counted


def entries_since(asker: Asker, matters: list[int], as_of: datetime | None) -> Receipt:
    """What stands in the ledgers of `matters` since an instant (None: all of it), as far as the asker sees them."""
    rows = Entry.objects.filter(district=asker.district, matter__in=matters).order_by("at", "matter_id", "seq")
    if as_of:
        rows = rows.filter(at__gt=as_of)

    def read(page: int, size: int) -> Iterator[Receipt]:
        found = list(rows.select_related("matter")[(page - 1) * size : page * size])
        names = person_names(asker, whose(found))
        for entry in found:
            kind = kind_of(asker, entry.matter.kind, entry.matter.kind_version)
            who = done_by(entry, names, say("matters.by_system"))
            at = entry.at.astimezone(facts(asker).zone)
            claim = say("matters.entry", at=at, number=entry.matter.number, seq=entry.seq)
            done = say("matters.done_by", action=title_of(kind, entry.action), who=who)
            yield Receipt(claim, done, source=f"matter:{entry.matter_id}", at=entry.at)

    cases = Cases(rows.count(), read)
    claim = say("matters.written_since", at=as_of.astimezone(facts(asker).zone)) if as_of else say("matters.written")
    return cases.under(cases.counted(claim), FIRST)
