"""A workbook is read as people see it: what is hidden stays out and is told, a day is a day, an error is no value."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from yiwang.tables import Row, Table, Unreadable, open_table
from yiwang.tables.cells import UNCOMPUTED, is_broken, seen, text_of
from yiwang.tables.workbook import Hidden, values

HEAD = ["编号", "主题", "时间", "备注"]
NEEDS = ["编号", "主题"]


def read(path: Path, needs: list[str] = NEEDS) -> tuple[list[Row], Table]:
    table = open_table(path, needs)
    with table.stream:
        return list(table.rows), table


def filled(rows: int = 6) -> Workbook:
    book = Workbook()
    book.active.title = "来信"
    book.active.append(HEAD)
    for n in range(1, rows + 1):
        book.active.append([f"a{n}", f"第{n}件", datetime(2026, 3, n), f"注{n}"])
    return book


def saved(book: Workbook, folder: Path) -> Path:
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def said(table: Table) -> str:
    return " ".join(words.speak(language) for words in table.passed_over() for language in ("zh", "en"))


# --- hidden -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["by hand", "by a filter", "folded"])
def test_rows_that_people_do_not_see_stay_out_and_are_counted(tmp_path: Path, how: str) -> None:
    book = filled()
    sheet = book.active
    if how == "by a filter":
        sheet.auto_filter.ref = "A1:D7"
        sheet.auto_filter.add_filter_column(0, ["a1", "a3", "a5"])
    for line in (3, 5, 7):
        if how == "folded":
            sheet.row_dimensions.group(line, line, hidden=True)
        else:
            sheet.row_dimensions[line].hidden = True
    sheet.row_dimensions[90].hidden = True  # nothing stands there
    rows, table = read(saved(book, tmp_path))
    assert [(row.line, row.cells["编号"]) for row in rows] == [(2, "a1"), (4, "a3"), (6, "a5")]
    assert "3 行" in said(table)
    assert "3 rows" in said(table)


def test_a_column_that_people_do_not_see_stays_out_and_is_named(tmp_path: Path) -> None:
    book = filled(2)
    book.active.column_dimensions["D"].hidden = True
    rows, table = read(saved(book, tmp_path))
    assert [row.cells.get("备注") for row in rows] == [None, None]
    assert "备注" not in table.head
    assert "隐藏的列 D" in said(table)


def test_a_column_that_is_needed_and_hidden_is_a_refusal_that_says_so(tmp_path: Path) -> None:
    book = filled(2)
    book.active.column_dimensions["A"].hidden = True
    with pytest.raises(Unreadable) as refused:
        read(saved(book, tmp_path))
    assert "编号" in refused.value.words.speak("zh")
    assert "隐藏的列 A" in refused.value.words.speak("zh")


def test_a_hidden_sheet_is_named_and_an_empty_one_is_not(tmp_path: Path) -> None:
    book = filled(1)
    draft = book.create_sheet("草稿")
    draft.append(HEAD)
    draft.sheet_state = "veryHidden"
    book.create_sheet("空").sheet_state = "hidden"
    _, table = read(saved(book, tmp_path))
    assert [words.args["name"] for words in table.passed_over()] == ["草稿"]


def test_what_covers_visible_rows_counts_from_a_hidden_one_too(tmp_path: Path) -> None:
    book = filled(3)
    sheet = book.active
    sheet["D3"] = sheet["D4"] = None
    sheet.merge_cells("D2:D4")
    sheet.row_dimensions[2].hidden = True
    rows, _ = read(saved(book, tmp_path))
    assert [row.cells["备注"] for row in rows] == ["注1", "注1"]


# --- days ---------------------------------------------------------------------------------------------------------

SHOWN = [
    # the format of a cell                       what people see of 1 December 2025, 15:04:05
    ("yyyy-mm-dd", "2025-12-01"),
    ("yyyy/m/d", "2025/12/1"),
    ("yyyy/m/d h:mm", "2025/12/1 15:04"),
    ('yyyy"年"m"月"d"日"', "2025年12月1日"),
    ("yyyy年m月d日;@", "2025年12月1日"),
    ("[$-804]yyyy\\-mm\\-dd\\ h:mm:ss", "2025-12-01 15:04:05"),
    ("m/d/yy h:mm AM/PM", "12/1/25 3:04 PM"),
    ("[$-409]d-mmm-yy", "1-Dec-25"),
    ("mm:ss", "04:05"),
    ("aaaa", "星期一"),
    ("[DBNum1]yyyy年", "2025-12-01 15:04:05"),  # in other numerals: as ISO, never as a number
    ("m-d-yy", "12-1-25"),
]


@pytest.mark.parametrize(("shape", "shows"), SHOWN, ids=[shape for shape, _ in SHOWN])
def test_a_day_is_what_people_see_and_never_its_number(tmp_path: Path, shape: str, shows: str) -> None:
    book = filled(1)
    book.active["C2"].value = datetime(2025, 12, 1, 15, 4, 5)
    book.active["C2"].number_format = shape
    rows, _ = read(saved(book, tmp_path))
    assert rows[0].cells["时间"].startswith("2025-12-01")
    assert rows[0].shown["时间"] == shows


@pytest.mark.parametrize("number", [14, 22, 27, 31, 36, 57, 58])
def test_formats_that_a_chinese_spreadsheet_keeps_by_number_show_days(tmp_path: Path, number: int) -> None:
    """The file says only the number of the format; what is behind it is the language's own."""
    book = filled(1)
    book.active["C2"].value = 45992
    book.active["C2"].number_format = '0.0"marked"'
    path = saved(book, tmp_path)
    with zipfile.ZipFile(path) as parts:
        content = {name: parts.read(name) for name in parts.namelist()}
    own = re.search(rb'<numFmt numFmtId="(\d+)"[^>]*marked[^>]*/>', content["xl/styles.xml"])
    assert own is not None
    style = content["xl/styles.xml"].replace(own[0], b"")
    style = style.replace(b'numFmtId="%s"' % own[1], b'numFmtId="%d"' % number)
    with zipfile.ZipFile(path, "w") as parts:
        for name, part in content.items():
            parts.writestr(name, style if name == "xl/styles.xml" else part)
    rows, _ = read(path)
    assert rows[0].cells["时间"] == "2025-12-01 00:00:00"
    assert "45992" not in rows[0].shown["时间"]
    assert "12" in rows[0].shown["时间"]


