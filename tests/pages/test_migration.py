"""Districts that were loaded before packs said their pages keep what they showed."""

from __future__ import annotations

import json
from pathlib import Path

import psycopg

from tests.support.earlier import earlier, insert


def test_places_in_indicators_become_pages(postgres_server: str, tmp_path: Path) -> None:
    at = {"org": "0008", "wall": "0003", "indicators": "0002"}
    with earlier(postgres_server, tmp_path, **at) as (owner, migrate), psycopg.connect(owner) as connection:
        with connection.cursor() as cursor:
            district = insert(cursor, "org_district", code="old", time_zone="Asia/Shanghai", digest="sha256", fewest=3)
            other = insert(cursor, "org_district", code="new", time_zone="Asia/Shanghai", digest="sha256", fewest=25)
            for one in (district, other):
                insert(cursor, "org_unit", district_id=one)
            places = {"b": {"wall": 2, "published": 1}, "a": {"wall": 3}, "c": {"wall": 1, "published": 2}, "d": {}}
            for code, said in places.items():
                insert(
                    cursor,
                    "indicators_indicator",
                    district_id=district,
                    code=code,
                    version="2026-01-01",
                    definition=json.dumps(said),
                    current=True,
                )
        connection.commit()
        migrate()
        found = connection.execute("SELECT district_id, name, definition FROM pages_page").fetchall()
        pages = {(of, name): said for of, name, said in found}
        assert pages[district, "wall"]["rates"]["show"] == ["c", "b", "a"]
        assert pages[district, "portal"]["published"] == ["b", "c"]
        assert pages[district, "portal"]["fewest"] == 10
        assert pages[other, "portal"]["fewest"] == 25
        assert pages[other, "wall"]["rates"]["show"] == []
        assert connection.execute("SELECT count(*) FROM pg_policies WHERE tablename = 'pages_page'").fetchone() == (1,)
