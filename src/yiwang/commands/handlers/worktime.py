"""`yiwang worktime …`: when something is due and why; whether a city's log agrees with its rules."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import asdict
from datetime import datetime
from typing import Any

from yiwang.commands.frame.command import command
from yiwang.why import say
from yiwang.worktime import Calendar, Limit, Pause, due
from yiwang.worktime.check import Columns, Report, check, total
from yiwang.worktime.errors import InstantError, RulesError
from yiwang.worktime.learn import learn, learn_verdicts, rules_text
from yiwang.worktime.log import Times
from yiwang.worktime.log_rules import LogRules

NAMED = 5  # kinds without a rule, or unknown words, that are named


@command("worktime due")
def run_due(args: argparse.Namespace) -> int:

    calendar = Calendar.load(args.calendar)
    pauses = []
    for text in args.pause:
        begin, _, end = text.partition("/")
        pauses.append(
            Pause(_instant(begin, calendar), _instant(end, calendar) if end else None, args.reason, args.approver)
        )
    reckoned = due(_instant(args.start, calendar), Limit.parse(args.limit), calendar, pauses=pauses)
    if args.json:
        answer = {
            "at": reckoned.local.isoformat() if reckoned.local else None,
            "day": reckoned.day.isoformat() if reckoned.day else None,
            "provisional": reckoned.provisional,
            "receipt": reckoned.receipt.to_json(),
            "text": {language: reckoned.receipt.text(language) for language in ("zh", "en")},
        }
        print(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        print(reckoned.receipt.text(args.language))
    return 0


def _instant(text: str, calendar: Calendar) -> datetime:

    try:
        at = Times(calendar.zone).read(text)
    except ValueError:
        at = None
    if at is None:
        raise InstantError("worktime.error.instant", text=text)
    return at


@command("worktime check")
def run_check(args: argparse.Namespace) -> int:

    columns = Columns(args.start, args.due, args.closed, args.verdict)
    rules = LogRules.load(args.rules)
    report = check(args.file, columns, rules, Calendar.load(args.calendar), args.show)
    if args.json:
        print(json.dumps(_report(report), ensure_ascii=False, indent=2, default=str))
    else:
        _print_report(report, args.language)
        for words in report.passed:
            print(words.speak(args.language))
    return 0


def _report(report: Report) -> dict[str, Any]:

    def as_json(tally: Any) -> dict[str, Any]:
        said = asdict(tally) | {"share": tally.share, "verdict_share": tally.verdict_share}
        return said | {"disagreements": [each._asdict() for each in tally.disagreements]}

    return {
        "rules": {kind: as_json(tally) for kind, tally in report.tallies.items()},
        "all": as_json(report.all()),
        "unruled": {kind: as_json(tally) for kind, tally in report.unruled.items()},
        "without_due": report.without_due,
        "unread": report.unread,
        "unknown_verdicts": dict(report.unknown_verdicts),
        "passed": [words.speak("en") for words in report.passed],
    }


def _print_report(report: Report, language: str) -> None:

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


@command("worktime learn")
def run_learn(args: argparse.Namespace) -> int:

    calendar, form = Calendar.load(args.calendar), args.time_format
    learnt = list(learn(args.file, args.start, args.due, args.type, calendar, args.tolerance_seconds, args.least, form))
    if not learnt:
        raise RulesError("worktime.error.nothing_learnt", file=args.file.name, least=args.least)
    verdicts = {}
    if args.closed and args.verdict:
        verdicts = learn_verdicts(args.file, args.due, args.closed, args.verdict, calendar, form)
    print(rules_text(learnt, args.type, args.tolerance_seconds, verdicts, form), end="")
    return 0
