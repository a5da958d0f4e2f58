"""Whatever is sent as an expression or as a fact gets a sentence, never a crash, and takes no time."""

from __future__ import annotations

import contextlib
import time
from datetime import date, datetime
from decimal import Decimal as Exactly
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from yiwang.expr import UNKNOWN, Expr, ExprError, FactError, Schema, Text, parse

from .district import MATTER, ROW

WORDS = [
    "age", "category", "closed", "clock.handling.due", "now", "now()", "and", "or", "not", "is", "null", "true", "in",
    "(", ")", ",", "'暴露垃圾'", "'", "''", "60", "1.5", ".", "+", "-", "*", "/", "%", "=", "<", ">", "<>", "||",
    "like", "between", "case", "when", "then", "else", "end", "interval", "'1 day'", "date", "timestamp",
    "'2026-01-01'",
    "coalesce", "round", "distinct", "from", "select", ";", "--", "/*", "＝", "“", "\u202e", "\x00", "union", "::",
    "->>", "$$", "\\", "\"", "date(", "age_on(", "workdays_between(", "symmetric", "escape", "as", "over", "filter",
    "[", "{", "?", "@x", "1e9", "0x1", "select", "values", "exists", "any", "all", "lateral", "cast(", "extract(",
    "within", "unknown", "collate",
]  # fmt: skip


def read_or_refused(text: str) -> Expr | None:
    start = time.perf_counter()
    try:
        return parse(text, MATTER)
    except ExprError as error:
        refused = error
    finally:
        assert time.perf_counter() - start < 5
    assert refused.speak("zh").startswith("第 ")
    assert refused.speak("en").startswith("line ")
    assert 1 <= refused.line <= text.count("\n") + 1
    assert refused.column >= 1
    return None


@given(text=st.text(max_size=200))
@settings(max_examples=400, deadline=None)
@example(text="\ud800")
@example(text="'\ud800'")
@example(text="a" * 5000)
def test_any_text(text: str) -> None:
    read_or_refused(text)


@given(words=st.lists(st.sampled_from(WORDS), max_size=25), glue=st.sampled_from([" ", "", "\n"]))
@settings(max_examples=800, deadline=None)
def test_any_row_of_words(words: list[str], glue: str) -> None:
    expr = read_or_refused(glue.join(words))
    if expr is not None:
        for dialect in ("postgres", "duckdb", "spark"):
            assert ";" not in expr.sql(dialect)
        expr.evaluate(ROW)
        expr.explain({})


DEEP = [
    "(" * 5000 + "age" + ")" * 5000,
    "(" * 40 + "age > 1" + ")" * 40,
    "not " * 900 + "closed",
    "- " * 1900 + "age",
    "case when closed then " * 200 + "1" + " end" * 200,
    "coalesce(" * 300 + "age" + ")" * 300,
    "age" + " + age" * 900,
    "age" + " - (age" * 150 + ")" * 150,
    "category" + " || category" * 400,
    "closed" + " = closed" * 300,
    "age " + "is null " * 300,
    "age in (" + "1, " * 3000 + "1)",
    "'" + "a" * 5000 + "'",
    "9" * 3000,
    "0." + "9" * 3000,
    "interval '" + "9" * 3000 + " days'",
    "date '" + "9" * 300 + "'",
    "day + interval '99999999 years'",
    "((((((" * 600,
    "))))))" * 600,
    "a." * 1900 + "a",
    "case " * 700,
    "[" * 3000,
    "'" * 3999,
    "1" + " / 12" * 30,
    "age" + " / (age" * 20 + ")" * 20,
    "age_on(case when " * 9 + "closed" + " then day else birth end, day) > 1" * 9,
    "\n" * 3999 + "x",
]


@pytest.mark.parametrize("text", DEEP, ids=[text[:20].strip() for text in DEEP])
def test_what_is_too_deep_or_too_long_is_refused(text: str) -> None:
    assert read_or_refused(text) is None


