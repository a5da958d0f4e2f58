"""In which encoding a text came: one place guesses, and guesses alike every time."""

from __future__ import annotations

import ast
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.circles import SOURCE
from yiwang.tables import Unreadable
from yiwang.tables.encoding import decoded, encoding_of

TEXT = "路灯不亮，学府路路灯三天不亮，晚上出行很不安全，请尽快派人维修。\n第二行\n"
TRADITIONAL = "路燈不亮，學府路路燈三天不亮，晚上出行很不安全，請儘快派人維修。\n第二行\n"

KNOWN = [
    ("utf-8", TEXT, "utf-8"),
    ("utf-8-sig", TEXT, "utf-8-sig"),
    ("utf-16", TEXT, "utf-16"),
    ("utf-32", TEXT, "utf-32"),
    ("gb18030", TEXT, "gb18030"),
    ("big5", TRADITIONAL, "cp950"),
    ("ascii", "a,b\n1,2\n", "utf-8"),
]


@pytest.mark.parametrize(("saved", "text", "known"), KNOWN, ids=[saved for saved, _, _ in KNOWN])
def test_what_offices_save_is_known_and_read(saved: str, text: str, known: str) -> None:
    content = text.encode(saved)
    assert encoding_of(content) == known
    assert decoded(content) == text


@pytest.mark.parametrize("saved", ["utf-8", "gb18030"])
def test_a_control_sign_that_was_copied_along_does_no_harm(saved: str) -> None:
    assert encoding_of(TEXT.replace("不亮", "不\x07亮").encode(saved)) == saved


def test_a_page_that_is_cut_in_the_middle_of_a_character_is_read() -> None:
    assert decoded((TEXT * 3).encode()[:-2]).startswith(TEXT)
    assert decoded((TEXT * 3).encode("gb18030")[:-2]).startswith(TEXT)


@pytest.mark.parametrize("content", [b"\x00\x01" * 40, b"\xff" * 40], ids=["zeros", "no character"])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        encoding_of(content)
    with pytest.raises(Unreadable):
        decoded(content)


@pytest.mark.parametrize("saved", ["big5", "euc_jp", "latin-1"])
def test_where_a_wrong_sign_does_harm_only_what_is_sure_is_taken(saved: str) -> None:
    text = {"big5": TRADITIONAL, "euc_jp": "ゴミの収集が遅れています", "latin-1": "déjà vu à côté"}[saved]
    with suppress(Unreadable):
        assert encoding_of(text.encode(saved), sure=True) != "gb18030"
    assert encoding_of(TEXT.encode("gb18030"), sure=True) == "gb18030"


@given(st.binary(max_size=300))
def test_no_bytes_do_more_than_be_refused_and_all_are_read_alike_twice(content: bytes) -> None:
    def read() -> str | None:
        try:
            return decoded(content)
        except Unreadable:
            return None

    assert read() == read()


def calls_and_words(file: Path) -> set[str]:
    """The names that a file calls, and its literal texts."""
    tree = ast.walk(ast.parse(file.read_text("utf-8")))
    found: set[str] = set()
    for node in tree:
        if isinstance(node, ast.Call):
            found.add(ast.unparse(node.func))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value.lower())
    return found


READERS = {"csv.reader", "csv.DictReader", "load_workbook", "openpyxl.load_workbook"}
ENCODINGS = {"gb18030", "gbk", "gb2312", "big5", "cp950", "utf-16"}


def test_one_room_reads_tables_and_guesses_encodings() -> None:
    elsewhere = {
        str(file.relative_to(SOURCE)): sorted(found)
        for file in SOURCE.rglob("*.py")
        if file.parent.name != "tables" and (found := calls_and_words(file) & (READERS | ENCODINGS))
    }
    assert elsewhere == {}
