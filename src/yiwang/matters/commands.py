"""`yiwang ledger verify|checkpoint`, `yiwang matters show NUMBER`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yiwang.org.access import Asker
    from yiwang.org.models import District


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the commands of matters and their ledger."""
    ledger = subparsers.add_parser("ledger", help="is the history whole?").add_subparsers(required=True)
    verify = ledger.add_parser("verify", help="check every chain and every checkpoint; names the first broken entry")
    verify.add_argument("number", nargs="?", default="", help="one matter only")
    verify.add_argument("--lang", choices=("zh", "en"), default="zh")
    verify.set_defaults(run=run_verify)
    take = ledger.add_parser("checkpoint", help="take a Merkle root over all matters")
    take.set_defaults(run=run_checkpoint)
    matters = subparsers.add_parser("matters", help="look at matters").add_subparsers(required=True)
    show = matters.add_parser("show", help="one matter with its clocks and its ledger")
    show.add_argument("number")
    show.add_argument("--lang", choices=("zh", "en"), default="zh")
    show.set_defaults(run=run_show)


def _everywhere() -> Iterator[tuple[District, Asker]]:
    """The platform itself as asker, in each district of this installation."""
    from yiwang.org import access
    from yiwang.org.models import District
    from yiwang.serve.django import setup

    setup()
    for district in District.objects.order_by("code"):
        with access.acting_as(access.system(district.pk)) as asker:
            yield district, asker


def run_verify(args: argparse.Namespace) -> int:
    from yiwang.serve.django import setup

    setup()
    from . import auditing

    whole = True
    for district, asker in _everywhere():
        audit = auditing.verify(asker, args.number)
        whole = whole and audit.whole
        for broken in audit.broken:
            print(f"{broken.number}: {broken.words.speak(args.lang)}")
        for words in audit.roots:
            print(words.speak(args.lang))
        state = "whole" if audit.whole else "BROKEN"
        print(
            f"{district.code}: {audit.matters:,} matters, {audit.entries:,} entries,"
            f" {audit.checkpoints} checkpoints: {state}"
        )
    return 0 if whole else 1


def run_checkpoint(args: argparse.Namespace) -> int:
    from yiwang.serve.django import setup

    setup()
    from . import auditing

    for district, asker in _everywhere():
        taken = auditing.checkpoint(asker)
        print(f"{district.code}: {taken.matters:,} matters, root {bytes(taken.root).hex()}")
    return 0


def run_show(args: argparse.Namespace) -> int:
    from yiwang.serve.django import setup

    setup()
    from . import clocks, queries
    from .world import world

    for _, asker in _everywhere():
        found = queries.one(asker, number=args.number)
        if found is None:
            continue
        print(f"{found.row.number}  {found.row.title}")
        print(
            f"{getattr(found.kind.title, args.lang)} · {getattr(found.kind.stages[found.row.stage].title, args.lang)}"
        )
        for name in found.kind.clocks:
            if receipt := clocks.receipt(found.kind, name, found.state, world(asker)):
                print(receipt.text(args.lang))
        for entry in found.entries:
            who = found.people.get(entry.person_id or 0, entry.role)
            action = found.kind.actions.get(entry.action)
            what = getattr(action.title, args.lang) if action else entry.action
            at = entry.at.astimezone(world(asker).district.zone)
            print(f"{entry.seq:3} {at:%Y-%m-%d %H:%M} {what}  {who}  {bytes(entry.hash).hex()[:12]}")
        return 0
    print(f"There is no matter {args.number}.")
    return 1
