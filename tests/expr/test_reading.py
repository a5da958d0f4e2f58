"""What is refused, where, and with which sentence: the messages a clerk gets for a rule that cannot be used."""

from __future__ import annotations

import gc
import weakref

import pytest

from yiwang.expr import Bool, Date, Decimal, Enum, ExprError, Field, Instant, Schema, Span, Text, Whole, nodes, parse

from .answers import ALL
from .district import MATTER

CODE = "is not a cell code: 6 digits for a district, 9 a street, 12 a neighbourhood, 15 a cell"
PATTERN = (
    "after `like` stands a written text: % for any part, _ for one character, no backslash; "
    "to find % itself use contains(…)"
)
MOMENTS = (
    "dates and instants can only be subtracted from their like, or moved by an interval; "
    "take date(…) of an instant first"
)
SPANS = "write a span as interval '3 days'; the units are second, minute, hour, day, week, month, year"
MONTHS = "months and years differ in length and cannot be compared with; use days or hours"
WIDE = "the result may have {} digits, at most {} are kept; round first, or declare the facts smaller"
QUOTES = "a quote is not closed; text stands between two single quotes, a quote inside it is written twice"
ONE_KIND = "all results must be of one kind: the first is "
READ = "cannot be read near “{}”; is an `and`, an `or`, a quote or a bracket missing?".format

