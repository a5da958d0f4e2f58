"""The number of a message: its spellings are one, what differs stays apart, what a spreadsheet damaged is no number."""

from __future__ import annotations

import doctest
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import Workbook

from tests.signals.words import HEAD, ROW, as_csv, bring, mapping, matters, told
from tests.support.district import make_district
from yiwang.signals import numbers
from yiwang.signals.numbers import compared, identity
from yiwang.tables import Unreadable

LONG = st.text("0123456789", min_size=10, max_size=24)
WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(numbers).failed == 0


@st.composite
def spellings(draw: st.DrawFn, number: str) -> str:
    """One of the ways in which people write a long number of digits."""
    dashed = draw(st.booleans())
    if dashed:
        size = draw(st.integers(3, max(3, len(number) - 1)))
        groups = [number[at : at + size] for at in range(0, len(number), size)]
        said = draw(st.sampled_from(["-", "–", "－", "‐"])).join(groups)
    else:
        cuts = sorted(draw(st.sets(st.integers(1, len(number) - 1), max_size=5)))
        groups = [number[a:b] for a, b in zip([0, *cuts], [*cuts, len(number)], strict=True)]
        said = draw(st.sampled_from([" ", "　", "\u00a0", "  "])).join(groups)
    said = said.translate(WIDE) if draw(st.booleans()) else said
    return draw(st.sampled_from(["{}", " {}\t", "'{}", '="{}"', "\u200b{}"])).format(said)


@settings(max_examples=400, deadline=None)
@given(st.data(), LONG)
def test_every_spelling_of_a_long_number_is_that_number(data: st.DataObject, number: str) -> None:
    assert compared(data.draw(spellings(number))) == number


PARTS = st.lists(st.text("0123456789AaBb", min_size=1, max_size=6), min_size=1, max_size=4)


@settings(max_examples=600, deadline=None)
@given(PARTS, PARTS)
def test_what_differs_in_a_sign_or_in_its_groups_stays_apart(one: list[str], other: list[str]) -> None:
    """Two numbers are the same only when they hold the same signs, and then one of them is parted just to be read."""
    first, second = "-".join(one), "-".join(other)
    assert compared(compared(first)) == compared(first)
    if first == second or compared(first) != compared(second):
        return
    assert "".join(one) == "".join(other)
    assert "".join(one).isdecimal()
    assert len("".join(one)) >= numbers.LONG
    for groups in (one, other):
        assert len({len(group) for group in groups[:-1]}) <= 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2024-11-1", "2024-1-11"),
        ("12-3", "1-23"),
        ("A-1", "A1"),
        ("007", "7"),
        ("ab-1", "AB-1"),
        ("1.5", "15"),
        ("2024-1-1100001", "2024-11-100001"),
        ("202412000001", "0202412000001"),
    ],
)
def test_these_are_two_numbers(one: str, other: str) -> None:
    assert compared(one) != compared(other)


SPELT = ["202412000001", "2024 1200 0001", "２０２４12000001", "2024-1200-0001", "2024–1200–0001", '="202412000001"']


@pytest.mark.parametrize("first", SPELT)
def test_a_message_is_one_in_every_spelling_and_keeps_its_own(database: str, tmp_path: Path, first: str) -> None:
    district, one = make_district(), mapping(tmp_path)
    assert bring(district, as_csv(tmp_path / "1.csv", [first, *ROW[1:]]), one).opened == 1
    again = as_csv(tmp_path / "2.csv", *([said, *ROW[1:]] for said in SPELT))
    assert bring(district, again, one, check=True).there == len(SPELT)
    assert bring(district, again, one).there == len(SPELT)
    assert list(matters(district)) == [identity(first)]
    other = bring(district, as_csv(tmp_path / "3.csv", [SPELT[1], *ROW[1:-1], "换了说法"]), one)
    assert (other.opened, other.quarantined) == (0, 1)


def test_numbers_that_differ_open_two_matters(database: str, tmp_path: Path) -> None:
    rows = [[number, *ROW[1:]] for number in ("2024-11-1", "2024-1-11", "A-1", "A1", "007", "7")]
    assert bring(make_district(), as_csv(tmp_path / "a.csv", *rows), mapping(tmp_path)).opened == 6


