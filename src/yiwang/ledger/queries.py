"""What was done to a subject of the ledger, for the pages of other rooms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yiwang.org.asker import Asker

from .models import Entry


@dataclass(frozen=True, slots=True)
class Done:
    """One entry: when, and what it says."""

    at: datetime
    data: Mapping[str, Any]


def done_to(asker: Asker, subject: str, action: str) -> list[Done]:
    """Each time that something was done to a subject, the first first. Call inside `acting_as`."""
    rows = Entry.objects.filter(district=asker.district, subject=subject, action=action).order_by("seq")
    return [Done(*row) for row in rows.values_list("at", "data")]