def test_what_is_long_but_flat_is_read() -> None:
    many = parse(" or ".join(f"age = {number}" for number in range(200)), MATTER)
    assert many.holds({"age": 199})
    assert many.evaluate({"age": 200}) is False
    assert parse("age in (" + ", ".join(str(number) for number in range(400)) + ")", MATTER).holds({"age": 399})
    assert parse("(" * 31 + "age > 1" + ")" * 31, MATTER).holds(ROW)
    assert parse("not " * 30 + "closed", MATTER).evaluate(ROW) is False
    assert parse("length(category" + " || category" * 20 + ") = 84", MATTER).holds(ROW)
    assert parse("case" + " when age = 1 then 1" * 100 + " else 2 end", MATTER).evaluate(ROW) == 2
    assert parse("age" + " + 1" * 30, MATTER).evaluate(ROW) == 91
    assert parse("age" + " / 1" * 6, MATTER).evaluate(ROW) == 61


def test_the_bounds_are_exact() -> None:
    assert parse("age > 1" + " " * (4000 - 7), MATTER)
    for text, sentence in (
        ("age > 1" + " " * (4001 - 7), "column 4001: too long: 4,001, at most 4,000"),
        ("(" * 33 + "age > 1" + ")" * 33, "nested too deep: at most 32 levels"),
        ("age in (" + "1," * 500 + "1)", "too long: 1,005, at most 1,000"),
    ):
        with pytest.raises(ExprError, match=sentence):
            parse(text, MATTER)
    assert parse("(" * 32 + "age > 1" + ")" * 32, MATTER)
    assert parse("age in (" + "1," * 497 + "1)", MATTER).holds({"age": 1})


INJECTIONS = [
    "'; drop table matters; --", "' or '1'='1", "\\'; drop table x; --", "a'b", "%", "\\", "\\\\'", "$$", "{0}", "%s",
    "`", '"', "暴露'垃圾", "\n", "E'", "/*",
]  # fmt: skip


@pytest.mark.parametrize("value", INJECTIONS)
def test_a_text_stays_a_text_in_every_engine(value: str, duck: Any, pg: Any) -> None:
    from . import engines

    written = value.replace("'", "''")
    expr = parse(f"category = '{written}' and contains(category, '{written}')", Schema({"category": Text}))
    for engine in (duck, pg):
        assert engines.values(engine, [expr], [{"category": value}, {"category": value + "x"}]) == [(True,), (False,)]
    assert expr.holds({"category": value})


def test_spark_needs_its_backslashes_doubled() -> None:
    assert parse(r"order = 'a\''b'", MATTER).sql("spark") == r"(`order` = 'a\\\'b')"


PATTERNS = ["%a" * 30 + "%", "%_" * 40, "%" * 60, "_%" * 30, "%aaaaaaaaaaaaaaaab%aaaaaaab%"]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_no_pattern_is_slow(pattern: str) -> None:
    start = time.perf_counter()
    parse(f"category like '{pattern}'", MATTER).evaluate({"category": "a" * 20_000})
    assert time.perf_counter() - start < 1


