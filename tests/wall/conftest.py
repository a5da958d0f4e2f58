"""A small district with work of every sort: open, overdue, closed today, old, without a place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

# (category, place, days ago)
DRAIN, LITTER, ASK = "drain.blocked", "litter.pile", "ask"
NORTH, SOUTH, NOWHERE = (121.91, 31.03), (121.93, 31.01), None
WORK = [
    (DRAIN, NORTH, 0.0),
    (DRAIN, NORTH, 0.02),
    (DRAIN, NORTH, 3.0),
    (DRAIN, SOUTH, 10.0),
    (LITTER, SOUTH, 0.01),
    (LITTER, SOUTH, 20.0),
    (LITTER, NORTH, 40.0),
    (ASK, NOWHERE, 0.03),
    (ASK, NOWHERE, 35.0),
]


@pytest.fixture(scope="session")
def town(database: str) -> Any:
    """The district; its matters are opened once for all tests."""
    from django.utils import timezone

    from tests.support.district import make_district
    from yiwang.matters import store
    from yiwang.org.session import acting_as

    town = make_district()
    now = timezone.now()
    with acting_as(town.system) as asker:
        for category, place, days in WORK:
            at = now - timedelta(days=days)
            said = {"title": f"{category} {days}", "text": "…", "category": category}
            store.open_matter(asker, "hotline", said, at=at, place=place)
    return town


@pytest.fixture
def now() -> datetime:
    from django.utils import timezone

    return timezone.now()


@pytest.fixture(autouse=True)
def chinese(database: str) -> Iterator[None]:
    from django.utils import translation

    with translation.override("zh-hans"):
        yield
