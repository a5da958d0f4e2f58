"""`yiwang worktime …`: when something is due and why; whether a city's log agrees with its rules."""

from __future__ import annotations

import argparse
from pathlib import Path

from .frame.command import Nouns, does, terminals_language


def add(nouns: Nouns) -> None:
    room = nouns.add_parser("worktime", help="deadlines, calendars, clocks")
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
    does(due, "worktime due", django=False)

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
    does(check, "worktime check", django=False)

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
    does(learn, "worktime learn", django=False)


def _language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--language", choices=("zh", "en"), default=terminals_language())
