"""Files of every kind, and a sentence for each that cannot be read."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import docx
import openpyxl
import pypdf
import pytest

from yiwang.reading import Reading, UnreadableDocument, read

LINE = "1.养老。新增养老床位300张。（责任单位：区民政局）"
PLAN = f"澄江区2026年重点工作安排\n一、民生\n{LINE}\n"


def gist(reading: Reading) -> list[tuple[str, object, str | None]]:
    return [(s.indicator, s.value, s.lead_unit) for s in reading.statements]


PAGE = """<!DOCTYPE html><html><head><script>x=9000</script></head><body><nav>首页 9家</nav>
<h1>澄江区2026年重点工作安排</h1><p>一、民生</p>
<p>1.养老。新增养老床位<b>300</b>张。（责任单位：区民政局）</p><form>错误 5条</form></body></html>"""
EXPECTED = [("新增养老床位数", 300, "区民政局")]


@pytest.mark.parametrize(
    "data",
    [
        PLAN.encode(),
        PLAN.encode("utf-8-sig"),
        PLAN.encode("gb18030"),
        PLAN.encode("utf-16"),
        f"# 澄江区2026年重点工作安排\n\n## 一、民生\n\n**{LINE}**\n".encode(),
        PAGE.encode(),
    ],
    ids=["utf-8", "utf-8 with mark", "gb18030", "utf-16", "markdown", "html"],
)
def test_text_in_every_dress(data: bytes) -> None:
    reading = read(data)
    assert gist(reading) == EXPECTED
    assert reading.year == 2026
    for s in reading.statements:
        assert reading.text[s.quote_offset :].startswith(s.quote)


def test_word_document_with_a_table() -> None:
    document = docx.Document()
    document.add_paragraph("澄江区2026年重点工作安排")
    table = document.add_table(rows=2, cols=5)
    rows = (
        ["序号", "任务内容", "牵头单位", "配合单位", "完成时限"],
        ["7", "新增养老床位300张", "区民政局", "各街镇", "9月底"],
    )
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            table.cell(i, j).text = cell
    stream = io.BytesIO()
    document.save(stream)
    reading = read(stream.getvalue())
    assert gist(reading) == EXPECTED
    assert [(i.item_no, i.units, i.due) for i in reading.items] == [("7", ["区民政局", "各街镇"], date(2026, 9, 30))]


def test_workbook_of_tasks() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["2026年澄江区政府重点工作任务分解表"])
    sheet.append(["序号", "类别", "任务内容", "量化目标", "牵头单位", "配合单位", "完成时限"])
    sheet.append([1, "民生", "发展养老", "新增养老床位300张", "区民政局", "区财政局、各街镇", "上半年"])
    stream = io.BytesIO()
    book.save(stream)
    reading = read(stream.getvalue(), filename="任务.xlsx")
    assert gist(reading) == EXPECTED
    assert [(i.item_no, i.title, i.units) for i in reading.items] == [
        ("1", "发展养老", ["区民政局", "区财政局", "各街镇"])
    ]
    assert [s.due for s in reading.statements] == [date(2026, 6, 30)]


def refused(data: bytes, name: str | None = None) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read(data, filename=name)
    zh, en = caught.value.words.speak("zh"), caught.value.words.speak("en")
    assert zh
    assert en
    return zh


def pdf(*, password: str | None = None) -> bytes:
    writer = pypdf.PdfWriter()
    for _ in range(3):
        writer.add_blank_page(width=200, height=200)
    if password:
        writer.encrypt(password)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 60_000_000)
    return stream.getvalue()


def archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("计划.txt", PLAN)
    return stream.getvalue()


def test_bad_files_get_a_sentence_each() -> None:
    sentences = [
        refused(b""),
        refused(b" \n\t "),
        refused(pdf()),
        refused(pdf(password="secret")),
        refused(b"%PDF-1.7 cut off"),
        refused(bomb()),
        refused(archive()),
        refused(b"PK\x03\x04 cut off"),
        refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100),
        refused(b"\x89PNG\r\n\x1a\n" + b"\x00" * 50),
        refused(b"\x00\x01\x02\x03" * 50),
    ]
    assert "扫描" in sentences[2]
    assert "密码" in sentences[3]
    assert len(set(sentences)) >= 8


def test_another_language_is_read_with_a_word_of_warning() -> None:
    reading = read(b"The district will build 300 beds for the elderly this year.")
    assert reading.statements == []
    assert reading.warnings[0].speak("en").startswith("There is hardly any Chinese")


def test_the_file_is_kept_by_its_hash_and_its_text_unchanged() -> None:
    text = "⼆、２０２６年⼯作安排\r\n1．养⽼。新增养⽼床位 ３００ 张。"
    reading = read(text)
    assert reading.text == text
    assert len(reading.sha256) == 64
    assert read(text.encode()).sha256 == reading.sha256
    assert [(s.number, s.value) for s in reading.statements] == [("３００", 300)]


def test_a_report_of_three_hundred_pages_is_read_at_once() -> None:
    pages = PLAN + "\n".join(
        f"（{'一二三四五六七八九十'[k % 10]}）持续优化第{k}片区环境，新建公园{k}座、绿道{k}公里。"
        for k in range(1, 3000)
    )
    reading = read(pages)
    assert len(reading.statements) == 1 + 2 * 2999
