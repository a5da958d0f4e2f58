"""A city's log against its rules: a small one written here, and a real one where it is at hand."""

from __future__ import annotations

import csv
import gzip
from datetime import date
from pathlib import Path

import pytest

from tests.worktime.small_log import LOG
from yiwang.worktime import Calendar, RulesError
from yiwang.worktime.check import Columns, check
from yiwang.worktime.learn import learn, rules_text
from yiwang.worktime.log import Times, rows
from yiwang.worktime.log_rules import LogRules

HERE = Path(__file__).parent
BOSTON = HERE.parents[2] / "shared" / "data" / "requests" / "boston_2015.csv.gz"
CN = Calendar.load("cn")

RULES = {
    "rules": "own",
    "type": "类别",
    "verdict": {"on_time": ["按期", "提前"], "overdue": "超期"},
    "limits": {"咨询": "1个工作日", "投诉": {date(2026, 1, 1): "3个工作日", date(2026, 2, 1): "5个工作日"}},
}
COLUMNS = Columns("受理", "应办结", "办结", "结论")


@pytest.mark.parametrize("how", ["plain", "gzip", "gb18030", "bom"])
def test_a_log_is_counted_rule_by_rule(tmp_path: Path, how: str) -> None:
    file = tmp_path / "log.csv"
    encoded = LOG.encode({"gb18030": "gb18030", "bom": "utf-8-sig"}.get(how, "utf-8"))
    file.write_bytes(gzip.compress(encoded) if how == "gzip" else encoded)
    report = check(file, COLUMNS, LogRules.from_mapping(RULES), CN, show=1)
    asked, complained = report.tallies["咨询"], report.tallies["投诉"]
    assert (asked.rows, asked.agree, asked.judged, asked.verdict_agree, asked.verdict_by_rule) == (4, 3, 4, 3, 2)
    assert [(one.line, one.limit, str(one.computed)[:16]) for one in asked.disagreements] == [
        (4, "1 workday", "2026-02-14 17:00")
    ]
    assert asked.verdict_lines == [5]
    assert (asked.share, asked.verdict_share) == (0.75, 0.75)
    assert (complained.rows, complained.agree, complained.judged, complained.provisional) == (3, 3, 1, 1)
    assert report.unread == [9, 12]
    assert report.without_due == 2
    assert report.unknown_verdicts == {"作废": 1}
    assert {kind: tally.rows for kind, tally in report.unruled.items()} == {"表扬": 1, "投诉": 1}
    assert report.unruled["表扬"].verdict_agree == 1
    assert report.unruled["表扬"].share == 0
    assert report.all().rows == 7


EDGES = """kind,start,due,closed,verdict
k,02.03.2026 10:00,04.03.2026 00:00,04.03.2026 00:00,in time
k,02.03.2026 10:00,04.03.2026 00:01,04.03.2026 00:00,in time
k,02.03.2026 10:00,04.03.2026 00:02,04.03.2026 00:01,in time
k,02.03.2026 10:00,04.03.2026 00:03,,
k,02.03.2026 10:00,04.03.2026 00:04,04.03.2026 09:00,
k,02.03.2026 10:00,04.03.2026 00:05,04.03.2026 09:00,lost
,02.03.2026 10:00,04.03.2026 00:00,04.03.2026 09:00,lost
k,2026-03-02 10:00,04.03.2026 00:00,,
k,01.03.2026 23:00,03.03.2026 00:00,04.03.2026 00:00,late
"""


def test_the_edges_of_a_check(tmp_path: Path) -> None:
    """At the deadline is in time, off by the tolerance agrees, and each kind shows its first three disagreements."""
    file = tmp_path / "log.csv"
    file.write_text(EDGES, "utf-8")
    said = {"type": "kind", "time_format": "%d.%m.%Y %H:%M", "verdict": {"on_time": "in time", "overdue": "late"}}
    limits = {date(2026, 1, 1): "1 day, to midnight", date(2026, 3, 2): "1 day, to midnight"}
    rules = LogRules.from_mapping({**said, "limits": {"k": limits}})
    assert rules.tolerance_seconds == 60
    report = check(file, Columns("start", "due", "closed", "verdict"), rules, CN)
    tally = report.tallies["k"]
    assert (tally.rows, tally.agree, tally.judged, tally.verdict_agree, tally.verdict_by_rule) == (7, 3, 4, 4, 3)
    assert [one.line for one in tally.disagreements] == [4, 5, 6]
    assert (list(report.unruled), report.unknown_verdicts, report.unread) == ([""], {"lost": 2}, [9])


