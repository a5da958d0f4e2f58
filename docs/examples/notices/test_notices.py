"""A unit tells; those above it read; a row that somebody changed in the database is named."""

from datetime import date

import psycopg
import pytest

from tests.support.district import make_district
from yiwang.why import Incomplete


def test_a_notice(database: str) -> None:
    from yiwang.ledger.verifying import verify
    from yiwang.notices import queries, store
    from yiwang.org.session import acting_as

    town, day = make_district(), date(2199, 1, 1)
    with acting_as(town.as_("bei-1")) as clerk:
        told = store.publish(clerk, "停水通知", day)
        with pytest.raises(Incomplete):
            store.publish(clerk, "", day)
    seen = {}
    for post in ("bei-1", "nan-1", "head"):
        with acting_as(town.as_(post)) as asker:
            seen[post] = len(queries.running(asker, day))
    assert seen == {"bei-1": 1, "nan-1": 0, "head": 1}
    assert verify(town.id).whole
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("UPDATE notices_notice SET text = 'x' WHERE id = %s", [told.pk])
    assert [broken.subject for broken in verify(town.id).broken] == [f"notice:{told.pk}"]
