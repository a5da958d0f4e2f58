"""4,326 real letters to a city hall, as they were published: all come in, none twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.district import make_district


@pytest.fixture(scope="module")
def letters(checkout: Path) -> Path:
    path = checkout.parent / "shared" / "data" / "messages" / "messages_4326.csv.gz"
    if not path.is_file():
        pytest.skip("the folder of real material is not beside this checkout")
    return path


def test_all_letters_come_in_once(database: str, letters: Path, checkout: Path) -> None:
    from yiwang.indicators import queries
    from yiwang.signals.importing import bring_in
    from yiwang.signals.loading import read_map

    district = make_district()
    one, problems = read_map(checkout / "packs" / "demo" / "maps" / "messages.yaml")
    assert problems == []
    first = bring_in(district.system, letters, one, "hotline")
    assert (first.rows, first.opened, first.there, first.quarantined) == (4326, 4326, 0, 0)
    second = bring_in(district.system, letters, one, "hotline")
    assert (second.rows, second.opened, second.there, second.quarantined) == (4326, 0, 4326, 0)
    years = {
        year: queries.measure(district.system, "hotline_created", period=year)
        for year in ("2017", "2018", "2019", "2020")
    }
    assert sum(figure.numerator for figure in years.values()) == 4326
