"""A statement is put together from pieces that carry their values; no text of one is mended."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.indicators.casework import Casework, at
from tests.support.district import make_district
from yiwang.indicators import queries
from yiwang.indicators.sql import FALSE, NOTHING, TRUE, Sql, either, every, joined, sql, verbatim
from yiwang.org.session import acting_as

ROOT = Path(__file__).resolve().parents[2] / "src" / "yiwang"


def test_pieces_bring_their_values_in_the_order_of_the_text() -> None:
    inner = sql("a = %s OR b LIKE %s", 1, "x%s")
    whole = sql("SELECT %s WHERE %s AND c < %s", Sql("n"), inner, 3)
    assert whole == Sql("SELECT n WHERE a = %s OR b LIKE %s AND c < %s", (1, "x%s", 3))


def test_a_value_too_few_or_too_many_is_refused() -> None:
    for parts in ((), (1, 2)):
        with pytest.raises(ValueError, match="zip"):
            sql("a = %s", *parts)


def test_conditions_that_say_nothing_are_not_asked() -> None:
    assert every([]) == every([TRUE, NOTHING]) == TRUE
    assert every([TRUE, Sql("a"), NOTHING, sql("b = %s", 1)]) == Sql("a AND b = %s", (1,))
    assert either([FALSE, sql("a = %s", 1)]) == Sql("(false) OR (a = %s)", (1,))
    assert joined(", ", [NOTHING, Sql("a")]) == Sql("a")


@given(text=st.text(alphabet="a%s(){}'\\"))
def test_what_an_expression_writes_comes_to_the_database_as_it_is(text: str) -> None:
    """The driver reads %% as %; between other pieces too."""
    assert verbatim(text).text % () == text
    whole = sql("%s AND %s", verbatim(text), 7)
    assert whole.text % ("7",) == f"{text} AND 7"


FILES = [file for room in ("indicators", "matters") for file in sorted((ROOT / room).glob("*.py"))]


@pytest.mark.parametrize("file", FILES, ids=[f"{file.parent.name}/{file.stem}" for file in FILES])
def test_no_statement_is_mended_after_it_was_written(file: Path) -> None:
    """No `format` and no `replace` of a text that a file calls its SQL; `verbatim` doubles the driver's sign."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in MENDING:
            subject = ast.unparse(node.func.value)
            mended = "sql" in subject.lower() or subject.isupper() or _is_a_statement(node.func.value)
            assert not mended, f"{file.name}:{node.lineno} {subject}"


MENDING = {"format", "format_map", "replace", "removesuffix", "removeprefix", "translate"}


def _is_a_statement(node: ast.expr) -> bool:
    text = ast.unparse(node).upper()
    return isinstance(node, ast.Constant | ast.JoinedStr) and any(word in text for word in ("SELECT ", "UPDATE ", "%("))


def test_mending_is_found() -> None:
    assert _is_a_statement(ast.parse("'SELECT 1'.format()").body[0].value.func.value)  # type: ignore[attr-defined]


ODD = """100%s {now} %(now)s %% it's "so" \\"""


def test_whatever_stands_in_a_condition_is_counted(database: str) -> None:
    """Per cent signs, brackets and quotes of a pack's own text are text, in counts, cases and the statement shown."""

    quoted = ODD.replace("'", "''")

    def with_an_odd_one(pack: Path) -> None:
        file = pack / "indicators" / "hotline_created.yaml"
        text, when = file.read_text("utf-8"), json.dumps(f"title = '{quoted}'")
        assert text.count('when: "true"') == 1
        file.write_text(text.replace('when: "true"', f"when: {when}"), "utf-8")

    work = Casework(make_district(with_an_odd_one))
    wanted = work.open(ODD)
    work.open("another")
    asked = {"period": "2026-03", "now": at(5)}
    found = queries.measure(work.district.system, "hotline_created", **asked)
    assert (found.numerator, found.cases().ids) == (1, [wanted])
    assert [one.numerator for one in queries.measure_by_month(work.district.system, "hotline_created", **asked)] == [1]
    then = queries.measure(work.district.system, "hotline_created", period="2026-03", as_of=at(5))
    assert (then.numerator, then.cases().ids) == (1, [wanted])
    with acting_as(work.district.system), connection.cursor() as cursor:
        cursor.execute(found.sql)
        assert cursor.fetchall()[0][2] == 1