REFUSED = [
    # text, column, what is said (in English)
    ("", 1, "a condition or a value is expected here, but nothing is written"),
    ("   \n ", 1, "a condition or a value is expected here, but nothing is written"),
    ("categry = 'a'", 1, "there is no fact `categry`; did you mean category?"),
    ("age > 1 and 年纪 > 2", 13, "there is no fact `年纪`"),
    ("form.urgncy = 'a'", 1, "there is no fact `form.urgncy`; did you mean form.urgency?"),
    ("lenght(category) > 1", 1, "there is no function lenght; did you mean length?"),
    ("sleep(10)", 1, "there is no function sleep"),
    ("age = '60岁'", 7, "`age` is a whole number; compare it with a whole number, not with '60岁' (text)"),
    ("'60岁' = age", 1, "`age` is a whole number; compare it with a whole number, not with '60岁' (text)"),
    ("category = 5", 12, "`category` is text; compare it with text, not with 5 (a whole number)"),
    ("closed = 1", 10, "`closed` is yes or no; compare it with yes or no, not with 1 (a whole number)"),
    ("amount > birth", 10, "`amount` is a number; compare it with a number, not with `date of birth` (a date)"),
    ("age in (1, 'x')", 12, "`age` is a whole number; compare it with a whole number, not with 'x' (text)"),
    ("birth < created_at", 9, "`date of birth` is a date; compare it with a date, not with `created_at` (an instant)"),
    ("form.urgency = 'urgnt'", 16, "`urgency` is one of 'normal', 'urgent'; there is no “urgnt”"),
    ("form.urgency in ('normal', 'x')", 28, "`urgency` is one of 'normal', 'urgent'; there is no “x”"),
    ("form.urgency > 'normal'", 1, "`urgency` is a choice, which has no order; use = or <>"),
    ("closed > false", 1, "`closed` is yes or no, which has no order; use = or <>"),
    ("age = null", 7, "a comparison with null never has an answer; write `is null` or `is not null`"),
    ("null <> age", 1, "a comparison with null never has an answer; write `is null` or `is not null`"),
    ("age in (1, null)", 12, "a comparison with null never has an answer; write `is null` or `is not null`"),
    ("age in ()", 1, "the list after `in` needs at least one entry"),
    ("null", 1, "null alone yields nothing"),
    ("coalesce(null, null)", 1, "null alone yields nothing"),
    ("age and closed", 1, "`age` is a whole number, not a condition; compare it, as … = …"),
    ("not 'a'", 5, "'a' is text, not a condition; compare it, as … = …"),
    ("case when age then 1 end", 11, "`age` is a whole number, not a condition; compare it, as … = …"),
    ("age is true", 1, "`age` is a whole number, not a condition; compare it, as … = …"),
    ("age + category", 7, "`category` is text; needed here: a number"),
    ("category || age", 13, "`age` is a whole number; needed here: text"),
    ("age like '6%'", 1, "`age` is a whole number; needed here: text"),
    ("- category", 3, "`category` is text; needed here: a number"),
    ("length(age + 1)", 8, "this is a whole number; needed here: text"),
    ("year(age)", 6, "`age` is a whole number; needed here: a date, an instant"),
    ("length()", 1, "length takes 1 arguments, here are 0"),
    ("contains(category)", 1, "contains takes 2 arguments, here are 1"),
    ("round(1, 2, 3)", 1, "round takes 2 arguments, here are 3"),
    ("now(1)", 1, "now takes 0 arguments, here are 1"),
    ("nullif(1)", 1, "nullif takes 2 arguments, here are 1"),
    ("coalesce()", 1, "coalesce takes 1 arguments, here are 0"),
    ("round(amount, age)", 15, "the places of round are a written number from 0 to 12"),
    ("round(amount, 13)", 15, "the places of round are a written number from 0 to 12"),
    ("round(amount, -1)", 16, "the places of round are a written number from 0 to 12"),
    ("div(amount, 2)", 5, "whole numbers (up to 18 digits) are needed here"),
    ("age % amount", 7, "whole numbers (up to 18 digits) are needed here"),
    ("mod(big + 1, 2)", 5, "whole numbers (up to 18 digits) are needed here"),
    ("within_cell(cell, '99')", 19, "“99” " + CODE),
    ("within_cell(cell, '99010６')", 19, "“99010６” " + CODE),
    ("category like order", 15, PATTERN),
    ("category like 5", 15, PATTERN),
    (r"category like 'a\%'", 15, PATTERN),
    ("case when closed then 1 else 'a' end", 30, ONE_KIND + "a whole number, this is text"),
    ("coalesce(birth, now())", 17, ONE_KIND + "a date, this is an instant"),
    # dates
    ("day = '2026-13-01'", 7, "“2026-13-01” is not a date; write it as '2026-06-30'"),
    ("day = '2026-6-1'", 7, "“2026-6-1” is not a date; write it as '2026-06-30'"),
    ("day > date '20260101'", 12, "“20260101” is not a date; write it as '2026-06-30'"),
    ("created_at > 'yesterday'", 14, "“yesterday” is not an instant; write it as '2026-06-30 09:00'"),
    ("created_at > '2026'", 14, "“2026” is not an instant; write it as '2026-06-30 09:00'"),
    ("day > '1799-12-31'", 7, "“1799-12-31” does not lie between the years 1800 and 2999"),
    ("day > '3000-01-01'", 7, "“3000-01-01” does not lie between the years 1800 and 2999"),
    ("day + 1", 1, MOMENTS),
    ("day + day", 1, MOMENTS),
    ("day * 2", 1, MOMENTS),
    ("now - day", 1, MOMENTS),
    ("interval '1 day' - day", 1, MOMENTS),
    ("now + interval '1 month'", 7, "an instant is not moved by months or years; take its date(…) first"),
    ("day + interval '1 hour'", 7, "a date is moved by whole days, weeks, months or years only"),
    ("day + (now - created_at)", 8, "a date is moved by a written span only, as interval '3 days'"),
    ("day + interval '3'", 7, SPANS),
    ("day + interval '3 moons'", 7, SPANS),
    ("day + interval '1 year 2 months'", 7, SPANS),
    ("day + interval age days", 7, SPANS),
    ("day + interval '201 years'", 7, "a span is at most 200 years long"),
    ("day + interval '2401 months'", 7, "a span is at most 200 years long"),
    ("now + interval '999999 weeks'", 7, "a span is at most 200 years long"),
    ("now - created_at > interval '1 month'", 20, MONTHS),
    ("interval '1 year'", 1, MONTHS),
    # numbers
    ("amount > 1e5", 10, "“1e5” is not a number that can be used; write it out, as 100000 or 0.5"),
    ("age > 1234567890123456789012345678901", 7, "this number has 31 digits, at most 30 are kept"),
    ("big * big * 10", 1, WIDE.format(38, 36)),
    ("big * big / 3", 1, WIDE.format(42, 36)),
    ("big * 100000 / 3.25", 1, WIDE.format(33, 31)),
    ("big * big = 0.1234567", 1, WIDE.format(43, 36)),
    # signs
    ("category ＝ 'a'", 10, "“＝” only looks like it; write ="),
    ("category = ‘a’", 12, "“‘” only looks like it; write '"),
    ("age ≥ 60", 5, "“≥” only looks like it; write >="),
    ("（age > 1）", 1, "“（” only looks like it; write ("),
    ("аge > 1", 1, "the sign а (CYRILLIC SMALL LETTER A) has no meaning here"),
    ("age\u200b > 1", 4, "the sign ZERO WIDTH SPACE has no meaning here"),
    ("age > 1; drop table matters", 8, "the sign ; (SEMICOLON) has no meaning here"),
    ("age > 1 -- and closed", 9, "an expression takes no comments; write them in the definition file"),
    ("age /* x */ > 1", 5, "an expression takes no comments; write them in the definition file"),
    ("category = 'a", 12, QUOTES),
    ("category = 'a\u202eb'", 14, "the text holds an invisible character U+202E; type it again"),
    ("category = 'a\x00b'", 14, "the text holds an invisible character U+0000; type it again"),
    ("age :: text = '1'", 5, "the sign : (COLON) has no meaning here"),
    ("age > ?", 7, "the sign ? (QUESTION MARK) has no meaning here"),
    ("age > $1", 7, "the sign $ (DOLLAR SIGN) has no meaning here"),
    ("age == 1", 5, "write =, not =="),
    ("age > 1 && closed", 9, "write and, not &&"),
    ("!closed", 1, "the sign ! (EXCLAMATION MARK) has no meaning here"),
    ("age ! = 1", 5, "the sign ! (EXCLAMATION MARK) has no meaning here"),
    ("age \x01 > 1", 5, "the sign U+0001 has no meaning here"),
    # shape
    ("age > ", 5, READ(">")),
    ("(age > 1", 8, READ("1")),
    ("age > 1)", 8, READ(")")),
    ("age > 1 closed", 9, READ("closed")),
    ("category = 暴露 垃圾", 15, READ("垃圾")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "column", "sentence"), REFUSED, ids=[text[:40] for text, _, _ in REFUSED])