@pytest.mark.parametrize(
    ("kept", "shows"),
    [
        ("第一行_x000D_\n第二行", "第一行\n第二行"),
        ("第一行_x000d__x000A_第二行", "第一行\n第二行"),
        ("甲_x0000_乙", "甲乙"),
        ("_x005F_x000D_", "_x000D_"),
        ("box_x1", "box_x1"),
    ],
)
def test_signs_that_xml_cannot_hold_are_read_as_people_see_them(tmp_path: Path, kept: str, shows: str) -> None:
    book = filled(1)
    book.active["B2"].value = kept
    rows, _ = read(saved(book, tmp_path))
    assert rows[0].cells["主题"] == shows


@pytest.mark.parametrize(
    ("number", "shape", "shows"),
    [
        (9, '"GD-"000', "GD-009"),
        (20260012, "0000\\-0000", "2026-0012"),
        (13800138000, "000-0000-0000", "138-0013-8000"),
        (123456, "000", "123456"),
        (7, "[$-804]00号;@", "07号"),
        (5, '0"元"', "5"),
        (1200, "#,##0", "1200"),
        (-7, "000", "-7"),
    ],
)
def test_a_number_has_the_signs_that_its_format_puts_around_it(
    tmp_path: Path, number: int, shape: str, shows: str
) -> None:
    book = filled(1)
    book.active["A2"].value = number
    book.active["A2"].number_format = shape
    rows, _ = read(saved(book, tmp_path))
    assert rows[0].cells["编号"] == shows


def test_what_is_no_day_is_shown_as_it_is_kept() -> None:
    assert seen(45992, "0") is None
    assert seen("2025年12月1日", "@") is None
    assert text_of(timedelta(hours=26, minutes=5)) == "26:05:00"
    assert (seen(date(2025, 12, 1), "General"), seen(time(9, 5), "h:mm")) == ("2025-12-01", "9:05")


# --- errors -------------------------------------------------------------------------------------------------------

ERRORS = [
    "#N/A",
    "#REF!",
    "#VALUE!",
    "#DIV/0!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#WERT!",
    "########",
    "Err:502",
]


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_an_error_of_a_spreadsheet_is_told_with_its_cell(tmp_path: Path, kind: str, error: str) -> None:
    if kind == "xlsx":
        book = filled(2)
        book.active["B3"].value = error
        path = saved(book, tmp_path)
    else:
        path = tmp_path / "a.csv"
        path.write_text(f"编号,主题\na1,第1件\na2,{error}\n", "utf-8")
    rows, _ = read(path)
    assert [list(row.broken) for row in rows] == [[], ["主题"]]
    for language in ("zh", "en"):
        assert "B3" in rows[1].broken["主题"].speak(language)
        assert error in rows[1].broken["主题"].speak(language)


@pytest.mark.parametrize("text", ["#", "#3 号桥", "#路灯不亮#", "N/A", "REF", "无", "#N/A 桥头", "Error", "E5", ""])
def test_what_people_write_is_no_error(text: str) -> None:
    assert not is_broken(text)


def test_a_formula_that_was_never_computed_is_told_as_one(tmp_path: Path) -> None:
    """A program wrote the file and no spreadsheet has opened it since: there is a formula and no value."""
    book = Workbook()
    book.active.append(["编号", "主题"])
    book.active.append(["=1000+1", "井盖松动"])
    book.active.append(["1002", '="路灯"&"不亮"'])
    book.active.append(["1003", None])
    path = tmp_path / "a.xlsx"
    book.save(path)
    with (table := open_table(path, ["编号", "主题"])).stream:
        rows = list(table.rows)
    told = [{column: words.speak("en") for column, words in row.broken.items()} for row in rows]
    assert [list(one) for one in told] == [["编号"], ["主题"], []]
    assert "A2" in told[0]["编号"]
    assert "never computed" in told[0]["编号"]
    hidden = Hidden()
    sheets = [list(rows) for rows in values(path.read_bytes(), hidden, most_rows=99, most_columns=9)]
    assert [row for _, row in sheets[0]][1:] == [(UNCOMPUTED, "井盖松动"), ("1002", UNCOMPUTED), ("1003",)]
    assert "2 formulas" in hidden.told()[0].speak("en")


def test_a_formula_whose_value_is_an_empty_text_is_an_empty_cell(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["编号", "主题"])
    book.active.append(["1", "here"])
    path, changed = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    book.save(path)
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(changed, "w") as after:
        for part in before.namelist():
            content = before.read(part)
            if part.endswith("sheet1.xml"):
                content = re.sub(rb'<c r="B2"[^>]*>.*?</c>', b'<c r="B2" t="str"><f>""</f><v></v></c>', content)
            after.writestr(part, content)
    with (table := open_table(changed, ["编号", "主题"])).stream:
        (row,) = table.rows
    assert (row.cells.get("主题", ""), row.broken) == ("", {})
