"""A number of a plan is one Decimal from the text to the tile: no digit of it is lost on the way."""

from __future__ import annotations

import html
import re
from decimal import Decimal
from typing import Any

import pytest

from tests.goals.reporting import as_
from tests.support.clients import client
from tests.support.district import make_district
from yiwang.goals import queries, store
from yiwang.reading import read
from yiwang.why.figures import figure

pytestmark = pytest.mark.usefixtures("database")

LONG, SMALL = "99999999999999.987654", "0.1"  # no float holds the one, and none is exactly the other
PLAN = f"""试验区2026年重点工作安排

一、稳住投资
1.扩大投资。全年完成固定资产投资{LONG}万元。（责任单位：区水务局）
2.管好漏损。管网漏损率不高于{SMALL}%。（责任单位：区水务局）
"""


def test_the_reader_gives_what_is_written() -> None:
    values = [one.value for one in read(PLAN, year=2026).statements if one.value is not None]
    assert [(type(value), str(value)) for value in values] == [(Decimal, LONG), (Decimal, SMALL)]


@pytest.mark.parametrize("number", [LONG, SMALL])
def test_it_comes_to_the_tile_as_it_was_written(number: str) -> None:
    district: Any = make_district()
    with as_(district, "supervisor") as asker:
        plan = store.import_plan(asker, PLAN.encode(), "plan.txt")
        store.confirm_all(asker, plan.pk)
        store.adopt(asker, plan.pk)
        standing = next(one for one in queries.lamps(asker, year=2026).goals if number in one.goal.quote)
        store.assign(asker, standing.goal.pk, {"note": "一位不少"}, version=standing.goal.version)
        again = queries.goal(asker, standing.goal.pk)
    assert again is not None
    assert again.promise.value == again.promise.target == Decimal(number)
    office = client(district, "supervisor")
    form = office.get(f"/board/goals/{standing.goal.pk}/").content.decode()
    assert figure(Decimal(number)) in form
    wall = html.unescape(re.sub(r"\s+", " ", client(district, "head").get("/wall/").content.decode()))
    assert f"{figure(Decimal(number))} {standing.goal.unit}" in wall