MISFITS: list[tuple[str, dict[str, Any], str]] = [
    ("age > 1", {"age": "61"}, "the fact `age` should be a whole number, but came as '61'"),
    (
        "amount + 1",
        {"amount": 0.5},
        "the fact `amount` should be a number, but came as 0.5; a float is not exact, give an int or a Decimal",
    ),
    (
        "amount = 0.5",
        {"amount": 0.5},
        "the fact `amount` should be a number, but came as 0.5; a float is not exact, give an int or a Decimal",
    ),
    (
        "age > 1",
        {"age": float("nan")},
        "the fact `age` should be a whole number, but came as nan; a float is not exact, give an int or a Decimal",
    ),
    # a wrong type that Python would compare, or take for a truth, all the same
    ("age = 61", {"age": "61"}, "the fact `age` should be a whole number, but came as '61'"),
    ("age > 0", {"age": True}, "the fact `age` should be a whole number, but came as True"),
    ("age is null", {"age": UNKNOWN}, "the fact `age` should be a whole number, but came as UNKNOWN"),
    ("category in ('a', 'b')", {"category": 5}, "the fact `category` should be text, but came as 5"),
    ("not closed", {"closed": 0}, "the fact `closed` should be yes or no, but came as 0"),
    ("closed and age = 1", {"closed": 0, "age": 1}, "the fact `closed` should be yes or no, but came as 0"),
    ("amount = 1", {"amount": Exactly("NaN")}, "the fact `amount` should be a number, but came as Decimal('NaN')"),
    (
        "amount > 1",
        {"amount": Exactly("Infinity")},
        "the fact `amount` should be a number, but came as Decimal('Infinity')",
    ),
    (
        "day = '2026-01-01'",
        {"day": datetime(2026, 1, 1)},
        "the fact `day` should be a date, but came as 2026-01-01T00:00:00",
    ),
    (
        "created_at + interval '1 day' is null",
        {"created_at": datetime(2026, 1, 1)},
        "the fact `created_at` should be an instant, but came as 2026-01-01T00:00:00; "
        "its offset is missing, add it, as +08:00",
    ),
    (
        "created_at > now()",
        {"created_at": datetime(2026, 1, 1), "now": ROW["now"]},
        "the fact `created_at` should be an instant, but came as 2026-01-01T00:00:00; "
        "its offset is missing, add it, as +08:00",
    ),
    (
        "created_at = now()",
        {"created_at": datetime(2026, 1, 1), "now": ROW["now"]},
        "the fact `created_at` should be an instant, but came as 2026-01-01T00:00:00; "
        "its offset is missing, add it, as +08:00",
    ),
    (
        "created_at <> now()",
        {"created_at": datetime(2026, 1, 1), "now": ROW["now"]},
        "the fact `created_at` should be an instant, but came as 2026-01-01T00:00:00; "
        "its offset is missing, add it, as +08:00",
    ),
    (
        "date(created_at) = '2026-01-01'",
        {"created_at": datetime(2026, 1, 1)},
        "the fact `created_at` should be an instant, but came as 2026-01-01T00:00:00; "
        "its offset is missing, add it, as +08:00",
    ),
    (
        "day > '2026-01-01'",
        {"day": datetime(2026, 1, 1)},
        "the fact `day` should be a date, but came as 2026-01-01T00:00:00",
    ),
    ("contains(category, 'a')", {"category": 5}, "the fact `category` should be text, but came as 5"),
    ("amount / 3 > 1", {"amount": Exactly("NaN")}, "the fact `amount` should be a number, but came as Decimal('NaN')"),
    ("amount > 3", {"amount": Exactly("NaN")}, "the fact `amount` should be a number, but came as Decimal('NaN')"),
    ("lower(category) = 'a'", {"category": b"a"}, "the fact `category` should be text, but came as b'a'"),
    (
        "day + interval '200 years' > day",
        {"day": date(9990, 1, 1)},
        "“day + interval '200 years' > day” came to a value outside of what can be held",
    ),
    (
        "created_at + interval '9000 days' > now",
        {"created_at": datetime(9998, 1, 1, tzinfo=ROW["now"].tzinfo), "now": ROW["now"]},
        "“created_at + interval '9000 days' > now” came to a value outside of what can be held",
    ),
]


@pytest.mark.parametrize(("text", "row", "sentence"), MISFITS, ids=[text for text, _, _ in MISFITS])
def test_a_fact_of_another_type_is_named(text: str, row: dict[str, Any], sentence: str) -> None:
    expr = parse(text, MATTER)
    for use in (expr.evaluate, expr.holds, expr.explain):
        with pytest.raises(FactError) as refused:
            use(row)
        assert str(refused.value) == sentence
        assert refused.value.speak("zh")


SOUND = [
    "age > 1 and contains(category, 'a')", "amount * rate / 3 > 1", "today() > birth", "not closed",
    "coalesce(urgent, closed) or now() < created_at", "abs(round(amount)) % 3 = 1",
]  # fmt: skip
anything = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.dates(), st.datetimes(), st.binary(),
    st.lists(st.integers()), st.decimals(), st.timedeltas(),
)  # fmt: skip


@given(text=st.sampled_from(SOUND), row=st.dictionaries(st.sampled_from(sorted(MATTER.fields)), anything))
@settings(max_examples=400, deadline=None)
def test_any_facts(text: str, row: dict[str, Any]) -> None:
    with contextlib.suppress(FactError):
        parse(text, MATTER).evaluate(row)
