"""Tables of goals and plans are read as people see them; a short name finds the unit whose full name it is."""

from __future__ import annotations

import io
from typing import cast

import pytest
from openpyxl import Workbook

from yiwang.goals import table
from yiwang.goals.units import named
from yiwang.org.district import District
from yiwang.reading.sources.xlsx import read_xlsx
from yiwang.tables.workbook import Hidden
from yiwang.why import Unreadable


def filled(*, hide_row: int = 0, hide_column: str = "") -> bytes:
    heads = [head.speak("zh") for head in table.COLUMNS.values()]
    book = Workbook()
    book.active.append(["目标分解表"])
    book.active.append(heads)
    for n in range(1, 4):
        book.active.append([f"M{n}.1", n, "章", f"第{n}件"])
    book.create_sheet("草稿").sheet_state = "hidden"
    if hide_row:
        book.active.row_dimensions[hide_row].hidden = True
    if hide_column:
        book.active.column_dimensions[hide_column].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_hidden_rows_of_the_breakdown_table_stay_out_and_are_counted() -> None:
    hidden = Hidden()
    rows = table._rows_of(filled(hide_row=4), hidden)
    assert [(number, row["id"]) for number, row in rows] == [(3, "M1.1"), (5, "M3.1")]
    assert any("1 行" in words.speak("zh") for words in hidden.told())


def test_a_table_whose_ids_are_hidden_is_refused_with_the_reason() -> None:
    with pytest.raises(Unreadable, match="隐藏的列 A"):
        table._rows_of(filled(hide_column="A"), Hidden())


def test_a_plan_in_a_workbook_is_what_people_see_of_it() -> None:
    read = read_xlsx(filled(hide_row=4))
    assert "第1件" in read.text
    assert "第2件" not in read.text
    assert any("1 row of" in words.speak("en") for words in read.warnings)


def test_a_short_name_finds_the_unit_whose_full_name_it_is() -> None:
    class Units:
        def named(self, text: str) -> object:
            return type("Unit", (), {"id": 7}) if text == "区人力资源社会保障局" else None

    assert named(cast(District, Units()), "区人社局") == [7]
    assert named(cast(District, Units()), "人社局") == [7]
    assert named(cast(District, Units()), "区民政局") == []
