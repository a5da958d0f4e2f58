"""Real material as it was published: 4,326 letters to a city hall, a thousand requests of one night in another."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.district import make_district
from yiwang.indicators import queries
from yiwang.matters.models import Matter
from yiwang.org.session import acting_as
from yiwang.signals.importing import bring_in
from yiwang.signals.maps import read_map

REQUESTS = """\
map: requests
title: {zh: 市民请求, en: Requests}
version: 2026-01-01
source: requests
id: unique_key
time: {column: created_date, zone: America/New_York}
fields:
  title: {column: descriptor, others: [complaint_type]}
  text: {column: resolution_description, others: [descriptor, complaint_type]}
  address: {column: incident_address, others: [street_name]}
place: {lon: longitude, lat: latitude}
"""


def material(checkout: Path, *parts: str) -> Path:
    path = checkout.parent.joinpath("shared", "data", *parts)
    if not path.is_file():
        pytest.skip("the folder of real material is not beside this checkout")
    return path


def test_all_letters_come_in_once(database: str, checkout: Path) -> None:
    letters = material(checkout, "messages", "messages_4326.csv.gz")
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


def test_a_thousand_requests_of_one_night(database: str, checkout: Path, tmp_path: Path) -> None:
    """Forty-one columns, cells of several lines, places far outside the district."""

    path = material(checkout, "requests", "nyc_2024_1000.csv")
    mapping = tmp_path / "requests.yaml"
    mapping.write_text(REQUESTS, "utf-8")
    district = make_district()
    found = bring_in(district.system, path, read_map(mapping)[0], "hotline")
    assert (found.rows, found.opened, found.quarantined) == (1000, 1000, 0)
    with acting_as(district.system):
        assert Matter.objects.filter(lon__isnull=False).count() == 0
    assert found.notes["signals.place_outside",] > 900
