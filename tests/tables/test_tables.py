"""Tables as they come: every row is read, or told with its line."""

from __future__ import annotations

import csv
import gzip
import io
import resource
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from yiwang.tables import Row, Unreadable, open_table

HEAD = ["编号", "主题", "详情"]
NEEDS = ["编号", "主题"]


def rows_of(path: Path, needs: list[str] = NEEDS) -> list[Row]:
    table = open_table(path, needs)
    with table.stream:
        return list(table.rows)


def written(folder: Path, content: bytes | str, name: str = "来信.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


TEXT = '编号,主题,详情\n1,井盖松动,"小区门口,\n第二行"\n2,路灯不亮,\n'

FORMS = [
    # how the same table may come
    ("utf-8", TEXT.encode()),
    ("utf-8 with mark", TEXT.encode("utf-8-sig")),
    ("gb18030", TEXT.encode("gb18030")),
    ("utf-16", TEXT.encode("utf-16")),
    ("utf-32", TEXT.encode("utf-32")),
    ("utf-32 of big ends", b"\x00\x00\xfe\xff" + TEXT.encode("utf-32-be")),
    ("windows line ends", TEXT.replace("\n", "\r\n").encode()),
    ("the sign at the end of a file of DOS", TEXT.encode() + b"\x1a"),
    ("tabs", TEXT.replace("小区门口,", "小区门口，").replace(",", "\t").replace("，", ",").encode()),
    ("semicolons", TEXT.replace(",", ";").replace("门口;", "门口,").encode()),
    ("gzip", gzip.compress(TEXT.encode("gb18030"))),
    ("a title above the head", ("2026 年来信汇总\n\n" + TEXT).encode()),
    ("spaces in the head", TEXT.replace("主题", " 主题　").encode()),
    ("blank lines between", TEXT.replace("\n2", "\n\n,,\n2").encode()),
]


@pytest.mark.parametrize(("how", "content"), FORMS, ids=[how for how, _ in FORMS])
def test_the_same_rows_in_every_form(tmp_path: Path, how: str, content: bytes) -> None:
    rows = rows_of(written(tmp_path, content))
    told = [{name: cell.replace("\r\n", "\n") for name, cell in row.cells.items()} for row in rows]
    assert told == [
        {"编号": "1", "主题": "井盖松动", "详情": "小区门口,\n第二行"},
        {"编号": "2", "主题": "路灯不亮", "详情": ""},
    ]
    assert all(row.trouble is None for row in rows)


def workbook(folder: Path, *lines: list[object]) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "封面"
    for line in lines:
        book.active.append(line)
    path = folder / "来信.xlsx"
    book.save(path)
    return path


def test_a_workbook(tmp_path: Path) -> None:
    path = workbook(
        tmp_path, ["2026 年来信"], [], HEAD, [188006.0, "井盖松动", datetime(2026, 3, 2, 9, 5)], [2, "路灯不亮", None]
    )
    assert [row.cells for row in rows_of(path)] == [
        {"编号": "188006", "主题": "井盖松动", "详情": "2026-03-02 09:05:00"},
        {"编号": "2", "主题": "路灯不亮"},
    ]


REFUSED = [
    # what came                                      what the sentence says
    (b"", "空"),
    (b"  \n\n", "空"),
    (b"%PDF-1.7 ...", "PDF"),
    (b"\xd0\xcf\x11\xe0 old", "xlsx"),
    (b"PK\x03\x04 not really a workbook", "工作簿"),
    (b"\x7fELF\x02\x01\x01\x00\x00\x00", "不是表格"),
    (bytes(range(1, 256)) * 40, "UTF-8"),
    (b"\x1f\x8b\x08\x00 broken", "损坏"),
    ("<html><table><tr><td>编号</td><td>主题</td></tr></table></html>".encode(), "网页"),
    ("\ufeff<?xml version='1.0'?>\n<Workbook/>".encode(), "网页"),
    ("编号,题目\n1,井盖\n".encode(), "主题"),
    ("编号,主题,主题\n1,井盖,井盖\n".encode(), "不止一次"),
    ("編號,主題\n1,路燈\n".encode("big5"), "映射"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "says"), REFUSED)
def test_what_is_no_table_gets_a_sentence(tmp_path: Path, content: bytes, says: str) -> None:
    with pytest.raises(Unreadable) as refused:
        rows_of(written(tmp_path, content))
    assert says in refused.value.words.speak("zh")
    assert refused.value.words.speak("en")


TROUBLED = [
    # what stands in the file                                                rows in order: number, or the trouble's key
    ('1,好,\n2,"没有闭合,\n3,好,\n4,好,\n', ["1", "tables.quote_open", "3", "4"]),
    ('1,好,\n2,"说"他"不来",\n3,好,\n', ["1", "2", "3"]),
    ('1,好,\n2,"前"后,\n3,"好",\n', ["1", "2", "3"]),
    ("1,好,\n2,好,,,,多\n3,好,\n", ["1", "tables.too_many_cells", "3"]),
    ("1,好,,,,\n2,好,\n", ["1", "2"]),
    ("1,好\n2,好\n3,好\n4,好,远\n", ["1", "2", "3", "4"]),  # rows that leave out what is empty at their end
    ("1,好,近\n2,好\n3,好,远\n", ["1", "tables.too_few_cells", "3"]),
    ("1,好,近\n2,好\n不好,近\n3,好,远\n", ["1", "tables.broken_over_lines", "3"]),  # a break in the text, no quotes
    ("1,好,近\n2,好\n坏\n不好,近\n3,好,远\n", ["1", "tables.broken_over_lines", "3"]),
    ('1,好,"到文件末尾也没有闭合\n', ["tables.quote_open"]),
]


@pytest.mark.parametrize(("content", "told"), TROUBLED)
def test_a_bad_row_costs_itself_and_no_other(tmp_path: Path, content: str, told: list[str]) -> None:
    rows = rows_of(written(tmp_path, "编号,主题,详情\n" + content))
    assert [row.trouble.key if row.trouble else row.cells["编号"] for row in rows] == told


def test_a_line_of_wrong_bytes_is_told_and_kept(tmp_path: Path) -> None:
    lines = [f"{n},路面积水,雨后\n".encode() for n in range(50)]
    lines[7] = "7,乱码,雨后\n".encode("gb18030")
    rows = rows_of(written(tmp_path, "编号,主题,详情\n".encode() + b"".join(lines)))
    assert len(rows) == 50
    assert [row.line for row in rows if row.trouble] == [9]
    assert "\\x" in rows[7].raw


def test_an_endless_line_is_stepped_over(tmp_path: Path) -> None:
    rows = rows_of(written(tmp_path, "编号,主题\n1,好\n2," + "长" * 2_000_000 + "\n3,好\n"))
    assert [row.trouble.key if row.trouble else row.cells["编号"] for row in rows] == [
        "1",
        "tables.line_too_long",
        "3",
    ]


def test_a_packed_file_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    packed = gzip.compress(("编号,主题\n" + "".join(f"{n},路面积水 {n * 7919}\n" for n in range(90_000))).encode())
    table = open_table(written(tmp_path, packed[: len(packed) // 2]), NEEDS)
    seen: list[str] = []
    with table.stream, pytest.raises(Unreadable, match="中断"):
        seen.extend(row.cells["编号"] for row in table.rows)
    assert seen[:3] == ["0", "1", "2"]
    assert len(seen) > 10_000


cells = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), max_size=12)


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.tuples(st.integers(0, 999), cells, cells), min_size=1, max_size=12),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
    ends=st.sampled_from(["\n", "\r\n"]),
)
def test_what_was_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[int, str, str]], encoding: str, ends: str
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=ends)
    writer.writerow(HEAD)
    writer.writerows(rows)
    path = written(tmp_path_factory.mktemp("t"), out.getvalue().encode(encoding))
    try:
        table = open_table(path, NEEDS)
    except Unreadable:  # a heap of the rarest characters may be any encoding
        assume(encoding == "gb18030")
        return
    assert table.head == HEAD
    told = [row.cells for row in table.rows]
    table.stream.close()
    expected = [{"编号": str(n), "主题": a, "详情": b} for n, a, b in rows]
    # texts of one encoding can be texts of the other: what matters is that plain ones never change
    if table.form.endswith(encoding) or (encoding == "gb18030") == table.form.endswith("gb18030"):
        assert told == expected


