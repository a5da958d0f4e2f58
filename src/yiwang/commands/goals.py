"""`yiwang goals …`: read a plan, score a reading, put a plan on the board, see how its goals stand."""

from __future__ import annotations

from pathlib import Path

from .frame.command import Nouns, does


def add(nouns: Nouns) -> None:
    """Register `yiwang goals` and its commands."""
    goals = nouns.add_parser("goals", help="plans, goals and what came of them").add_subparsers(
        dest="goals_command", required=True
    )
    reader = goals.add_parser("read", help="the statements of a plan that can be checked")
    reader.add_argument("file", type=Path, help="txt, md, html, docx, pdf or xlsx; - for standard input")
    reader.add_argument("--jsonl", action="store_true", help="one JSON object a line: statements, then numbered items")
    reader.add_argument("--stats", action="store_true", help="counts and the share that can be judged")
    reader.add_argument("--year", type=int, help="the year of the plan, where the text does not say it")
    does(reader, "goals read", by="goals_reading", django=False)
    scorer = goals.add_parser("score", help="compare a reading with a labelled one")
    scorer.add_argument("gold", type=Path)
    scorer.add_argument("pred", type=Path)
    scorer.add_argument("--text", type=Path, help="the text itself, to find numbers without an offset")
    scorer.add_argument("--json", action="store_true")
    scorer.add_argument("--errors", type=int, default=0, metavar="N", help="show the first N lines that are not right")
    does(scorer, "goals score", by="goals_reading", django=False)
    _with_database(goals)


def _with_database(goals: Nouns) -> None:
    """Those that need the database."""
    importer = goals.add_parser("import", help="put a plan on the board for review")
    importer.add_argument("file", type=Path)
    importer.add_argument("--kind", choices=("plan", "report"), default="plan")
    importer.add_argument("--year", type=int, help="the year of the plan, where its text does not say it")
    importer.add_argument(
        "--adopt", action="store_true", help="confirm what was read and adopt it, in the name of the person of --as"
    )
    does(importer, "goals import")
    lister = goals.add_parser("list", help="the goals of a year with value, plan and lamp")
    lister.add_argument("--lamp", choices=("ok", "watch", "alarm", "done", "stale", "unknown"))
    does(lister, "goals list")
    counter = goals.add_parser("lamps", help="how many goals stand under each lamp")
    does(counter, "goals lamps")
    orders = goals.add_parser("supervise", help="open supervision orders for red goals that have none")
    does(orders, "goals supervise")
    for parser in (importer, lister, counter, orders):
        parser.add_argument("--as", dest="user", metavar="USERNAME", help="who asks; else the platform itself")
    for parser in (lister, counter):
        parser.add_argument("--year", type=int)
        parser.add_argument("--json", action="store_true")
