"""`yiwang personal show|correct|erase NUMBER`, `yiwang personal sweep`: what a person may ask for (PIPL Art. 45–47)."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from yiwang.commands.frame.askers import named
from yiwang.commands.frame.command import command
from yiwang.matters import disclosure, erasing, queries
from yiwang.org.asker import Asker
from yiwang.org.session import acting_as
from yiwang.why import NotThere, Words, say


@command("personal show", asker=named)
def show(args: argparse.Namespace, asker: Asker) -> Iterator[str]:
    with acting_as(asker):
        key = queries.key_of(asker, args.number)
        revealed = disclosure.unmask(asker, key.id, args.purpose, args.reason) if key else None
    if revealed is None:
        raise NotThere(say("matters.no_matter", number=args.number[:40]))
    who = [one for one in (revealed.reporter.name, revealed.reporter.phone, revealed.reporter.address) if one]
    yield f"{args.number}  {' · '.join(who) or '—'}"
    for (seq, name), text in revealed.then.items():
        yield f"{seq:3} {name}: {text}"


@command("personal correct", asker=named)
def correct(args: argparse.Namespace, asker: Asker) -> Iterator[Words]:
    erasing.correct(asker, args.number, args.field, args.text, args.reason)
    yield say("matters.corrected_told", number=args.number, name=args.field)


@command("personal erase", asker=named)
def erase(args: argparse.Namespace, asker: Asker) -> Iterator[Words]:
    erased = erasing.erase(asker, args.number, args.reason)
    if not erased.fields and not erased.reporter:
        yield say("matters.erased_nothing", number=erased.number)
        return
    reporter = say("matters.erased_reporter") if erased.reporter else ""
    yield say("matters.erased_told", number=erased.number, n=len(erased.fields), reporter=reporter)


@command("personal sweep", asker=named)
def sweep(args: argparse.Namespace, asker: Asker) -> Iterator[Words]:
    yield say("matters.swept_told", n=sum(1 for _ in erasing.sweep(asker)))
