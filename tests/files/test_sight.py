"""Who sees a file, and to what it may be handed over: what belongs to nothing shows to its uploader alone."""

from __future__ import annotations

import re
from typing import Any

import psycopg
import pytest

from tests.files.pictures import jpeg
from tests.support.tickets import do, ticket

EVERYBODY = "head dispatcher-1 dispatcher-2 auditor supervisor water-1 water-2 green-1 bei-1 nan-1 bei-grid".split()


def acting(district: Any, post: str) -> Any:
    from yiwang.org.session import acting_as

    return acting_as(district.as_(post) if post != "platform" else district.system)


def keep(district: Any, post: str, seed: int = 0) -> int:
    from yiwang.matters import evidence

    with acting(district, post) as asker:
        return evidence.keep(asker, "现场.jpg", jpeg(seed)).pk


def sees(district: Any, post: str, number: int) -> bool:
    from yiwang.files import queries

    with acting(district, post) as asker:
        return queries.one(asker, number) is not None


@pytest.mark.parametrize("uploader", ["water-1", "platform"])
def test_a_file_that_belongs_to_nothing_shows_to_its_uploader_alone(district: Any, uploader: str) -> None:
    from yiwang.files.models import File
    from yiwang.org.asker import public
    from yiwang.org.session import acting_as

    number = keep(district, uploader)
    everybody = [*EVERYBODY, "platform"]
    assert [post for post in everybody if sees(district, post, number)] == [uploader]
    with acting_as(public(district.id)):
        assert not File.objects.filter(pk=number).exists()


def test_a_file_of_a_matter_shows_to_whom_the_matter_shows(district: Any) -> None:
    from yiwang.matters import queries

    opened = ticket(district)
    do(district, "dispatcher-1", opened, "assign", {"unit": "water"})
    do(district, "water-1", opened, "accept")
    number = keep(district, "water-1")
    do(district, "water-1", opened, "answer", {"result": "已疏通", "files": [number]})
    for post in [*EVERYBODY, "platform"]:
        with acting(district, post) as asker:
            shown = queries.one(asker, number=opened.number) is not None
        assert sees(district, post, number) is shown, post
    assert not sees(district, "nan-1", number)


def test_what_belongs_to_something_is_never_changed_or_taken_away(district: Any, database: str) -> None:
    from django.db import DatabaseError

    from yiwang.files import store
    from yiwang.files.models import File
    from yiwang.matters import evidence

    opened, other = ticket(district), ticket(district)
    with acting(district, "platform") as asker:
        number = evidence.keep(asker, "a.jpg", jpeg(), matter=opened.id).pk
        assert not store.forget(asker, number)
        assert File.objects.filter(pk=number).update(subject=other.id) == 0
    with psycopg.connect(database) as owner:  # not even who owns the table
        for sql in (
            "UPDATE files_file SET subject = %s WHERE id = %s",
            "DELETE FROM files_file WHERE %s > 0 AND id = %s",
        ):
            with pytest.raises(psycopg.errors.RaiseException), owner.transaction():
                owner.execute(sql, [other.id, number])
    with pytest.raises(DatabaseError), acting(district, "nan-1") as asker:  # a matter that they do not see
        File.objects.create(
            district_id=asker.district,
            noun="matter",
            subject=opened.id,
            name="x",
            media_type="x",
            size=1,
            sha256="0" * 64,
            came="0" * 64,
            at="2026-01-01T00:00:00Z",
            person_id=asker.person,
        )
    with pytest.raises(DatabaseError), acting(district, "dispatcher-1") as asker:  # in somebody else's name
        File.objects.create(
            district_id=asker.district,
            name="x",
            media_type="x",
            size=1,
            sha256="0" * 64,
            came="0" * 64,
            at="2026-01-01T00:00:00Z",
            person_id=district.as_("water-1").person,
        )


def test_no_policy_shows_everything_where_something_is_missing(district: Any, database: str) -> None:
    """Neither a row that belongs to nothing nor a setting that nobody made opens a table."""
    with psycopg.connect(database) as owner:
        policies = owner.execute("SELECT tablename, policyname, qual, with_check FROM pg_policies").fetchall()
        tables = [name for (name,) in owner.execute("SELECT DISTINCT tablename FROM pg_policies").fetchall()]
    assert len(tables) > 20
    opening = re.compile(r"IS NULL\)*\s+OR|OR\s+\(*[^()]*\(*[^()]*IS NULL\b|\bOR true\b|USING \(true\)", re.IGNORECASE)
    assert [(t, p) for t, p, *texts in policies for text in texts if text and opening.search(text)] == []
    assert [(t, p) for t, p, qual, _ in policies if qual == "true"] == []


SETTINGS = ("district", "units", "clearance", "kinds", "tracking", "subject", "person", "audits")


@pytest.mark.parametrize("missing", [*SETTINGS, "all"])
def test_a_setting_that_nobody_made_shows_nothing_more(district: Any, database: str, missing: str) -> None:
    """Take any one of the settings away: no table shows a row that it did not show before."""
    from tests.conftest import as_application
    from yiwang.org.session import settings_of

    ticket(district)
    keep(district, "dispatcher-1", 99)
    asker = district.as_("bei-1")
    names = ("district", "units", "clearance", "kinds", "tracking", "person", "audits")
    made = dict(zip(names, settings_of(asker), strict=True))
    with psycopg.connect(database) as owner:
        secured = [name for (name,) in owner.execute("SELECT DISTINCT tablename FROM pg_policies").fetchall()]

    def visible(**settings: str) -> dict[str, int]:
        with psycopg.connect(as_application(database)) as app:
            for name, value in settings.items():
                app.execute("SELECT set_config(%s, %s, true)", [f"app.{name}", value])
            counted = {}
            for table in secured:
                try:
                    with app.transaction():
                        counted[table] = app.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                except psycopg.errors.InsufficientPrivilege:
                    counted[table] = 0
            return counted

    whole = visible(**made)
    less = visible(**({} if missing == "all" else {name: value for name, value in made.items() if name != missing}))
    assert {table: n for table, n in less.items() if n > whole[table]} == {}
    if missing in ("all", "district"):
        assert set(less.values()) == {0}
