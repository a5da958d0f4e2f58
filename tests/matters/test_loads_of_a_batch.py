"""What is opened together goes where the same would have gone one after the other: a batch counts what it gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.district import make_district
from tests.support.tickets import at
from tests.support.values import values_of
from yiwang.matters import store
from yiwang.matters.deciding import Deciding
from yiwang.matters.models import Matter
from yiwang.matters.opening import Opening
from yiwang.org.session import acting_as
from yiwang.signals.importing import bring_in
from yiwang.signals.maps import read_map

KIND = Path(__file__).with_name("favour.yaml").read_text("utf-8")
BY = ("by: dispatcher, needs: [unit]", "by: [dispatcher, system], needs: [unit]")
GIVEN_AT_ONCE = KIND.replace(*BY) + "auto: send\n"
GREEN, ANY = "绿化", "求助"  # the first goes to one unit, the second where there is least


def with_kind(pack: Path) -> None:
    assert BY[0] in KIND
    (pack / "matters" / "favour.yaml").write_text(GIVEN_AT_ONCE, "utf-8")


def openings(texts: Sequence[str]) -> list[Opening]:
    return [Opening({"title": f"第{n}件", "text": text}, at(f"2026-10-12T10:{n:02d}")) for n, text in enumerate(texts)]


@pytest.fixture(scope="module")
def values() -> Any:
    return values_of(with_kind)


@given(
    st.lists(st.sampled_from([GREEN, ANY, ANY]), max_size=12),
    st.dictionaries(st.sampled_from(["water", "green"]), st.integers(0, 5)),
)
def test_a_batch_is_given_like_one_after_the_other(values: Any, texts: list[str], there: Mapping[str, int]) -> None:
    kind, units = values.kinds["favour"], values.world.district.by_code
    start = Counter({units[code].id: n for code, n in there.items()})

    def loads(counted: Mapping[int, int]) -> Any:
        return lambda asked: {unit: counted.get(unit, 0) for unit in asked}

    alone, running = [], Counter(start)
    for opening in openings(texts):
        unit = opening.decide(kind, replace(values.world, loads=loads(running)))["suggested"]
        running[units[unit].id] += 1
        alone.append(unit)
    deciding = Deciding(kind, replace(values.world, loads=loads(start)))
    assert [deciding.decide(opening)["suggested"] for opening in openings(texts)] == alone


def test_history_and_what_was_refused_weigh_nothing(values: Any) -> None:
    kind = values.kinds["favour"]
    deciding = Deciding(kind, values.world)
    first = deciding.decide(openings([ANY])[0])["suggested"]
    deciding = Deciding(kind, values.world)
    ended = replace(openings([ANY])[0], ended=("over", at("2026-10-13T10:00")))
    deciding.decide(ended)
    assert deciding.decide(openings([ANY])[0])["suggested"] == first


def test_many_at_once_share_the_work(database: str) -> None:
    texts = [ANY, GREEN, ANY, ANY, GREEN, ANY, ANY]
    together, apart = make_district(with_kind), make_district(with_kind)
    with acting_as(together.system) as asker:
        opened = store.open_many(asker, "favour", openings(texts))
    with acting_as(apart.system) as asker:
        each = [store.open_matter(asker, "favour", one.data, at=one.at) for one in openings(texts)]
    leads = [one.state["lead"] for one in opened if one]
    assert leads == [one.state["lead"] for one in each]
    shared = Counter(leads).values()
    assert max(shared) - min(shared) <= 1


MAP = """\
map: wants
title: {zh: 求助, en: Wants}
version: 2026-01-01
source: wants
id: 编号
time: {column: 时间, formats: ["%Y-%m-%d"]}
fields: {title: 主题, text: 主题}
"""


def test_the_rows_of_a_file_share_the_work(database: str, tmp_path: Path) -> None:
    district = make_district(with_kind)
    mapping, file = tmp_path / "wants.yaml", tmp_path / "求助.csv"
    mapping.write_text(MAP, "utf-8")
    file.write_text("编号,时间,主题\n" + "".join(f"{n},2026-03-02,第{n}次求助\n" for n in range(12)), "utf-8")
    assert bring_in(district.system, file, read_map(mapping)[0], "favour", batch=5).opened == 12
    with acting_as(district.system):
        leads = Counter(Matter.objects.filter(district=district.id).values_list("lead__code", flat=True))
    assert set(leads.values()) == {6}
