"""Normal and emergency: who switches it, why, and that it stays written."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.support.earlier import earlier, insert
from yiwang.why import Refusal


@pytest.fixture
def village(database: str) -> Any:
    from tests.support.district import make_district

    return make_district()


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


def test_an_emergency_is_switched_on_with_its_reason_and_off_again(village: Any, now: datetime) -> None:
    from yiwang.ledger.mode import switch
    from yiwang.org import mode
    from yiwang.org.session import acting_as

    with acting_as(village.as_("dispatcher-1")) as asker:
        assert mode.mode_of(asker).name == "normal"
        on = switch(asker, "emergency", "暴雨红色预警", now)
        assert (on.emergency, on.by, on.reason) == (True, "dispatcher-1人", "暴雨红色预警")
    with acting_as(village.as_("nan-1")) as other:
        assert mode.mode_of(other).emergency
    with acting_as(village.as_("head")) as asker:
        assert not switch(asker, "normal", "", now).emergency


@pytest.mark.parametrize(
    ("post", "wanted", "reason", "said"),
    [
        ("nan-1", "emergency", "暴雨", "只有区领导和城运中心派单席"),
        ("supervisor", "emergency", "暴雨", "只有区领导和城运中心派单席"),
        ("dispatcher-1", "emergency", "  ", "须写明事由"),
        ("dispatcher-1", "panic", "暴雨", "没有这样的运行模式"),
    ],
)
def test_it_stays_as_it_was_and_says_why(
    village: Any, now: datetime, post: str, wanted: str, reason: str, said: str
) -> None:
    from yiwang.ledger.mode import switch
    from yiwang.org import mode
    from yiwang.org.session import acting_as

    with acting_as(village.as_(post)) as asker:
        with pytest.raises(Refusal, match=said):
            switch(asker, wanted, reason, now)
        assert not mode.mode_of(asker).emergency


def test_what_was_switched_cannot_be_rewritten(village: Any, now: datetime) -> None:
    from django.db import DatabaseError

    from yiwang.ledger.mode import switch
    from yiwang.org.models import ModeSwitch
    from yiwang.org.session import acting_as

    with acting_as(village.as_("dispatcher-1")) as asker:
        switch(asker, "emergency", "演练", now)
    with pytest.raises(DatabaseError), acting_as(village.as_("dispatcher-1")):
        ModeSwitch.objects.update(reason="别的")


def test_what_was_switched_before_org_had_the_mode_is_still_there(postgres_server: str, tmp_path: Path) -> None:
    held = (
        "SELECT (SELECT count(*) FROM pg_policies WHERE tablename = 'wall_mode'),"
        " (SELECT count(*) FROM pg_trigger WHERE tgrelid = 'wall_mode'::regclass AND NOT tgisinternal)"
    )
    with (
        earlier(postgres_server, tmp_path, org="0007", wall="0002") as (owner, migrate),
        psycopg.connect(owner) as connection,
    ):
        with connection.cursor() as cursor:
            district = insert(cursor, "org_district", code="old", time_zone="Asia/Shanghai", digest="sha256")
            insert(cursor, "org_unit", district_id=district)
            person = insert(cursor, "org_person", district_id=district)
            row = insert(cursor, "wall_mode", district_id=district, person_id=person, mode="emergency", reason="暴雨")
            before = cursor.execute(held).fetchone()
        connection.commit()
        migrate()
        found = connection.execute("SELECT id, mode, reason, person_id FROM wall_mode").fetchall()
        assert found == [(row, "emergency", "暴雨", person)]
        assert connection.execute(held).fetchone() == before
        applied = "SELECT has_table_privilege('yiwang_app', 'wall_mode', 'UPDATE')"
        assert connection.execute(applied).fetchone() == (False,)
