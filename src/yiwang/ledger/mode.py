"""The district is switched to another mode, and the ledger says who did it and why (org.mode)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yiwang.org.asker import Asker
from yiwang.org.mode import Mode, mode_of, who_switches
from yiwang.org.personal import in_short
from yiwang.org.store import keep_mode

from . import store


@transaction.atomic
def switch(asker: Asker, wanted: str, reason: str, now: datetime) -> Mode:
    """Work in another mode from now on. Raises Refusal."""
    reason = in_short(reason, 200)
    person = who_switches(asker, wanted, reason)
    if wanted != mode_of(asker).name:
        made = keep_mode(asker, wanted, reason, now, person)
        rows = [store.Rows(type(made), [made.pk])]
        store.append(asker, "mode", wanted, {"reason": reason}, stream="mode", at=now, rows=rows)
    return mode_of(asker)
