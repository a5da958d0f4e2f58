"""`yiwang signals …`: bring messages in, look at what waits in quarantine."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator

from yiwang.commands.frame.askers import named
from yiwang.commands.frame.command import command
from yiwang.commands.frame.failures import refusal
from yiwang.matters.kinds import kind_of, world
from yiwang.org.asker import Asker
from yiwang.org.pack_text import PackError
from yiwang.org.session import acting_as
from yiwang.signals.definition import MessageMap
from yiwang.signals.importing import Tally, bring_in
from yiwang.signals.maps import read_map
from yiwang.signals.queries import quarantined
from yiwang.tables import Unreadable
from yiwang.why import NotThere, Refusal, Words, say

SHOWN = 12  # reasons


@command("signals import", asker=named)
def run_import(args: argparse.Namespace, asker: Asker) -> int:
    if not (asker.system or any(post.does.imports for post in asker.posts)):
        raise Refusal(say("signals.may_not"))
    mapping, batch = _map(args, asker), max(1, args.batch)
    try:
        if not args.check:
            _look_ahead(args, bring_in(asker, args.file, mapping, args.kind, batch=batch, check=True))
        progress = _Progress(args.lang)
        tally = bring_in(asker, args.file, mapping, args.kind, batch=batch, check=args.check, progress=progress)
    except Unreadable as unreadable:
        raise refusal(f"{args.file}: {unreadable.words.speak(args.lang)}") from None
    print(tally.words("signals.checked" if args.check else "signals.done").speak(args.lang))
    if args.check:
        _look_ahead(args, tally)
    for line in _tallied(tally):
        print(line.speak(args.lang))
    if tally.broken:
        raise Refusal(tally.broken)
    return 0


def _map(args: argparse.Namespace, asker: Asker) -> MessageMap:
    """Which columns make a message of the kind."""
    try:
        with acting_as(asker):
            kind, categories = kind_of(asker, args.kind), world(asker).categories
    except NotThere:
        raise Refusal(say("signals.no_kind", kind=args.kind)) from None
    mapping, problems = read_map(args.map, kind=kind, categories=categories)
    if problems:
        raise PackError(problems)
    return mapping


def _look_ahead(args: argparse.Namespace, tried: Tally) -> None:
    """Say how many would be overdue at once, before anything is written."""
    if tried.late:
        print(say("signals.late_at_once", n=tried.late).speak(args.lang), file=sys.stderr)


def _tallied(tally: Tally) -> Iterator[Words]:
    """The reasons and notes, most frequent first, and what was passed over."""
    for key, sorts in (("signals.reason", tally.reasons), ("signals.note", tally.notes)):
        for sort, n in sorts.most_common(SHOWN):
            line, words = tally.examples[sort]
            yield say(key, n=n, why=words, line=line)
    if tally.ended:
        yield say("signals.came_in_ended", n=tally.ended)
    for what in tally.passed:
        yield say("signals.passed", what=what)


@command("signals quarantine", asker=named)
def run_quarantine(args: argparse.Namespace, asker: Asker) -> Iterator[Words | str]:
    rows, total = quarantined(asker, source=args.source, page=args.page)
    yield say("signals.waiting", n=total)
    for row in rows:
        why = "; ".join(reason[args.lang] for reason in row.reasons)
        yield f"{row.file}:{row.line}: {why}\n    {row.raw[:200]}"


class _Progress:
    """A line a second at most, on the error stream, so that the result stays clean."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.told = time.monotonic()

    def __call__(self, tally: Tally) -> None:
        if time.monotonic() - self.told >= 1:
            self.told = time.monotonic()
            print(tally.words("signals.progress").speak(self.lang), file=sys.stderr, flush=True)
