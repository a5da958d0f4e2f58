"""The four rates and the counts, as a clerk would add them up on paper."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from tests.indicators.casework import IN_NORTH, IN_SOUTH, Casework, at
from tests.support.district import TestDistrict, make_district
from yiwang.indicators import queries
from yiwang.org.session import acting_as

NOW = at(40)  # 11 April
FOUR = ("hotline_first_contact", "hotline_on_time", "hotline_solved", "hotline_satisfied")

# title       unit    place     contact answer  reached solved satisfaction
MARCH = [
    ("井盖松动", "water", IN_NORTH, 0.5, 2.0, True, True, "satisfied"),
    ("路面积水", "water", IN_NORTH, 0.5, 2.5, True, True, "fair"),
    ("污水冒溢", "water", IN_SOUTH, 3.0, 12.0, True, False, "dissatisfied"),  # contact and answer both late
    ("树枝遮灯", "green", IN_SOUTH, 0.2, 3.0, False, None, None),  # nobody picked up: no valid callback
    ("绿地被占", "green", IN_NORTH, None, 4.0, True, True, "dissatisfied"),  # closed without a contact
    ("水压不足", "water", IN_SOUTH, 0.1, None, True, None, None),  # still in hand
]


@pytest.fixture(scope="module")
def district(database: str) -> TestDistrict:
    made = make_district()
    work = Casework(made)
    for title, unit, place, contact, answer, reached, solved, satisfaction in MARCH:
        work.handled(
            title, unit=unit, place=place, contact=contact, answer=answer,
            reached=reached, solved=solved, satisfaction=satisfaction,
        )  # fmt: skip
    return made


def figure(district: TestDistrict, code: str, post: str = "", **asked: Any):  # type: ignore[no-untyped-def]

    asker = district.as_(post) if post else district.system
    return queries.measure(asker, code, **{"period": "2026-03", "now": NOW, **asked})


WHOLE_DISTRICT = [
    # indicator              value   numerator, denominator
    ("hotline_first_contact", "66.7", 4, 6),
    ("hotline_on_time", "66.7", 4, 6),
    ("hotline_solved", "75.0", 3, 4),
    ("hotline_satisfied", "50.0", 2, 4),
    ("hotline_created", "6", 6, None),
    ("hotline_closed", "5", 5, None),
    ("hotline_open", "1", 1, None),
    ("hotline_overdue", "1", 1, None),
    ("matters_created", "6", 6, None),
]


@pytest.mark.parametrize(("code", "value", "numerator", "denominator"), WHOLE_DISTRICT)
def test_the_whole_district_in_march(
    district: TestDistrict, code: str, value: str, numerator: int, denominator: int | None
) -> None:
    found = figure(district, code)
    assert (found.value, found.numerator, found.denominator) == (Decimal(value), numerator, denominator)


BY_UNIT = [
    # indicator          by        unit -> rate
    ("hotline_on_time", "lead", {"water": "50.0", "green": "100.0"}),
    ("hotline_on_time", "street", {"bei": "100.0", "nan": "33.3"}),
    ("hotline_created", "lead", {"water": "4", "green": "2"}),
    ("hotline_open", "street", {"nan": "1"}),
    ("hotline_handling_time", "lead", {"water": "24.0", "green": "28.0"}),
]


@pytest.mark.parametrize(("code", "by", "units"), BY_UNIT)
def test_told_apart_by_unit(district: TestDistrict, code: str, by: str, units: dict[str, str]) -> None:
    found = queries.measure_by_unit(district.system, code, period="2026-03", by=by, now=NOW)
    assert {unit: one.value for unit, one in found.items()} == {unit: Decimal(value) for unit, value in units.items()}
    for unit, one in found.items():  # the same number wherever it appears
        alone = figure(district, code, unit=unit, by=by)
        assert (alone.value, alone.numerator, alone.denominator) == (one.value, one.numerator, one.denominator)


def test_a_street_is_told_apart_by_neighbourhood(district: TestDistrict) -> None:
    found = queries.measure_by_unit(district.system, "hotline_created", within="bei", by="street", period="2026-03")
    assert {unit: one.numerator for unit, one in found.items()} == {"nb-bei-1": 3}


@pytest.mark.parametrize("code", [code for code, *_ in WHOLE_DISTRICT])
@pytest.mark.parametrize("unit", [None, "water", "green", "bei"])
def test_as_many_matters_are_listed_as_the_figure_says(district: TestDistrict, code: str, unit: str | None) -> None:
    found = figure(district, code, unit=unit)
    said = {
        "numerator": found.numerator,
        "denominator": found.denominator,
        "excluded": found.excluded,
        "merged": found.merged,
    }
    if found.denominator is not None:
        said["against"] = found.denominator - found.numerator
    for part in found.parts:
        pages = [found.cases(part, page=page, size=2) for page in range(1, 5)]
        ids = [matter for page in pages for matter in page.ids]
        assert len(ids) == len(set(ids)) == said[part]
        assert {page.total for page in pages} == {said[part]}


def test_months_without_a_case_show_a_dash(district: TestDistrict) -> None:
    months = queries.measure_by_month(district.system, "hotline_on_time", period="2026", now=NOW)
    assert [(str(one.period), one.text("zh")) for one in months] == [
        ("2026-01", "—"), ("2026-02", "—"), ("2026-03", "66.7%"), ("2026-04", "—"),
    ]  # fmt: skip


def test_what_stood_open_at_each_months_end(district: TestDistrict) -> None:
    months = queries.measure_by_month(district.system, "hotline_open", period="2026", now=NOW)
    assert [one.numerator for one in months] == [0, 0, 1, 1]
    for one in months:
        assert one.cases().total == one.numerator


def test_months_add_up_to_the_year(district: TestDistrict) -> None:
    for code in ("hotline_created", "hotline_closed", "hotline_on_time"):
        months = queries.measure_by_month(district.system, code, period="2026", now=NOW)
        assert sum(one.numerator for one in months) == figure(district, code, period="2026").numerator


def test_several_figures_at_once_are_the_same_as_one_by_one(district: TestDistrict) -> None:
    codes = [code for code, *_ in WHOLE_DISTRICT] + ["hotline_handling_time"]
    together = queries.measures(district.system, codes, period="2026-03", now=NOW)
    for code, one in together.items():
        alone = figure(district, code)
        assert (one.value, one.numerator, one.denominator) == (alone.value, alone.numerator, alone.denominator)


def test_a_clerk_counts_what_he_sees(district: TestDistrict) -> None:
    """One predicate for figures and lists: a street's clerk has their street's rate, not the district's (R1.16)."""
    mine = figure(district, "hotline_on_time", "bei-1")
    assert (mine.numerator, mine.denominator) == (3, 3)
    assert figure(district, "hotline_on_time", "bei-1", unit="nan", by="street").value is None
    assert figure(district, "hotline_on_time", "head").denominator == 6


def test_the_receipt_leads_down_to_the_matters(district: TestDistrict) -> None:
    found = figure(district, "hotline_on_time")
    told = found.with_cases(2).text("zh")
    assert told.startswith("全区 2026-03-01 至 2026-03-31 按时办结率：66.7% [GB/T 33358-2016]")
    assert "其中在时限内办理并答复：4 [indicator:hotline_on_time?part=numerator&period=2026-03&by=lead]" in told
    assert told.count("[matter:") == 6  # two of each: those in time, all that fell due, those that were late
    assert "SELECT" in told
    assert "另有 4 件" in told


def test_the_statement_of_the_receipt_gives_the_figure_again(district: TestDistrict) -> None:
    found = figure(district, "hotline_satisfied")
    with acting_as(district.system), connection.cursor() as cursor:
        cursor.execute(found.sql.replace("%", "%%"), [])
        _, denominator, numerator, *_ = cursor.fetchone()
    assert (numerator, denominator) == (found.numerator, found.denominator)
