"""Where engines differ, and the one answer that the language gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal as Exactly
from typing import Any

from yiwang.expr import UNKNOWN

FAILS = "fails"


@dataclass(frozen=True)
class Difference:
    name: str
    plain: str
    postgres: Any
    duckdb: Any
    spark: Any
    ours: str
    answer: Any


DIFFERENCES = [
    Difference("whole numbers divided", "7 / 2", 3, 3.5, 3.5, "n / 2", Exactly("3.5")),
    Difference(
        "decimals divided",
        "1.0 / 3",
        Exactly("0.33333333333333333333"),
        1 / 3,
        Exactly("0.333333"),
        "1.0 / 3",
        Exactly("0.333333"),
    ),
    Difference(
        "long quotients are rounded twice",
        "round(1234567890123456.0 / 3.0, 6)",
        Exactly("411522630041152.000000"),
        411522630041152.0,
        Exactly("411522630041152.000000"),
        "1234567890123456.0 / 3",
        Exactly("411522630041152"),
    ),
    Difference("divided by zero", "1 / 0", FAILS, float("inf"), FAILS, "n / (n - 7)", UNKNOWN),
    Difference("rest of a division by zero", "5 % 0", FAILS, FAILS, FAILS, "n % (n - 7)", UNKNOWN),
    Difference("whole division of negatives", "-7 / 2", -3, -3.5, -3.5, "div(-n, 2)", -3),
    Difference(
        "a sum of 32-bit literals",
        "2000000000 + 2000000000",
        FAILS,
        FAILS,
        FAILS,
        "2000000000 + 2000000000",
        4_000_000_000,
    ),
    Difference(
        "a sum of 64-bit numbers",
        "9223372036854775807 + 1",
        FAILS,
        FAILS,
        FAILS,
        "big * 10 + 9",
        9_999_999_999_999_999_999,
    ),
    Difference(
        "a product of decimals",
        "cast(99999999999999.9999 as decimal(18, 4)) * cast(99999999999999.9999 as decimal(18, 4))",
        Exactly("9999999999999999980000000000.00000001"),
        FAILS,
        Exactly("9999999999999999980000000000.00000001"),
        "wide * wide",
        Exactly("9999999999999999980000000000.00000001"),
    ),
    Difference(
        "results of different sizes",
        "coalesce(cast(2.5 as decimal(3, 1)), cast(1 as decimal(38, 0)))",
        Exactly("2.5"),
        Exactly(3),
        None,
        "coalesce(1 / n, wide * n)",
        Exactly("0.142857"),
    ),
    Difference("capital sharp s", "upper('ß')", "ß", "ẞ", "SS", "upper('ßa')", "ßA"),
    Difference("small dotted i", "lower('İ')", "i", "i", "i̇", "lower('İA')", "İa"),
    Difference(
        "a backslash in a pattern", r"'a\b' like 'a\b'", False, True, True, "contains(t, '\\') or t = ''", False
    ),
    Difference("a backslash in a text", r"length('a\b')", 3, 3, 2, r"length('a\b')", 3),
    Difference(
        "days between dates",
        "date '2026-03-01' - date '2026-02-01'",
        28,
        28,
        None,
        "date '2026-03-01' - '2026-02-01'",
        28,
    ),
    Difference(
        "the date of an instant",
        "cast(timestamp with time zone '2026-01-01 02:00:00+00:00' as date)",
        date(2025, 12, 31),
        date(2025, 12, 31),
        FAILS,
        "date(timestamp '2026-01-01 02:00:00+00:00')",
        date(2026, 1, 1),
    ),
    Difference(
        "a day on an instant, where clocks change",
        "timestamptz '2026-03-07 12:00:00-05:00' + interval '1 day' = timestamptz '2026-03-08 12:00:00-05:00'",
        False,
        False,
        FAILS,
        "at + interval '1 day' = timestamp '2026-03-08 17:00:00+00:00'",
        True,
    ),
    Difference(
        "a month as a length of time",
        "interval '1 month' = interval '30 days'",
        True,
        True,
        FAILS,
        "d + interval '1 month' = '2026-02-28'",
        True,
    ),
    Difference(
        "a date moved by a month",
        "date '2026-01-31' + interval '1 month'",
        datetime(2026, 2, 28),
        datetime(2026, 2, 28),
        date(2026, 2, 28),
        "d + interval '1 month'",
        date(2026, 2, 28),
    ),
    Difference(
        "the year of a date", "extract(year from date '2026-01-01')", Exactly(2026), 2026, 2026, "year(d)", 2026
    ),
    Difference("does a text contain another", "contains('abc', 'b')", FAILS, True, True, "contains('abc', 'b')", True),
    Difference("a text with an unknown part", "concat('a', null)", "a", "a", None, "'a' || choice", UNKNOWN),
]
