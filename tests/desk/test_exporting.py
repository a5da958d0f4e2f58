"""The list as a file: in the reader's words, complete, and no cell of it is a formula."""

from __future__ import annotations

import csv
import io
from datetime import datetime

import pytest
from openpyxl import load_workbook

from tests.support.clients import client
from tests.support.tickets import do, ticket

pytestmark = pytest.mark.usefixtures("database")

FORMULAS = ["=1+1", "＝HYPERLINK(1)", "+86", "－5", "@SUM(A1)", "\t=1", " =1", "普通的一句"]
CHANNELS = ["phone", "portal", "visit"]


@pytest.fixture(scope="module")
def district(database):
    from tests.support.district import make_district
    from yiwang.matters import store
    from yiwang.matters.reported import Reported
    from yiwang.org.session import acting_as

    made = make_district()
    first = ticket(made, reporter=Reported("王小明", "13800138000"))
    do(made, "dispatcher-1", first, "assign", {"unit": "water"}, "2026-10-12T10:20")
    with acting_as(made.system) as asker:
        for text in FORMULAS:
            data = {"title": text, "text": "内容", "channel": text, "category": "litter.pile"}
            store.open_matter(asker, "hotline", data, place=(121.91, 31.03))
        for channel in CHANNELS:
            said = {"title": "按渠道", "text": "内容", "channel": channel}
            store.open_matter(asker, "hotline", said, place=(121.91, 31.03))
        store.open_matter(asker, "grid_event", {"title": "没有类别、没有地点"})
    return made


def told(asking, query=""):
    """(head, rows) of the CSV."""
    body = b"".join(asking.get(f"/desk/matters/export.csv{query}").streaming_content)
    assert body.startswith(b"\xef\xbb\xbf")
    head, *rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    return head, rows


def codes(district):
    """Every code of kinds, stages and clocks: none of them is a word for a reader."""
    from yiwang.matters.kinds import current_kinds
    from yiwang.org.session import acting_as

    with acting_as(district.system) as asker:
        kinds = current_kinds(asker)
    return {name for kind in kinds for name in (kind.matter, *kind.stages, *kind.clocks, *kind.channels)}


@pytest.mark.parametrize(
    ("language", "number", "kind", "stage", "clock", "lead", "zone"),
    [
        ("zh-hans", "编号", "12345 热线工单", "待签收", "先行联系", "试验区水务局", "受理时间（UTC+08:00）"),
        ("en", "Number", "Hotline ticket", "To be accepted", "First contact", "Water Bureau", "Received (UTC+08:00)"),
    ],
)
def test_a_file_speaks_the_readers_language(district, language, number, kind, stage, clock, lead, zone):
    from django.urls import reverse

    asking = client(district, "dispatcher-1")
    asking.post(reverse("set_language"), {"language": language, "next": "/"})
    head, rows = told(asking, "?lead=water")
    assert (head[0], head[10]) == (number, zone)
    (row,) = rows
    found = dict(zip(head, row, strict=True))
    assert {kind, stage, clock, lead} <= set(found.values())
    assert found[zone] == "2026-10-12 10:00:00"
    assert not codes(district) & {cell for row in told(asking)[1] for cell in row}
    assert "13800138000" not in str(rows)
    assert "drain.blocked" in row  # with the code a row can be brought in again


def test_no_cell_is_a_formula_and_none_is_lost(district):
    asking = client(district, "dispatcher-1")
    _, rows = told(asking)
    assert not [cell for row in rows for cell in row if cell.lstrip()[:1] in tuple("=+-@＝＋－＠")]
    book = load_workbook(io.BytesIO(asking.get("/desk/matters/export.xlsx").content))
    (sheet,) = book.worksheets
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "d", "n"}  # "f" would be a formula
    assert not [cell for cell in cells if cell.data_type == "n" and cell.value is not None]
    assert {str(cell.value) for cell in cells} >= {text.strip() for text in FORMULAS}
    assert sheet.max_row - 1 == len(rows) == len(FORMULAS) + len(CHANNELS) + 2


def test_times_of_a_workbook_are_times_of_the_district(district):
    asking = client(district, "dispatcher-1")
    book = load_workbook(io.BytesIO(asking.get("/desk/matters/export.xlsx?lead=water").content))
    head, row = list(book.worksheets[0].iter_rows(values_only=True))
    assert row[head.index("受理时间（UTC+08:00）")] == datetime(2026, 10, 12, 10)


@pytest.mark.parametrize(
    "text",
    ["=1", "＝1", "﹦1", "+1", "＋1", "﹢1", "-1", "－1", "﹣1", "@a", "＠a", "﹫a", "\t1", "\r1", " =1", "\u3000＝1",
     '"=1', "'=1", "“＝1", "\u200b=1", "\ufeff＋1"],
)  # fmt: skip
def test_what_looks_like_a_formula_is_quoted_however_it_is_written(text):
    from yiwang.desk.exporting import plain

    assert plain(text) == f"'{text}"


@pytest.mark.parametrize("text", ["a=1", "1-2", "一＝二", "“好”", "12", "", "·=", "x@y"])
def test_what_is_no_formula_stays(text):
    from yiwang.desk.exporting import plain

    assert plain(text) == text