def test_as_many_wrong_verdicts_are_shown_as_asked(tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_text("kind,start,due,closed,verdict\n" + "k,2026-03-02,2026-03-03,2026-03-03,late\n" * 5, "utf-8")
    rules = LogRules.from_mapping(
        {"type": "kind", "limits": {"k": "1 day"}, "verdict": {"on_time": "in time", "overdue": "late"}}
    )
    for show in (0, 1, 3):
        report = check(file, Columns("start", "due", "closed", "verdict"), rules, CN, show)
        assert report.tallies["k"].verdict_lines == list(range(2, 2 + show))


def test_without_a_verdict_only_deadlines_are_checked(tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_text(LOG, "utf-8")
    report = check(file, Columns("受理", "应办结"), LogRules.from_mapping(RULES), CN, show=0)
    whole = report.all()
    assert (whole.rows, whole.judged, whole.verdict_share) == (7, 0, None)
    assert all(not tally.disagreements for tally in report.tallies.values())


def test_a_rules_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(
        "type: T\nconventions: same time\ntolerance_seconds: 5\n"
        "limits: {a: '1 day, as received', b: 1 day, to midnight: 2 days}"
    )
    rules = LogRules.load(file)
    assert (rules.name, rules.type_column, rules.tolerance_seconds, rules.verdicts) == ("own.yaml", "T", 5, {})
    assert str(rules.rules["a"].on(date(2026, 1, 1))) == "1 day, same time, as received"
    for text in ("[a]", "a: [", "a: \x00"):
        file.write_text(text)
        with pytest.raises(RulesError, match=r"own\.yaml"):
            LogRules.load(file)


def test_a_missing_column_and_a_broken_archive_are_said(tmp_path: Path) -> None:
    file = tmp_path / "log.csv.gz"
    file.write_bytes(gzip.compress(b"a,b\n1,2\n"))
    assert list(rows(file, ["a"])) == [(2, {"a": "1", "b": "2"})]
    with pytest.raises(RulesError, match="no column 'c'; there are: a, b"):
        list(rows(file, ["c"]))
    whole = gzip.compress(b"a,b\n1,2\n")
    for broken in (whole[:-9], whole[:10] + b"\xff" + whole[11:]):
        file.write_bytes(broken)
        with pytest.raises(RulesError, match="gzip is broken"):
            list(rows(file, ["a"]))
    file.write_bytes(b"caf\xe9\tb\n1\t2\n")
    assert list(rows(file, ["b"])) == [(2, {"caf\xe9": "1", "b": "2"})]


@pytest.mark.parametrize("allowed", [131_072, 10_000_000])
def test_a_quotation_mark_that_is_never_closed_is_said(tmp_path: Path, allowed: int) -> None:
    """Whatever another part of the program lets a cell hold."""
    file = tmp_path / "log.csv"
    file.write_text('a,b\n1,2\n3,"' + "x" * 200_000)
    before = csv.field_size_limit(allowed)
    try:
        with pytest.raises(RulesError, match="from line 3 on"):
            list(rows(file, ["a"]))
    finally:
        csv.field_size_limit(before)


def test_a_verdict_needs_the_time_of_closing(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="--closed"):
        check(tmp_path / "log.csv", Columns("受理", "应办结", verdict="结论"), LogRules.from_mapping(RULES), CN)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("2026-02-13", "2026-02-14 00:00"),
        ("2026/2/13", "2026-02-14 00:00"),
        ("2026年2月13日", "2026-02-14 00:00"),
        ("2026-02-13T00:00", "2026-02-13 00:00"),
        ("2026/02/13 00:00", "2026-02-13 00:00"),
    ],
)
def test_a_deadline_that_is_a_date_alone_ends_with_that_day(text: str, ends: str) -> None:
    times = Times(CN.zone)
    assert str(times.read_end(text))[:16] == ends
    assert str(times.read(text))[:16] == "2026-02-13 00:00"
    assert times.read_end("") is None


