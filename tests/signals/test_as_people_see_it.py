"""What comes in is what people see in the file: rows, numbers, places, ends; what is left out is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import Workbook

from tests.signals.words import HEAD, ROW, as_csv, bring, mapping, matters, told
from tests.support.district import make_district
from yiwang.matters.kinds import kind_of
from yiwang.org.session import acting_as
from yiwang.signals.definition import complaints
from yiwang.signals.numbers import identity
from yiwang.tables import Unreadable

# --- rows ---------------------------------------------------------------------------------------------------------


def test_every_visible_sheet_is_read_and_the_others_are_named(database: str, tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "说明"
    book.active.append(["本表由值班室汇总"])
    for name, state in (("一月", "visible"), ("二月", "visible"), ("草稿", "hidden")):
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        sheet.append(HEAD)
        sheet.append([f"{name}1", *ROW[1:]])
    book.save(tmp_path / "a.xlsx")
    district = make_district()
    tally = bring(district, tmp_path / "a.xlsx", mapping(tmp_path))
    assert sorted(matters(district)) == ["一月1", "二月1"]
    passed = " ".join(words.speak("zh") for words in tally.passed)
    assert "说明" in passed
    assert "草稿" in passed


def test_a_merged_cell_counts_for_each_row_that_it_covers(database: str, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(HEAD)
    sheet.append(ROW)
    sheet.append(["a2", None, None, None, "第二句"])
    sheet.append(["a3", None, "井盖", None, "第三句"])
    sheet.merge_cells("B2:B4")
    sheet.merge_cells("C2:C3")
    sheet.merge_cells("D2:D900")  # reaches over rows in which nothing stands
    book.save(tmp_path / "a.xlsx")
    district = make_district()
    assert bring(district, tmp_path / "a.xlsx", mapping(tmp_path)).rows == 3
    found = matters(district)
    assert [found[number].title for number in ("a1", "a2", "a3")] == ["灯灭", "灯灭", "井盖"]
    assert {one.facts["reporter.name"] for one in found.values()} == {"某"}


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_lines_end_as_they_please(database: str, tmp_path: Path, ends: str, encoding: str) -> None:
    path = as_csv(tmp_path / "a.csv", ROW, ["a2", *ROW[1:]], ends=ends, encoding=encoding)
    assert bring(make_district(), path, mapping(tmp_path)).opened == 2


def test_characters_of_the_island_are_read_as_such_and_never_as_others(database: str, tmp_path: Path) -> None:
    rows = [["a1", "某", "路燈不亮", ROW[3], "學府路路燈三天不亮"], ["a2", "某", "井蓋鬆動", ROW[3], "門口有響聲"]]
    path = as_csv(tmp_path / "a.csv", *rows, head=["號", "誰", "事", "時", "話"], encoding="big5")
    one = mapping(tmp_path)

    fields = {"title": "事", "text": "話"}
    island = replace(
        one, id="號", time=replace(one.time, column="時"), fields=fields, reporter=type(one.reporter)("誰")
    )
    district = make_district()
    assert bring(district, path, island).form == "csv big5"
    assert matters(district)["a2"].title == "井蓋鬆動"


def test_a_file_without_a_row_is_refused(database: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="只有表头"):
        bring(make_district(), as_csv(tmp_path / "a.csv"), mapping(tmp_path))


def test_columns_that_are_not_used_are_named(database: str, tmp_path: Path) -> None:
    path = as_csv(tmp_path / "a.csv", [*ROW, "9"], head=[*HEAD, "赞"])
    assert "赞" in bring(make_district(), path, mapping(tmp_path)).passed[0].speak("zh")


# --- numbers ------------------------------------------------------------------------------------------------------

ROUNDED = ["2.02412E+13", "2.024e+17", "2E+15"]


@pytest.mark.parametrize("number", ROUNDED)
def test_a_number_that_a_spreadsheet_rounded_is_no_number(database: str, tmp_path: Path, number: str) -> None:
    district = make_district()
    tally = bring(
        district, as_csv(tmp_path / "a.csv", [number, *ROW[1:]], [number, *ROW[1:-1], "别的事"]), mapping(tmp_path)
    )
    assert (tally.opened, tally.quarantined) == (0, 2)
    assert told(tally) == {"signals.number_rounded"}


def test_long_numbers_of_a_workbook_are_rounded_and_those_kept_as_text_are_not(database: str, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(HEAD)
    for number in (202411200000012345, 202411200000012346.0, "202411200000012347", 7):
        book.active.append([number, *ROW[1:]])
    book.active.cell(5, 1).number_format = "0000"
    book.save(tmp_path / "a.xlsx")
    district = make_district()
    assert bring(district, tmp_path / "a.xlsx", mapping(tmp_path)).quarantined == 2
    assert sorted(matters(district)) == ["0007", "202411200000012347"]


@settings(max_examples=60, deadline=None)
@given(st.text("0123456789AB-", min_size=1, max_size=20).filter(lambda text: text.strip("-")))
def test_spellings_of_one_number_are_one(number: str) -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in number)
    spellings = [number, wide, f'="{number}"', f"'{number}", f" {number}\t", f"\u200b{number}"]
    assert {identity(one) for one in spellings} == {number}
    assert identity(identity(number)) == identity(number)


# --- the same message ---------------------------------------------------------------------------------------------


def test_other_columns_formats_and_spellings_make_no_other_message(database: str, tmp_path: Path) -> None:
    district, one = make_district(), mapping(tmp_path)
    monday = as_csv(tmp_path / "1.csv", [*ROW, "待办"], head=[*HEAD, "状态"])
    assert bring(district, monday, one).opened == 1
    same = [
        [*ROW, "办理中"],
        ["ａ１", *ROW[1:], "已办"],
        ['="a1"', "某 ", "灯灭", "2026-11-20 10:00:00", "桥头的灯灭了\u200b", ""],
        ["a1", "某", "灯灭", "1795140000", "桥头的灯灭了", ""],  # the same instant
    ]
    assert bring(district, as_csv(tmp_path / "2.csv", *same, head=[*HEAD, "状态"]), one).there == 4
    other = bring(district, as_csv(tmp_path / "3.csv", [*ROW[:-1], "换了说法"]), one)
    assert (other.quarantined, told(other)) == (1, {"signals.changed"})


def test_a_mended_mapping_does_not_make_other_messages(database: str, tmp_path: Path) -> None:
    district = make_district()
    path = as_csv(tmp_path / "a.csv", [*ROW, "桥头"], head=[*HEAD, "地址"])
    assert bring(district, path, mapping(tmp_path)).opened == 1
    more = mapping(tmp_path, "defaults: {channel: 来信}\n")
    assert bring(district, path, more).there == 1

    wider = replace(more, fields={**more.fields, "address": "地址"})
    assert bring(district, path, wider).there == 1


# --- places and ends ----------------------------------------------------------------------------------------------


def test_a_place_outside_the_district_is_no_place_and_is_told(database: str, tmp_path: Path) -> None:
    district = make_district()
    inside = (121.91, 31.03)
    rows = [
        [f"p{n}", *ROW[1:], lon, lat]
        for n, (lon, lat) in enumerate(
            [("0", "0.0"), ("2.35", "48.85"), (str(inside[0]), str(inside[1])), (str(inside[1]), str(inside[0]))]
        )
    ]
    path = as_csv(tmp_path / "a.csv", *rows, head=[*HEAD, "经度", "纬度"])
    tally = bring(district, path, mapping(tmp_path, "place: {lon: 经度, lat: 纬度}\n"))
    found = matters(district)
    assert {number: one.lon is not None for number, one in found.items()} == {"p0": False, "p1": False, "p2": True}
    assert found["p2"].street_id is not None
    assert {"signals.place_zero", "signals.place_outside"} <= told(tally)


ENDED = "ended: {column: 状态, values: {已办结: closed, 不办: declined}, open: [待办], at: 办结}\n"


def test_what_ended_elsewhere_comes_in_ended(database: str, tmp_path: Path) -> None:
    district = make_district()
    rows = [
        ["e1", "某", "灯灭", "2019/3/4 10:00:00", "桥头的灯灭了", "已办结", "2019/3/6 15:00:00"],
        ["e2", "某", "灯灭", "2019/3/4 10:00:00", "桥头的灯灭了", "不办", ""],
        ["e3", *ROW[1:], "待办", ""],
        ["e4", *ROW[1:], "谁知道", ""],
        ["e5", *ROW[1:], "已办结", "2019/3/6 15:00:00"],  # before it was sent
    ]
    path = as_csv(tmp_path / "a.csv", *rows, head=[*HEAD, "状态", "办结"])
    tally = bring(district, path, mapping(tmp_path, ENDED))
    assert (tally.opened, tally.ended, tally.quarantined) == (3, 2, 2)
    assert {"signals.value_unknown", "signals.ended_before"} <= told(tally)
    found = matters(district)
    assert [(found[n].stage, found[n].closed_at is None, found[n].due_at is None) for n in ("e1", "e2", "e3")] == [
        ("closed", False, True),
        ("declined", False, True),
        ("received", True, False),
    ]
    assert found["e1"].closed_at.isoformat() == "2019-03-06T07:00:00+00:00"
    assert not any(name.startswith("clock.") for name in found["e1"].facts)
    assert found["e1"].holder is None


def test_what_would_be_overdue_at_once_is_said_before_it_is_opened(database: str, tmp_path: Path) -> None:
    old = ["o1", "某", "灯灭", "2019/3/4 10:00:00", "桥头的灯灭了"]
    path = as_csv(tmp_path / "a.csv", old, ["o2", *old[1:]])
    assert bring(make_district(), path, mapping(tmp_path), check=True).late == 2


# --- reasons ------------------------------------------------------------------------------------------------------


def test_reasons_are_summed_by_their_kind(database: str, tmp_path: Path) -> None:
    rows = [[f"t{n}", "某", "灯灭", f"第{n}天", "桥头的灯灭了"] for n in range(30)]
    tally = bring(make_district(), as_csv(tmp_path / "a.csv", *rows), mapping(tmp_path))
    assert list(tally.reasons.values()) == [30]
    ((line, words),) = tally.examples.values()
    assert line == 2
    assert "第0天" in words.speak("zh")


def test_a_mapping_may_name_only_ends_of_the_kind(database: str, tmp_path: Path) -> None:
    district = make_district()
    with acting_as(district.system):
        kind = kind_of(district.system, "hotline")
    one = mapping(tmp_path, ENDED.replace("closed", "handling"))
    assert [at for at, _ in complaints(one, kind)] == ["ended.values"]
