"""What is counted is whole: no face, file or program reads 2.0 matters."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from django.utils import timezone

from tests.support.clients import client
from tests.support.district import TestDistrict, make_district
from tests.support.tickets import ticket
from yiwang.why.figures import figure

PUBLISHED = ["matters_open", "hotline_on_time", "matters_created"]


@pytest.fixture(scope="module")
def counting(database: str) -> TestDistrict:
    """A district whose counts do not say how many digits they have, and which publishes them."""

    def change(pack: Path) -> None:
        for file in (pack / "indicators").glob("matters_*.yaml"):
            file.write_text(file.read_text("utf-8").replace("decimals: 0\n", ""), "utf-8")
        (pack / "pages" / "portal.yaml").write_text(yaml.safe_dump({"published": PUBLISHED, "period": "year"}), "utf-8")

    district = make_district(change)
    for _ in range(12):
        ticket(district, when=f"{timezone.now():%Y-%m-%dT00:00}")
    return district


def test_on_the_portal(counting: TestDistrict, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIWANG_DISTRICT", counting.code)
    passer_by = Client(SERVER_NAME="127.0.0.1")
    shown = passer_by.get("/portal/").content.decode()
    figures = re.search(r'<div class="public-figures">.*?</section>', shown, re.S)
    assert figures is not None
    assert ">12<" in figures[0]
    for said in (figures[0], *(passer_by.get(f"/portal/why/{code}/").content.decode() for code in PUBLISHED)):
        assert not re.search(r"\b12\.0", said)


def test_in_the_api_and_on_the_wall(counting: TestDistrict) -> None:
    asking = client(counting, "head")
    answer = asking.get("/api/v1/indicators/matters_open").content.decode()
    assert json.loads(answer)["value"] == 12
    assert not re.search(r"\b12\.0", answer)
    for address in ("/wall/", "/wall/rates/matters_open/", "/wall/rates/matters_created/?period=year"):
        assert not re.search(r"\b12\.0\b", asking.get(address).content.decode())


@pytest.mark.parametrize(
    ("value", "at_most", "shown"),
    [
        (2.0, 1, "2"),
        (Decimal("2.00"), 1, "2"),
        (Decimal("2.25"), 1, "2.3"),
        (Decimal("0.04"), 1, "0"),
        (1200, 0, "1,200"),
    ],
)
def test_a_figure_of_at_most_so_many_digits(value: Any, at_most: int, shown: str) -> None:
    assert figure(value, at_most=at_most) == shown
