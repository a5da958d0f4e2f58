"""A photo of a camera with a broken clock, kept before there were bounds, is seen like any other; its ledger holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.files.pictures import jpeg
from tests.files.shelved import acting, opened_for_water
from tests.ledger.forging import told, verify
from tests.support.clients import client
from yiwang.files import queries, store
from yiwang.files.cleaning import clean
from yiwang.files.definition import BUDGET, EVIDENCE
from yiwang.matters.models import Matter

WRITTEN = [
    (datetime(1, 1, 1, tzinfo=UTC), False),
    (datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), False),
    (datetime(2026, 10, 12, 8, 30, tzinfo=UTC), True),
]


@pytest.mark.parametrize(("moment", "known"), WRITTEN)
def test_a_stored_photo_of_any_year_is_read(district: Any, moment: datetime, known: bool) -> None:
    matter = opened_for_water(district)
    photo = replace(clean("a.jpg", jpeg(moment.year), EVIDENCE.takes, BUDGET), taken_at=moment)
    with acting(district) as asker:
        row = store.keep(asker, photo, noun="matter", subject=matter)
        number = Matter.objects.get(pk=matter).number
        assert [one.taken_at for one in queries.belonging_to(asker, "matter", matter)] == [moment if known else None]
    reader = client(district, "water-1")
    shown = reader.get(f"/desk/matters/{number}/")
    assert (shown.status_code, f"/desk/evidence/{row.pk}/" in shown.content.decode()) == (200, True)
    assert reader.get(f"/api/v1/matters/{number}").status_code == 200
    assert told(verify(district)) == []
