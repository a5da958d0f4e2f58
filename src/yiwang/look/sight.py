"""What of a receipt its reader may open: asked of the database, once for each kind of thing (design §7)."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import QuerySet

from yiwang.files.models import File
from yiwang.goals.models import Goal, Plan, Report
from yiwang.matters.models import Matter
from yiwang.typed.numbers import whole
from yiwang.why import Receipt

_TABLES = {"matter": Matter, "goal": Goal, "report": Report, "plan": Plan, "evidence": File}
_COUNTED = ("indicator", "series")  # a figure, not a thing: opened, it is counted from what its reader sees


def as_seen(receipt: Receipt) -> Receipt:
    """The receipt with what the asker may not open masked. Call inside `acting_as`: the database hides the rest."""
    named: dict[str, set[int]] = defaultdict(set)
    for _, one in receipt.walk():
        noun, number = _parts(one.source or "")
        if noun in _TABLES and number is not None:
            named[noun].add(number)
    seen = {noun: _visible(noun, numbers) for noun, numbers in named.items()}

    def may_see(reference: str) -> bool:
        noun, number = _parts(reference)
        return noun in _COUNTED or number in seen.get(noun, ())

    return receipt.masked(may_see)


def _visible(noun: str, numbers: set[int]) -> set[int]:
    return set(QuerySet(_TABLES[noun]).filter(pk__in=numbers).values_list("pk", flat=True))


def _parts(reference: str) -> tuple[str, int | None]:
    noun, _, rest = reference.partition(":")
    return noun, whole(rest)
