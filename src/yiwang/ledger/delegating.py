"""Somebody hands their acts to a colleague, or one of the two ends it; the ledger says who, for when and why (R5.4)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection, transaction

from yiwang.org import delegating
from yiwang.org.asker import Asker
from yiwang.org.models import Delegation
from yiwang.org.personal import in_short
from yiwang.org.store import end_delegation, keep_delegation

from . import store

STREAM = "delegations"
_ONE_AT_A_TIME = 0x4445  # a name space of advisory locks


@transaction.atomic
def delegate(
    asker: Asker, deputy: int | None, first: date | None, last: date | None, reason: str, now: datetime
) -> Delegation:
    """From the `first` to the `last` day a colleague acts for the asker. Raises Refusal, Incomplete."""
    reason = in_short(reason, 200)
    with connection.cursor() as cursor:  # of two at once the second sees what the first has handed over
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_ONE_AT_A_TIME, (asker.person or 0) % 2**31])
    person, since, until = delegating.who_hands_over(asker, deputy, first, last, reason, now)
    assert deputy is not None
    made = keep_delegation(asker, person, deputy, since, until, reason, now)
    _write_down(asker, made, "delegate", now)
    return made


@transaction.atomic
def end(asker: Asker, delegation: int, now: datetime) -> bool:
    """One of the two ends it before its time; whether there was one to end. Raises Refusal."""
    delegation_row = delegating.who_ends(asker, delegation, now)
    if delegation_row is None or not end_delegation(asker, delegation_row, now):
        return False
    _write_down(asker, delegation_row, "end", now)
    return True


def _write_down(asker: Asker, delegation: Delegation, action: str, at: datetime) -> None:
    names = delegating.names_of(asker, [delegation.person_id, delegation.deputy_id])
    data = {"person": names[delegation.person_id], "deputy": names[delegation.deputy_id], "reason": delegation.reason}
    rows = [store.Rows(Delegation, [delegation.pk])]
    store.append(asker, f"delegations:{delegation.person_id}", action, data, stream=STREAM, at=at, rows=rows)
