"""A receipt computed again: does it still hold, and if not, what was written since?

Each noun says which of its ids can be computed again, and by what (nouns.definition.Asked).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pkgutil import resolve_name
from typing import Any

from yiwang.org.asker import Asker
from yiwang.org.personal import in_short
from yiwang.org.queries import facts
from yiwang.why import Receipt, Words, say
from yiwang.worktime.log import Times

from .ids import Id, Unanswerable
from .register import asked
from .sight import as_seen

HINT = say("nouns.name_an_instant")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a receipt says now; `was` is what it said before, `now` what it says; `since` what was written meanwhile."""

    receipt: Receipt
    was: Any
    now: Any
    holds: bool
    since: Receipt | None = None
    note: Receipt | None = None


Compute = Callable[[Asker, Id, datetime | None], Answer]


def again(asker: Asker, wanted: Id) -> Answer:
    """Compute the receipt again, as the asker may see it. Call inside `acting_as`.

    Raises Unanswerable, and what the noun's own computation raises.
    """
    as_of = instant(asker, wanted.as_of) if wanted.as_of else None
    compute: Compute = resolve_name(asked()[wanted.noun].again)
    found = compute(asker, wanted, as_of)
    return replace(found, receipt=as_seen(found.receipt), since=as_seen(found.since) if found.since else None)


def instant(asker: Asker, text: str) -> datetime:
    """An instant as people write it; without an offset on the district's wall clock. Raises Unanswerable."""
    zone = facts(asker).zone
    try:
        moment = Times(zone).read(text)
    except ValueError:
        moment = None
    if moment is None:
        raise Unanswerable(say("nouns.bad_instant", text=in_short(text, 40)))
    return moment.astimezone(zone)


def not_what_was_said(as_of: datetime, value: Any) -> Receipt:
    """What the ledgers give for the instant is not what was said then."""
    return Receipt(say("nouns.not_what_was_said", at=as_of, value=value))


def no_value(wanted: Id, what: Words, example: Any) -> Unanswerable:
    """What was said cannot be held against `what`; the sentence says how to write it."""
    return Unanswerable(say("nouns.bad_value", text=in_short(wanted.said or "", 40), what=what, example=example))