def test_a_rule_that_cannot_be_used_is_refused_with_a_sentence(text: str, column: int, sentence: str) -> None:
    with pytest.raises(ExprError) as refused:
        parse(text, MATTER)
    error = refused.value
    assert (error.reason.speak("en"), error.column) == (sentence, column)
    assert error.line == 1
    assert error.speak("en") == f"line 1, column {column}: {sentence}"
    assert error.speak("zh").startswith(f"第 1 行第 {column} 列：")
    assert str(error) == error.speak("en")


NOT_PART_OF_IT = [
    "age in (select 1)", "exists(select 1)", "(select age)", "count(*)", "sum(age) over ()", "age = any(order)",
    "cast(age as text) = '1'", "date category", "int '5' = 5", "(age, 1)", "(1, 2) = (3, 4)",
    "category collate \"C\"", "category ilike 'a'", "category similar to 'a'", "category ~ 'a'",
    "age between symmetric 1 and 2", "interval", "category like 'a' escape '!'", "E'a\\nb' = category",
    "U&'a' = category", "x'1F' = category", "N'a' = category", "'a' 'b'", "age as x", "f(distinct age)",
    "f(age order by age)", "f(age => 1)", "*", "age.*", "age xor closed", "age & 1", "age | 1", "age ^ 2", "age ** 2",
    "age // 2", "age <=> 1", "age && 1", "@age", "age[1]", "{age: 1}", "age at time zone 'UTC'", "age is json",
    "case", "case end", "case when 1 end", "select 1", "from age", "age isnull", "if age then 1", "time '10:00'",
    "length(*)", "length(age.*)", "category.length(1)", "lambda age: 1", "age -> 'a'", "closed is (age > 1)",
    "closed is closed", "timestamp category", "date 5", "age == 61 = 5", "1_000", "0x1F = 31", "values (1)",
    "age filter (where closed)", "extract(year from day)", "trim(both 'a' from category)", "age,", ",",
    "insert into matters values (1)", "drop table matters", "pg_sleep(5) is null", "version()", "current_user",
    "current_setting('app.units')", "age union select 1", "'a' in category", "age over (1)",
    "interval '1 day' * 2 > 1",
]  # fmt: skip


