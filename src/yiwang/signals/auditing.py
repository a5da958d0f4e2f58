"""What came in, as the ledger holds it: messages, what waits in quarantine, and what sensors have said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from yiwang.ledger.beginning import joined
from yiwang.ledger.rooms import OWN_NUMBER, Audited
from yiwang.org.district import District

from . import heard
from .models import Quarantined, Signal

KEPT = (Signal, Quarantined)
# a row as it came is masked and may be long
DIGESTED = {"signals_signal": "raw", "signals_quarantine": "raw"}
CHECKED = {"signals_reading": "district_id series at value"}
ASIDE = {"signals_reading": {"id": OWN_NUMBER}}
READINGS = "signals_reading"  # joins the ledger under this name

begins = {READINGS: heard.take_over}


def differences(district: District, notes: Mapping[str, Mapping[str, Any]], subject: str = "") -> Iterator[Audited]:
    """Every reading of a sensor against the entry that says it."""
    if not subject and READINGS in joined(district.id):
        for broken in heard.differing(district.id):
            yield Audited(broken.subject, 0, [broken])
