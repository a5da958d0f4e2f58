"""Files that were kept some days ago, and a matter for them."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.files.pictures import jpeg
from tests.support.tickets import do, ticket
from yiwang.files import shelf, store
from yiwang.files.cleaning import clean
from yiwang.files.definition import BUDGET, EVIDENCE
from yiwang.org.session import acting_as


def acting(district: Any, post: str = "water-1") -> Any:
    return acting_as(district.as_(post))


def kept(district: Any, seed: int, *, days: float = 0.0, **more: Any) -> Any:
    """A file that was kept so many days ago."""
    with acting(district) as asker:
        at = timezone.now() - timedelta(days=days)
        row = store.keep(asker, clean("a.jpg", jpeg(seed), EVIDENCE.takes, BUDGET), at=at, **more)
    age(shelf.path_of(row.sha256), days)
    return row


def age(path: Any, days: float) -> None:
    then = time.time() - days * 86400
    os.utime(path, (then, then))


def opened_for_water(district: Any) -> int:
    opened = ticket(district)
    do(district, "dispatcher-1", opened, "assign", {"unit": "water"})
    return opened.id
