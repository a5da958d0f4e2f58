"""Files that were kept before there was a room for them are there afterwards, with what they belong to."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.support.earlier import earlier, insert

PHOTO, PLAN, PROOF = b"\xff\xd8 a photo", b"a plan", b"a proof"


@pytest.fixture
def before(postgres_server: str, tmp_path: Path) -> Any:
    """A database as it was before, and how to bring it up to date."""
    with earlier(postgres_server, tmp_path, goals="0002", matters="0003") as (owner, migrate):
        yield owner, migrate, tmp_path


def test_rows_and_bytes_of_both_rooms_come_along(before: Any) -> None:
    owner, migrate, var = before
    old = var / "media" / "evidence"
    digest = {one: hashlib.sha256(one).hexdigest() for one in (PHOTO, PLAN, PROOF)}
    (old / digest[PHOTO][:2]).mkdir(parents=True)
    (old / digest[PHOTO][:2] / digest[PHOTO]).write_bytes(PHOTO)
    with psycopg.connect(owner) as connection, connection.cursor() as cursor:
        district = insert(cursor, "org_district", code="old", time_zone="Asia/Shanghai", digest="sha256")
        insert(cursor, "org_unit", district_id=district)
        person = insert(cursor, "org_person", district_id=district)
        matter = insert(cursor, "matters_matter", district_id=district)
        plan = insert(cursor, "goals_plan", district_id=district, person_id=person)
        goal = insert(cursor, "goals_goal", district_id=district, plan_id=plan)
        report = insert(cursor, "goals_report", district_id=district, goal_id=goal, person_id=person)
        common = {"district_id": district, "sha256": digest[PHOTO], "name": "现场.jpg", "lon": 121.9}
        loose = insert(cursor, "matters_evidence", **common, person_id=person)
        kept = insert(cursor, "matters_evidence", **common, matter_id=matter, person_id=person)
        for content, more in ((PLAN, {"plan_id": plan}), (PROOF, {"report_id": report})):
            row = {"district_id": district, "content": content, "sha256": digest[content], **more}
            insert(cursor, "goals_document", **row)
    migrate()
    with psycopg.connect(owner) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT id, noun, subject, sha256, person_id, lon FROM files_file ORDER BY id")
        rows = cursor.fetchall()
        cursor.execute("SELECT to_regclass('matters_evidence'), to_regclass('goals_document')")
        assert cursor.fetchone() == (None, None)
    assert rows[:2] == [
        (loose, "", None, digest[PHOTO], person, 121.9),
        (kept, "matter", matter, digest[PHOTO], person, 121.9),
    ]
    assert [row[1:5] for row in rows[2:]] == [
        ("plan", plan, digest[PLAN], person),
        ("report", report, digest[PROOF], person),
    ]
    for content in (PHOTO, PLAN, PROOF):
        assert (old / digest[content][:2] / digest[content]).read_bytes() == content
    assert (old / digest[PLAN][:2] / digest[PLAN]).stat().st_mode & 0o777 == 0o600