# --- what a spreadsheet damaged -----------------------------------------------------------------------------------


@pytest.mark.parametrize("batch", [1, 500])
def test_a_number_that_lost_its_zeros_is_no_number(database: str, tmp_path: Path, batch: int) -> None:
    book = Workbook()
    book.active.append(HEAD)
    for number in ("000123", "000124", 125, "700001", "A5"):
        book.active.append([number, *ROW[1:]])
    book.save(tmp_path / "a.xlsx")
    district = make_district()
    tally = bring(district, tmp_path / "a.xlsx", mapping(tmp_path), batch=batch)
    assert (tally.opened, tally.quarantined, told(tally)) == (4, 1, {"signals.zeros_lost"})
    later = bring(district, as_csv(tmp_path / "b.csv", ["126", *ROW[1:]]), mapping(tmp_path))
    assert (later.opened, told(later)) == (0, {"signals.zeros_lost"})


def test_a_number_that_became_a_day_is_no_number(database: str, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(HEAD)
    book.active.append([datetime(2026, 1, 2), *ROW[1:]])
    book.save(tmp_path / "a.xlsx")
    tally = bring(make_district(), tmp_path / "a.xlsx", mapping(tmp_path))
    assert (tally.opened, told(tally)) == (0, {"signals.number_is_a_day"})


# --- cells --------------------------------------------------------------------------------------------------------


def test_a_day_in_a_text_is_what_people_see_and_a_day_as_time_needs_no_format(database: str, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(HEAD)
    book.active.append(["a1", "某", datetime(2025, 12, 1), datetime(2025, 12, 2, 9, 5), "桥头的灯灭了"])
    book.active["C2"].number_format = 'yyyy"年"m"月"d"日"'
    book.active["D2"].number_format = "m/d h:mm"
    book.save(tmp_path / "a.xlsx")

    one = mapping(tmp_path)
    district = make_district()
    assert bring(district, tmp_path / "a.xlsx", replace(one, time=replace(one.time, formats=["%Y/%m/%d"]))).opened == 1
    found = matters(district)["a1"]
    assert found.title == "2025年12月1日"
    assert found.created_at.isoformat() == "2025-12-02T01:05:00+00:00"


@pytest.mark.parametrize("column", range(len(HEAD)))
def test_an_error_in_a_column_that_is_used_opens_nothing(database: str, tmp_path: Path, column: int) -> None:
    rows = [list(ROW), ["a2", *ROW[1:]]]
    rows[1][column] = "#REF!"
    district = make_district()
    tally = bring(district, as_csv(tmp_path / "a.csv", *rows), mapping(tmp_path))
    assert (tally.opened, tally.quarantined, told(tally)) == (1, 1, {"tables.cell_broken"})
    ((_, words),) = tally.examples.values()
    assert f"{'ABCDE'[column]}3" in words.speak("en")


def test_an_error_in_a_column_that_nobody_reads_does_no_harm(database: str, tmp_path: Path) -> None:
    path = as_csv(tmp_path / "a.csv", [*ROW, "#N/A"], head=[*HEAD, "赞"])
    assert bring(make_district(), path, mapping(tmp_path)).opened == 1


def test_hidden_rows_open_nothing_and_the_report_counts_them(database: str, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(HEAD)
    for n in range(1, 5):
        book.active.append([f"a{n}", *ROW[1:]])
    book.active.row_dimensions[3].hidden = book.active.row_dimensions[4].hidden = True
    book.save(tmp_path / "a.xlsx")
    district = make_district()
    tally = bring(district, tmp_path / "a.xlsx", mapping(tmp_path))
    assert (tally.rows, tally.opened) == (2, 2)
    assert sorted(matters(district)) == ["a1", "a4"]
    assert "2 rows" in " ".join(words.speak("en") for words in tally.passed)
    for line in (2, 5):
        book.active.row_dimensions[line].hidden = True
    book.save(tmp_path / "b.xlsx")

    with pytest.raises(Unreadable, match="4 行"):
        bring(district, tmp_path / "b.xlsx", mapping(tmp_path))
