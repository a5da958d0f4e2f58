"""What of a receipt its reader may open: asked of the database, once for each kind of thing (design §7)."""

from __future__ import annotations

from collections import defaultdict

from django.apps import apps
from django.db.models import QuerySet

from yiwang.typed.numbers import whole
from yiwang.why import Receipt

from .register import references


def as_seen(receipt: Receipt) -> Receipt:
    """The receipt with what the asker may not open masked. Call inside `acting_as`: the database hides the rest."""
    known = references()
    tables = {name: one.model for name, one in known.items() if one.model}
    named: dict[str, set[int]] = defaultdict(set)
    for _, one in receipt.walk():
        name, number = _parts(one.source or "")
        if name in tables and number is not None:
            named[name].add(number)
    seen = {name: _visible(tables[name], numbers) for name, numbers in named.items()}

    def may_see(reference: str) -> bool:
        name, number = _parts(reference)
        return number in seen.get(name, ()) if name in tables else name in known

    return receipt.masked(may_see)


def _visible(model: str, numbers: set[int]) -> set[int]:
    return set(QuerySet(apps.get_model(model)).filter(pk__in=numbers).values_list("pk", flat=True))


def _parts(reference: str) -> tuple[str, int | None]:
    name, _, rest = reference.partition(":")
    return name, whole(rest)