def test_a_log_of_dates_is_counted_in_days(tmp_path: Path) -> None:
    """Answered on the last day is in time."""
    file = tmp_path / "log.csv"
    file.write_text("类别,受理,应办结,办结,结论\n咨询,2026-02-13,2026-02-14,2026-02-14,按期\n", "utf-8")
    midnight = LogRules.from_mapping(RULES | {"conventions": "to midnight"})
    asked = check(file, COLUMNS, midnight, CN).tallies["咨询"]
    assert (asked.agree, asked.verdict_agree, asked.verdict_by_rule) == (1, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-13T10:00",
        "2026-02-13 10:00:00",
        "2026/02/13 10:00",
        "02/13/2026 10:00:00 AM",
        "02/13/2026 10:00 AM",
        "2/13/26 10:00",
        "2026年02月13日 10:00:00",
        "２０２６-０２-１３ １０：００",
        "2026年02月13日 10:00",
        "2026-02-13T02:00Z",
    ],
)
def test_times_are_read_as_logs_write_them(text: str) -> None:
    times = Times(CN.zone)
    for _ in range(2):
        at = times.read(text)
        assert at is not None
        assert at.isoformat()[:16] in ("2026-02-13T10:00", "2026-02-13T02:00")
    assert times.read(" ") is None
    assert times.read(None) is None
    with pytest.raises(ValueError, match="tomorrow"):
        times.read("tomorrow")
    own = Times(CN.zone, "%d.%m.%Y %H:%M").read("13.02.2026 10:00")
    assert own is not None
    assert own.day == 13


def test_the_limits_behind_a_log_are_learnt(tmp_path: Path) -> None:
    """Two kinds; one of them changed in the middle of the year."""
    from datetime import datetime, timedelta

    from yiwang.worktime import Limit, due

    lines = ["kind,start,due"]
    for n in range(300):
        start = datetime(2026, 1, 5, 3, 7, tzinfo=CN.zone) + timedelta(hours=17 * n, minutes=n)
        changed = start >= datetime(2026, 5, 6, tzinfo=CN.zone)
        for kind, text in (("a: b", "7 workdays" if changed else "3 workdays"), ("c", "30 days, same time")):
            at = due(start, Limit.parse(text), CN).at
            lines.append(f"{kind},{start.isoformat()},{at.astimezone(CN.zone).isoformat()}")
    lines += ["rare,2026-01-05T10:00,2026-01-06T17:00", "c,what,2026-01-06T17:00", "c,,"]
    file = tmp_path / "log.csv"
    file.write_text("\n".join(lines))
    learnt = {one.kind: one for one in learn(file, "start", "due", "kind", CN)}
    assert set(learnt) == {"a: b", "c"}
    assert learnt["c"].share == 1
    assert [str(limit).split(",")[0] for limit in learnt["a: b"].limits.values()] == ["3 workdays", "7 workdays"]
    text = rules_text(list(learnt.values()), "kind", 90)
    file_of_rules = tmp_path / "rules.yaml"
    file_of_rules.write_text(text)
    report = check(file, Columns("start", "due"), LogRules.load(file_of_rules), CN)
    assert report.tallies["c"].share == 1
    assert report.tallies["a: b"].share > 0.99


@pytest.mark.skipif(not BOSTON.is_file(), reason="the log of Boston 2015 is not at hand")
def test_the_log_of_boston_is_reproduced() -> None:
    """At least 20 of the 26 frequent kinds within 90 s for 90 % of their rows; 99.9 % of all verdicts."""
    rules = LogRules.load(HERE / "boston_2015_rules.yaml")
    columns = Columns("OPEN_DT", "TARGET_DT", "CLOSED_DT", "OnTime_Status")
    report = check(BOSTON, columns, rules, Calendar.load(HERE / "boston_2015.yaml"))
    frequent = [tally for tally in report.tallies.values() if tally.rows >= 300]
    assert len(frequent) == 26
    assert sum(tally.share >= 0.9 for tally in frequent) >= 25
    judged = [*report.tallies.values(), *report.unruled.values()]
    assert sum(one.verdict_agree for one in judged) >= 0.999 * sum(one.judged for one in judged) > 40_000
    assert report.unread == []