@pytest.mark.parametrize("text", NOT_PART_OF_IT)
def test_all_other_sql_is_refused(text: str) -> None:
    with pytest.raises(ExprError) as refused:
        parse(text, MATTER)
    assert 1 <= refused.value.column <= len(text) + 1
    assert refused.value.speak("zh")
    assert refused.value.speak("en")


def test_the_place_is_told_by_line_and_column() -> None:
    with pytest.raises(ExprError) as refused:
        parse("category = '暴露垃圾'\n  and not closed\n  and age = '60岁'", MATTER)
    assert (refused.value.line, refused.value.column) == (3, 13)
    assert refused.value.speak("zh") == "第 3 行第 13 列：「年龄」是整数，应与整数比较，不能与'60岁'（文字）比较"


@pytest.mark.parametrize("text", [text for text, _ in ALL])
def test_every_part_knows_its_place(text: str) -> None:
    """Moved by two characters, every part of the tree stands two characters later."""
    here, later = parse(text, MATTER), parse("  " + text, MATTER)
    assert [one.at + 2 for one in nodes.walk(here.node)] == [one.at for one in nodes.walk(later.node)]
    assert all(0 <= one.at < len(text) for one in nodes.walk(here.node))


def test_the_place_of_a_word_that_occurs_twice() -> None:
    with pytest.raises(ExprError) as refused:
        parse("(age > 1 and age >) and age > 1", MATTER)
    assert refused.value.column in (18, 19)


TYPES = [
    ("age > 1", Bool), ("category", Text), ("age", Whole(3)), ("amount", Decimal(12, 2)), ("day", Date),
    ("now", Instant), ("form.urgency", Enum("normal", "urgent")), ("now - created_at", Span),
    ("day - birth", Whole(7)), ("'a'", Text), ("age + count", Whole(7)), ("age - amount", Decimal(13, 2)),
    ("amount * age", Decimal(15, 2)), ("-age", Whole(3)), ("amount * rate", Decimal(19, 6)),
    ("age / count", Decimal(9, 6)), ("amount / rate", Decimal(20, 6)), ("wide / wide", Decimal(24, 6)),
    ("round(amount)", Whole(11)), ("round(amount, 1)", Decimal(12, 1)), ("round(age, 1)", Whole(4)),
    ("abs(amount)", Decimal(12, 2)), ("div(count, age)", Whole(6)), ("count % age", Whole(3)),
    ("age % count", Whole(3)), ("length(category)", Whole(9)), ("year(day)", Whole(4)), ("day(day)", Whole(4)),
    ("age_on(birth, day)", Whole(4)), ("workdays_between(birth, day)", Whole(7)),
    ("coalesce(age, amount)", Decimal(12, 2)), ("coalesce(rate, amount)", Decimal(14, 4)),
    ("coalesce(null, age)", Whole(3)), ("case when closed then age else 1234 end", Whole(4)),
    ("nullif(age, 1)", Whole(3)), ("1.50", Decimal(3, 2)), ("0", Whole(1)), ("0.05", Decimal(2, 2)),
    ("007", Whole(1)), ("category || 'a'", Text), ("today()", Date), ("coalesce(form.urgency, category)", Text),
    ("coalesce(form.urgency, 'x')", Text), (".5", Decimal(1, 1)), ("5.", Decimal(1, 0)), ("age is null", Bool),
    ("lower(form.urgency)", Text),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), TYPES, ids=[text for text, _ in TYPES])
