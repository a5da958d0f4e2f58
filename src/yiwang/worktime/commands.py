"""`yiwang worktime …`: when something is due and why; whether a city's log agrees with its rules."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .calendar import Calendar
    from .check import Report

NAMED = 5  # kinds without a rule, or unknown words, that are named


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    room = subparsers.add_parser("worktime", help="deadlines, calendars, clocks")
    room.set_defaults(run=lambda _: room.print_help())
    commands = room.add_subparsers(metavar="COMMAND")

    due = commands.add_parser("due", help="when it is due, day by day")
    due.add_argument("--start", required=True, help="receipt, e.g. 2026-02-13T10:00 (the calendar's wall clock)")
    due.add_argument("--limit", required=True, help='e.g. "5 workdays", "4工作时", "三季度末"')
    due.add_argument("--calendar", default="cn", help="a shipped calendar or a file (default: cn)")
    due.add_argument("--pause", action="append", default=[], metavar="FROM/TO", help="the clock stood; TO may be empty")
    due.add_argument("--reason", default="-", help="reason of the pauses")
    due.add_argument("--approver", default="-", help="who approved the pauses")
    due.add_argument("--json", action="store_true")
    _language(due)
    due.set_defaults(run=_politely(_due))

    check = commands.add_parser("check", help="recompute a real log")
    check.add_argument("file", type=Path, help="CSV, plain or gzip")
    check.add_argument("--start", required=True, metavar="COL")
    check.add_argument("--due", required=True, metavar="COL")
    check.add_argument("--closed", metavar="COL")
    check.add_argument("--verdict", metavar="COL")
    check.add_argument("--rules", required=True, type=Path, metavar="RULES.yaml")
    check.add_argument("--calendar", required=True)
    check.add_argument("--show", type=int, default=3, metavar="N", help="disagreements shown of each rule (default: 3)")
    check.add_argument("--json", action="store_true")
    _language(check)
    check.set_defaults(run=_politely(_check))

    learn = commands.add_parser("learn", help="propose a rules file for a log")
    learn.add_argument("file", type=Path, help="CSV, plain or gzip")
    learn.add_argument("--start", required=True, metavar="COL")
    learn.add_argument("--due", required=True, metavar="COL")
    learn.add_argument("--type", required=True, metavar="COL")
    learn.add_argument("--closed", metavar="COL", help="with --verdict: learn the words of the verdict too")
    learn.add_argument("--verdict", metavar="COL")
    learn.add_argument("--calendar", required=True)
    learn.add_argument("--time-format", metavar="FORMAT", help='where the times are not recognised, e.g. "%%d.%%m.%%Y"')
    learn.add_argument("--tolerance-seconds", type=int, default=90)
    learn.add_argument("--least", type=int, default=30, help="rows a kind must have (default: 30)")
    _language(learn)
    learn.set_defaults(run=_politely(_learn))


def _language(parser: argparse.ArgumentParser) -> None:
    spoken = "zh" if os.environ.get("LC_ALL", os.environ.get("LANG", "")).startswith("zh") else "en"
    parser.add_argument("--language", choices=("zh", "en"), default=spoken)


def _politely(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """What the user can mend is one sentence and exit code 2."""

    def asked(args: argparse.Namespace) -> int:
        from .errors import WorktimeError

        try:
            return run(args)
        except WorktimeError as error:
            print(error.words.speak(args.language), file=sys.stderr)
            return 2

    return asked


def _due(args: argparse.Namespace) -> int:
    from . import Calendar, Limit, Pause, due

    calendar = Calendar.load(args.calendar)
    pauses = []
    for text in args.pause:
        begin, _, end = text.partition("/")
        pauses.append(
            Pause(_instant(begin, calendar), _instant(end, calendar) if end else None, args.reason, args.approver)
        )
    found = due(_instant(args.start, calendar), Limit.parse(args.limit), calendar, pauses=pauses)
    if args.json:
        answer = {
            "at": found.local.isoformat() if found.local else None,
            "day": found.day.isoformat() if found.day else None,
            "provisional": found.provisional,
            "receipt": found.receipt.to_json(),
            "text": {language: found.receipt.text(language) for language in ("zh", "en")},
        }
        print(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        print(found.receipt.text(args.language))
    return 0


def _instant(text: str, calendar: Calendar) -> datetime:
    from .errors import InstantError
    from .log import Times

    try:
        at = Times(calendar.zone).read(text)
    except ValueError:
        at = None
    if at is None:
        raise InstantError("worktime.error.instant", text=text)
    return at


def _check(args: argparse.Namespace) -> int:
    from . import Calendar
    from .check import Columns, check
    from .log_rules import LogRules

    columns = Columns(args.start, args.due, args.closed, args.verdict)
    rules = LogRules.load(args.rules)
    report = check(args.file, columns, rules, Calendar.load(args.calendar), args.show)
    if args.json:
        print(json.dumps(_report(report), ensure_ascii=False, indent=2, default=str))
    else:
        _print_report(report, args.language)
    return 0


def _report(report: Report) -> dict[str, Any]:
    from dataclasses import asdict

    def one(tally: Any) -> dict[str, Any]:
        said = asdict(tally) | {"share": tally.share, "verdict_share": tally.verdict_share}
        return said | {"disagreements": [each._asdict() for each in tally.disagreements]}

    return {
        "rules": {kind: one(tally) for kind, tally in report.tallies.items()},
        "all": one(report.all()),
        "unruled": {kind: one(tally) for kind, tally in report.unruled.items()},
        "without_due": report.without_due,
        "unread": report.unread,
        "unknown_verdicts": dict(report.unknown_verdicts),
    }


def _print_report(report: Report, language: str) -> None:
    from yiwang.why import say

    from .check import total

    def share(part: int, whole: int) -> str:
        return f"{part / whole:.2%}" if whole else "-"

    def line(name: Any, tally: Any) -> str:
        return say(
            "worktime.check.rule",
            name=name,
            rows=tally.rows,
            share=share(tally.agree, tally.rows),
            judged=tally.judged,
            verdict=share(tally.verdict_agree, tally.judged),
            by_rule=share(tally.verdict_by_rule, tally.judged),
        ).speak(language)

    def most_often(names: Counter[str]) -> list[str]:
        return [f"{name} ({n:,})" for name, n in names.most_common(NAMED)] + ["…"] * (len(names) > NAMED)

    for kind, tally in sorted(report.tallies.items(), key=lambda item: -item[1].rows):
        print(line(kind, tally))
        for each in tally.disagreements:
            print("  " + say("worktime.check.differs", **each._asdict()).speak(language))
        for number in tally.verdict_lines:
            print("  " + say("worktime.check.verdict_differs", line=number).speak(language))
    whole = report.all()
    print(line(say("worktime.check.all"), whole))
    if whole.provisional:
        print(say("worktime.check.provisional", n=whole.provisional).speak(language))
    if report.unruled:
        rest = total(report.unruled.values())
        verdict = share(rest.verdict_agree, rest.judged)
        kinds, names = len(report.unruled), Counter({kind: tally.rows for kind, tally in report.unruled.items()})
        counts = {"rows": rest.rows, "kinds": kinds, "judged": rest.judged, "verdict": verdict}
        print(say("worktime.check.unruled", names=most_often(names), **counts).speak(language))
    if report.unknown_verdicts:
        print(say("worktime.check.unknown_verdicts", words=most_often(report.unknown_verdicts)).speak(language))
    if report.without_due:
        print(say("worktime.check.without_due", n=report.without_due).speak(language))
    if report.unread:
        print(say("worktime.check.unread", n=len(report.unread), lines=report.unread[:5]).speak(language))


def _learn(args: argparse.Namespace) -> int:
    from . import Calendar
    from .errors import RulesError
    from .learn import learn, learn_verdicts, rules_text

    calendar, form = Calendar.load(args.calendar), args.time_format
    learnt = list(learn(args.file, args.start, args.due, args.type, calendar, args.tolerance_seconds, args.least, form))
    if not learnt:
        raise RulesError("worktime.error.nothing_learnt", file=args.file.name, least=args.least)
    verdicts = {}
    if args.closed and args.verdict:
        verdicts = learn_verdicts(args.file, args.due, args.closed, args.verdict, calendar, form)
    print(rules_text(learnt, args.type, args.tolerance_seconds, verdicts, form), end="")
    return 0
