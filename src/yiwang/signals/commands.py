"""`yiwang signals …`: bring messages in, look at what waits in quarantine."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from yiwang.why import NotThere

if TYPE_CHECKING:
    from yiwang.org.asker import Asker
    from yiwang.why import Words

    from .importing import Tally

SHOWN = 12  # reasons


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register `yiwang signals` and its commands."""
    signals = subparsers.add_parser("signals", help="messages that open matters, rows in quarantine")
    commands = signals.add_subparsers(metavar="COMMAND", required=True)
    bring = commands.add_parser("import", help="a table of messages becomes matters; a second time changes nothing")
    bring.add_argument("file", type=Path, help="CSV, TSV or XLSX, also gzipped")
    bring.add_argument("--map", type=Path, required=True, help="which columns make a message (YAML)")
    bring.add_argument("--kind", required=True, help="the kind of matter that a message opens, e.g. hotline")
    bring.add_argument("--check", action="store_true", help="say what would come of it, write nothing")
    bring.add_argument("--batch", type=int, default=500, metavar="ROWS", help="rows a transaction (500)")
    bring.add_argument("--district", help="code of the district, where there are several")
    bring.add_argument("--as", dest="user", metavar="USER", help="in whose name; the platform's own when left out")
    bring.add_argument("--lang", choices=("zh", "en"), default="zh")
    bring.set_defaults(run=run_import)
    waiting = commands.add_parser("quarantine", help="the rows that opened no matter, with their reasons")
    waiting.add_argument("--source", default="", help="of one source only")
    waiting.add_argument("--page", type=int, default=1)
    waiting.add_argument("--district", help="code of the district, where there are several")
    waiting.add_argument("--as", dest="user", metavar="USER", help="in whose name")
    waiting.add_argument("--lang", choices=("zh", "en"), default="zh")
    waiting.set_defaults(run=run_quarantine)


def run_import(args: argparse.Namespace) -> int:
    asker = _asker(args)
    if asker is None:
        return 2
    from yiwang.matters.kinds import kind_of, world
    from yiwang.org.pack_file import PackError
    from yiwang.org.session import acting_as
    from yiwang.tables import Unreadable
    from yiwang.why import say

    from .importing import bring_in
    from .loading import read_map

    if not (asker.system or asker.roles() & {"dispatcher", "admin"}):
        return _refuse(say("signals.may_not"), args.lang)
    try:
        with acting_as(asker):
            kind, categories = kind_of(asker, args.kind), world(asker).categories
        one, problems = read_map(args.map, kind=kind, categories=categories)
    except NotThere:
        return _refuse(say("signals.no_kind", kind=args.kind), args.lang)
    except PackError as error:
        problems = error.problems
    if problems:
        print("\n".join(problem.speak(args.lang) for problem in problems), file=sys.stderr)
        return 2
    try:
        if not args.check:
            _look_ahead(args, bring_in(asker, args.file, one, args.kind, batch=max(1, args.batch), check=True))
        tally = bring_in(
            asker, args.file, one, args.kind, batch=max(1, args.batch), check=args.check, progress=_Progress(args.lang)
        )
    except Unreadable as refused:
        print(f"{args.file}: {refused.words.speak(args.lang)}", file=sys.stderr)
        return 2
    print(tally.words("signals.checked" if args.check else "signals.done").speak(args.lang))
    if args.check:
        _look_ahead(args, tally)
    for key, sorts in (("signals.reason", tally.reasons), ("signals.note", tally.notes)):
        for sort, n in sorts.most_common(SHOWN):
            line, words = tally.examples[sort]
            print(say(key, n=n, why=words, line=line).speak(args.lang))
    if tally.ended:
        print(say("signals.came_in_ended", n=tally.ended).speak(args.lang))
    for words in tally.passed:
        print(words.speak(args.lang))
    if tally.broken:
        return _refuse(tally.broken, args.lang)
    return 0


def _look_ahead(args: argparse.Namespace, tried: Tally) -> None:
    """Say how many would be overdue at once, before anything is written."""
    from yiwang.why import say

    if tried.late:
        print(say("signals.late_at_once", n=tried.late).speak(args.lang), file=sys.stderr)


def run_quarantine(args: argparse.Namespace) -> int:
    asker = _asker(args)
    if asker is None:
        return 2
    from yiwang.why import say

    from .queries import quarantined

    rows, total = quarantined(asker, source=args.source, page=args.page)
    print(say("signals.waiting", n=total).speak(args.lang))
    for row in rows:
        why = "; ".join(reason[args.lang] for reason in row.reasons)
        print(f"{row.file}:{row.line}: {why}\n    {row.raw[:200]}")
    return 0


class _Progress:
    """A line a second at most, on the error stream, so that the result stays clean."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.told = time.monotonic()

    def __call__(self, tally: Tally) -> None:
        if time.monotonic() - self.told >= 1:
            self.told = time.monotonic()
            print(tally.words("signals.progress").speak(self.lang), file=sys.stderr, flush=True)


def _asker(args: argparse.Namespace) -> Asker | None:
    """Who asks; None after the reason has been printed."""
    from yiwang.serve.django import setup

    setup()
    from yiwang.org.asking import NoSuchUser, asker_named
    from yiwang.org.queries import NoDistrict
    from yiwang.why import say

    try:
        return asker_named(args.user, args.district)
    except NoDistrict as none:
        print(none.sentence(args.lang), file=sys.stderr)
    except NoSuchUser:
        _refuse(say("signals.no_such_user", name=args.user), args.lang)
    return None


def _refuse(words: Words, lang: str) -> int:
    print(words.speak(lang), file=sys.stderr)
    return 2