def test_what_an_expression_yields_is_known_before_it_runs(text: str, kind: object) -> None:
    assert parse(text, MATTER).type == kind


def test_a_chosen_value_of_either_of_two_lists() -> None:
    schema = Schema({"a": Enum("x", "y"), "b": Enum("y", "z"), "closed": Bool})
    assert parse("case when closed then a else b end", schema).type == Enum("x", "y", "z")


def test_a_date_is_not_moved_out_of_the_calendar() -> None:
    moved = "day" + " + interval '190 years'" * 5
    assert parse(moved, MATTER).type.digits == 955
    with pytest.raises(ExprError, match="at most 200 years"):
        parse(moved + " + interval '190 years'", MATTER)


def test_the_same_text_and_schema_give_the_same_expression_again() -> None:
    assert parse("age > 1", MATTER) is parse("age > 1", MATTER)
    assert parse("age > 1", MATTER) is not parse("age > 1", Schema({"age": Whole}))


def test_what_was_read_goes_with_its_schema() -> None:
    schema = Schema({"age": Whole})
    gone = weakref.ref(parse("age > 1", schema).schema)
    del schema
    gc.collect()
    assert gone() is None


def test_words_of_sql_may_be_names_of_facts() -> None:
    names = [
        "order",
        "group.user",
        "select",
        "type",
        "class.left",
        "desc",
        "values",
        "user",
        "key",
        "end_date",
        "limit",
    ]
    schema = Schema(dict.fromkeys(names, Whole))
    for name in names:
        assert parse(f"{name} > 1", schema).fields() == {name}


def test_a_quoted_name_is_the_same_name() -> None:
    schema = Schema({"order": Whole, "case.end": Whole})
    assert parse('"order" > 1 and "case.end" > 1 and "case"."end" > 2', schema).fields() == {"order", "case.end"}


def test_facts_of_an_expression() -> None:
    assert parse("age > 1 and (closed or clock.handling.due < now())", MATTER).fields() == {
        "age", "closed", "clock.handling.due", "now",
    }  # fmt: skip
    assert parse("1 + 1", MATTER).fields() == frozenset()
    assert parse("today() > birth", MATTER).missing({"birth": None}) == {"now", "birth"}


def test_a_name_of_a_fact_is_letters_digits_and_dots() -> None:
    for name in ("a b", "1a", "a..b", ".a", "a.", "a-b", "", 'a"b', "a;b"):
        with pytest.raises(ValueError, match="no name of a fact"):
            Schema({name: Text})


def test_now_is_the_instant_of_the_decision() -> None:
    with pytest.raises(TypeError, match="`now` is the instant"):
        Schema({"now": Date})
    assert Schema({"now": Field(Instant, sql={"postgres": "now()"})}).fields["now"].sql == {"postgres": "now()"}


def test_a_fact_is_of_a_type_that_rows_can_carry() -> None:
    with pytest.raises(TypeError, match="no fact is of the type span"):
        Field(Span)


def test_sizes_of_numbers() -> None:
    assert Whole(18).digits == 18
    assert (Decimal(12, 2).digits, Decimal(12, 2).scale, Decimal(12, 2).whole_digits) == (12, 2, 10)
    assert Decimal(3).scale == 3
    assert Decimal(36, 0).digits == 36
    for wrong in (lambda: Whole(0), lambda: Whole(37), lambda: Whole(3, 1), lambda: Text(3), lambda: Decimal(3, 4),
                  lambda: Decimal(3, -1), lambda: Enum()):  # fmt: skip
        with pytest.raises(TypeError):
            wrong()
    assert Enum(["a", "b"], "c") == Enum("a", "b", "c")
