"""Two imports of one file at the same time: together they open each message once (design §10.1, §10.6)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.db import connection

from tests.support.district import make_district
from yiwang.matters.models import Matter
from yiwang.org.session import acting_as
from yiwang.signals.importing import Tally, bring_in
from yiwang.signals.maps import read_map

MAP = """\
map: letters
title: {zh: 来信, en: Letters}
version: 2026-01-01
source: letters
id: 编号
time: {column: 时间, formats: ["%Y-%m-%d"]}
fields: {title: 主题, text: 主题}
"""


def test_two_at_once_double_nothing(database: str, tmp_path: Path) -> None:
    district = make_district()
    mapping, file = tmp_path / "letters.yaml", tmp_path / "来信.csv"
    mapping.write_text(MAP, "utf-8")
    rows = [f"{n},2026-03-{n % 28 + 1:02d},第{n}封来信\n" for n in range(600)]
    file.write_text("编号,时间,主题\n" + "".join(rows), "utf-8")
    one = read_map(mapping)[0]

    def bring(_: int) -> Tally:
        try:
            return bring_in(district.system, file, one, "hotline", batch=20)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        tallies = list(pool.map(bring, range(3)))
    assert [tally.rows for tally in tallies] == [600] * 3
    assert sum(tally.opened for tally in tallies) == 600
    assert sum(tally.there for tally in tallies) == 1200
    with acting_as(district.system):
        numbers = list(Matter.objects.values_list("number", flat=True))
    assert len(set(numbers)) == len(numbers) == 600
