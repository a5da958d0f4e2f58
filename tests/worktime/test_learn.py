"""Limits that are read off a log: one log for each way of counting, with slips and changes of the limit in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from yiwang.worktime import Calendar, Limit, due
from yiwang.worktime.learn import FEW, Learnt, learn, rules_text

CN = Calendar.load("cn")
FIRST = datetime(2026, 3, 2, 10, 7, tzinfo=CN.zone)
DAY = timedelta(days=1)


def starts(count: int, step: timedelta = timedelta(hours=31), first: datetime = FIRST) -> list[datetime]:
    return [first + n * step for n in range(count)]


def log(folder: Path, rows: Iterator[tuple[str, datetime | str, datetime | str]]) -> Path:
    file = folder / "log.csv"
    lines = [",".join(map(str, row)) for row in rows]
    file.write_text("\n".join(["kind,start,due", *lines]), "utf-8")
    return file


def learnt(file: Path, **more: int) -> list[Learnt]:
    return list(learn(file, "start", "due", "kind", CN, **more))


@pytest.mark.parametrize(
    "text",
    [
        "90 minutes, same time",
        "0 minutes, same time",
        "2 days, to midnight",
        "45 days, to midnight",
        "1 day, to office close",
        "7 months, to midnight",
        "1 workday, to midnight",
        "20 workdays, to office close",
        "3 workdays, same time, from next opening",
        "0 workdays, to office close, from next opening",
    ],
)
def test_the_limit_is_found_again(tmp_path: Path, text: str) -> None:
    """Whatever it is called: what is learnt gives the same deadline for every receipt of another year."""
    limit = Limit.parse(text)
    file = log(tmp_path, (("k", start, due(start, limit, CN).at) for start in starts(60)))
    (one,) = learnt(file)
    assert (one.kind, one.rows, one.share) == ("k", 60, 1.0)
    ((since, found),) = one.limits.items()
    assert since == date.min
    other_year = starts(60, first=FIRST.replace(year=2024))
    assert [due(at, found, CN).at for at in other_year] == [due(at, limit, CN).at for at in other_year]


def changed(before: str, after: str, at: int, count: int) -> Iterator[tuple[str, datetime, datetime]]:
    for n, start in enumerate(starts(count, DAY)):
        yield "k", start, due(start, Limit.parse(after if n >= at else before), CN).at


def test_a_change_of_the_limit_is_dated_to_the_day(tmp_path: Path) -> None:
    (one,) = learnt(log(tmp_path, changed("30 days", "9 days", 25, 60)))
    assert one.share == 1
    assert list(one.limits) == [date.min, (FIRST + 25 * DAY).date()]
    assert [limit.amount for limit in one.limits.values()] == [30, 9]


@pytest.mark.parametrize(("rows", "parts"), [(FEW - 1, 1), (FEW, 2)])
def test_a_change_is_believed_from_a_few_rows_on(tmp_path: Path, rows: int, parts: int) -> None:
    (one,) = learnt(log(tmp_path, changed("30 days", "9 days", 60 - rows, 60)))
    assert len(one.limits) == parts
    assert one.share == (1 if parts == 2 else (60 - rows) / 60)


def test_of_many_rows_a_change_must_explain_two_in_a_hundred(tmp_path: Path) -> None:
    assert len(learnt(log(tmp_path, changed("30 days", "9 days", 981, 1000)))[0].limits) == 1
    assert len(learnt(log(tmp_path, changed("30 days", "9 days", 980, 1000)))[0].limits) == 2


def test_slips_do_not_count_and_frequent_kinds_come_first(tmp_path: Path) -> None:
    limit = Limit.parse("2 days, to midnight")
    day = FIRST.isoformat()
    slips = [
        ("k", "yesterday", day),
        ("k", day, ""),
        ("k", "", day),
        ("k", day, (FIRST - DAY).isoformat()),
        ("k", FIRST.replace(year=2926).isoformat(), FIRST.replace(year=2926, month=4).isoformat()),
        ("k", FIRST.replace(year=1026).isoformat(), day),
    ]
    sound = [(kind, at, due(at, limit, CN).at) for kind, n in (("rare", 4), ("k", 6), ("most", 9)) for at in starts(n)]
    file = log(tmp_path, iter([*slips, *sound]))
    assert [(one.kind, one.rows, one.share) for one in learnt(file, least=5)] == [("most", 9, 1.0), ("k", 6, 1.0)]
    assert [one.kind for one in learnt(file, least=4)] == ["most", "k", "rare"]
    assert learnt(file) == []


def test_a_deadline_at_the_receipt_itself_counts(tmp_path: Path) -> None:
    (one,) = learnt(log(tmp_path, (("k", at, at) for at in starts(30))))
    assert (one.rows, one.share) == (30, 1)


@pytest.mark.parametrize(("seconds", "share"), [(89, 0.5), (90, 1.0), (91, 1.0)])
def test_how_far_off_a_row_may_be(tmp_path: Path, seconds: int, share: float) -> None:
    limit = Limit.parse("2 days, to midnight")
    rows = (("k", at, due(at, limit, CN).at + timedelta(seconds=90 * (n % 2))) for n, at in enumerate(starts(40)))
    (one,) = learnt(log(tmp_path, rows), tolerance_seconds=seconds)
    assert one.share == share


def test_the_rules_file_dates_only_what_changed() -> None:
    limits = {date.min: Limit.parse("30 days"), date(2026, 3, 27): Limit.parse("9 days")}
    long = "a kind with a very long name that would not fit into one line of an ordinary YAML file at all: " * 2
    some = [Learnt("k", 60, limits, 0.875), Learnt(long, 9, {date.min: Limit.parse("1 day")}, 1.0)]
    assert rules_text(some, "the type", 90, {"按期": False, "late": True, "超期": True}, "%d.%m.%Y") == (
        "rules: learnt\n"
        "type: the type\n"
        "tolerance_seconds: 90\n"
        'verdict: {"on_time": ["按期"], "overdue": ["late", "超期"]}\n'
        'time_format: "%d.%m.%Y"\n'
        "limits:\n"
        '  k: {1900-01-01: "30 days", 2026-03-27: "9 days"}  # 87.5% of 60\n'
        f"  '{long}': \"1 day\"  # 100.0% of 9\n"
    )
