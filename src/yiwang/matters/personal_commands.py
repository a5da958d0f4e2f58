"""`yiwang personal show|correct|erase NUMBER`, `yiwang personal sweep`: what a person may ask for (PIPL Art. 45–47)."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from yiwang.why import NotThere, Refusal, say

if TYPE_CHECKING:
    from yiwang.org.asker import Asker
    from yiwang.why import say
from yiwang.why import Words


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the commands."""
    personal = subparsers.add_parser("personal", help="personal data: a copy, a correction, an erasure").add_subparsers(
        required=True
    )
    show = personal.add_parser("show", help="who reported a matter, in plain words; it is a reading like any other")
    show.add_argument("--as", dest="user", required=True, metavar="USER", help="in whose name it is read")
    show.add_argument("--purpose", required=True, help="a code of the pack's personal.yaml")
    right = personal.add_parser("correct", help="put a text or who reported right")
    gone = personal.add_parser("erase", help="take away who reported and all plain words; masks and ledger stay")
    for parser, run in ((show, run_show), (right, run_correct), (gone, run_erase)):
        parser.add_argument("number", help="of the matter")
        parser.add_argument("--reason", required=True, help="why; it stands in the ledger")
        parser.set_defaults(run=run)
    right.add_argument("field", help="title, text, …, reporter.name, reporter.phone, reporter.address")
    right.add_argument("text", help="what it must say")
    swept = personal.add_parser("sweep", help="mask what was written before there were masks; once, after an upgrade")
    swept.set_defaults(run=run_sweep)
    for parser in (show, right, gone, swept):
        parser.add_argument("--district", help="code of the district, where there are several")
        parser.add_argument("--lang", choices=("zh", "en"), default="zh")


def _told(args: argparse.Namespace, do: Callable[[Asker], Words | str]) -> int:
    """Do it as the platform, or in the name of `--as`; a refusal is a sentence."""
    from yiwang.serve.django import setup

    setup()
    from yiwang.org.asking import asker_named

    try:
        said = do(asker_named(getattr(args, "user", None), args.district))
    except Refusal as refused:
        print(refused.receipt.sentence(args.lang), file=sys.stderr)
        return 2
    print(said if isinstance(said, str) else said.speak(args.lang))
    return 0


def run_show(args: argparse.Namespace) -> int:
    def do(asker: Asker) -> str:
        from yiwang.org.session import acting_as

        from . import disclosure
        from .models import Matter

        with acting_as(asker):
            row = Matter.objects.filter(district=asker.district, number=args.number).first()
            found = disclosure.unmask(asker, row.pk, args.purpose, args.reason) if row else None
        if found is None:
            raise NotThere(say("matters.no_matter", number=args.number[:40]))
        who = [one for one in (found.reporter.name, found.reporter.phone, found.reporter.address) if one]
        lines = [f"{args.number}  {' · '.join(who) or '—'}"]
        lines += [f"{seq:3} {name}: {text}" for (seq, name), text in found.then.items()]
        return "\n".join(lines)

    return _told(args, do)


def run_correct(args: argparse.Namespace) -> int:
    def do(asker: Asker) -> Words:

        from . import erasing

        erasing.correct(asker, args.number, args.field, args.text, args.reason)
        return say("matters.corrected_told", number=args.number, name=args.field)

    return _told(args, do)


def run_erase(args: argparse.Namespace) -> int:
    def do(asker: Asker) -> Words:

        from . import erasing

        found = erasing.erase(asker, args.number, args.reason)
        if not found.fields and not found.reporter:
            return say("matters.erased_nothing", number=found.number)
        reporter = say("matters.erased_reporter") if found.reporter else ""
        return say("matters.erased_told", number=found.number, n=len(found.fields), reporter=reporter)

    return _told(args, do)


def run_sweep(args: argparse.Namespace) -> int:
    def do(asker: Asker) -> Words:

        from . import erasing

        return say("matters.swept_told", n=sum(1 for _ in erasing.sweep(asker)))

    return _told(args, do)
