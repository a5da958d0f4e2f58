"""By whom matters were taken out of the rates, as their ledgers say it (R2.11): who asked, and who granted it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from yiwang.org.asker import Asker
from yiwang.org.queries import person_names

from .kinds import kind_of
from .models import Entry, Matter


@dataclass(frozen=True, slots=True)
class TakenOut:
    """The names of whoever asked for it and of whoever granted it; the reason code as people call it."""

    asked_by: str
    granted_by: str
    code: dict[str, str]
    at: datetime


def taken_out(asker: Asker, matters: Iterable[int], until: datetime) -> dict[int, TakenOut]:
    """matter -> by whom it was taken out of the rates, as it stood `until` then; of those that the asker may see."""
    rows = Matter.objects.filter(district=asker.district, pk__in=list(matters))
    kinds = {pk: kind_of(asker, code, version) for pk, code, version in rows.values_list("pk", "kind", "kind_version")}
    said = {pk: kind.exclusion for pk, kind in kinds.items() if kind.exclusion}
    acts = {name for one in said.values() for name in (one.asked_by, one.granted_by)}
    last: dict[tuple[int, str], tuple[int | None, datetime, dict[str, str]]] = {}
    entries = Entry.objects.filter(matter_id__in=said, action__in=acts, at__lte=until).order_by("matter_id", "seq")
    for pk, action, person, at, data in entries.values_list("matter_id", "action", "person_id", "at", "data"):
        last[pk, action] = person, at, data
    names = person_names(asker, {person for person, _, _ in last.values() if person})
    by_matter = {}
    for pk, taken in said.items():
        asked, granted = last.get((pk, taken.asked_by)), last.get((pk, taken.granted_by))
        if asked and granted:
            title = kinds[pk].fields[taken.code].values.get(asked[2].get(taken.code, ""))
            who = [names.get(person or 0, "") for person in (asked[0], granted[0])]
            by_matter[pk] = TakenOut(who[0], who[1], title.mapping() if title else {}, granted[1])
    return by_matter