@settings(max_examples=200, deadline=None)
@given(content=st.binary(max_size=2000))
def test_no_bytes_whatever_do_more_than_be_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = written(tmp_path_factory.mktemp("t"), "编号,主题,详情\n".encode() + content)
    try:
        rows = rows_of(path)
    except Unreadable:
        return
    assert all(row.trouble or row.cells for row in rows)


@pytest.mark.slow
def test_two_hundred_megabytes_take_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    line = ("路面积水，" * 60).encode()
    with path.open("wb") as file:
        file.write("编号,主题,详情\n".encode())
        for start in range(0, 220_000, 1000):
            file.write(b"".join(b"%d,%s,\n" % (n, line) for n in range(start, start + 1000)))
    assert path.stat().st_size > 190 << 20
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    table = open_table(path, NEEDS)
    with table.stream:
        assert sum(1 for row in table.rows if row.trouble is None) == 220_000
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 64 << 10  # kilobytes


@pytest.mark.parametrize("byte", [b"a", b"\n", b'"', b",", b"\xff", b"\x00"])
def test_a_large_file_of_nonsense_is_refused_at_once(tmp_path: Path, byte: bytes) -> None:
    path = written(tmp_path, byte * (20 << 20))
    with pytest.raises(Unreadable):
        rows_of(path)


ESCAPED = [
    # what the file writes                        what people see
    (r'"他说\"不行\"，就走了"', '他说"不行"，就走了'),
    (r'"\"不行\""', '"不行"'),
    (r'"C:\\共享\\"', "C:\\共享\\"),
    (r'"第一行\n还是第一行"', r"第一行\n还是第一行"),
    (r"没有引号\的", r"没有引号\的"),
    ('"第一行 \\"门\n口\\" 第二行"', '第一行 "门\n口" 第二行'),
]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_quotes_that_a_whole_file_escapes_by_backslash_show_as_quotes(tmp_path: Path, encoding: str) -> None:
    lines = [f"{n},主题,{cell}\n" for n, (cell, _) in enumerate(ESCAPED)]
    rows = rows_of(written(tmp_path, ("编号,主题,详情\n" + "".join(lines)).encode(encoding)))
    assert [row.cells["详情"] for row in rows] == [shown for _, shown in ESCAPED]
    assert all(row.trouble is None for row in rows)
    assert rows[0].raw == lines[0].strip()


def test_a_backslash_escapes_nothing_where_quotes_are_doubled(tmp_path: Path) -> None:
    text = '编号,主题,详情\n1,"他说""不行""的",x\n2,"C:\\共享\\",y\n'
    rows = rows_of(written(tmp_path, text))
    assert [row.cells["主题"] for row in rows] == ['他说"不行"的', "C:\\共享\\"]
