"""`yiwang ledger verify|checkpoint|anchor|key`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yiwang.org.models import District

    from .checkpoints import Anchor


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the commands of the ledger."""
    ledger = subparsers.add_parser("ledger", help="is the history whole?").add_subparsers(required=True)
    verify = ledger.add_parser("verify", help="every chain, every row that figures are counted from, every checkpoint")
    verify.add_argument("subject", nargs="?", default="", help="one only: a matter's number, or say goal:7")
    verify.add_argument(
        "--anchor",
        metavar="LINE|FILE",
        action="append",
        help="a checkpoint's line, or a file of them, that was kept elsewhere; else those beside the key",
    )
    verify.add_argument("--lang", choices=("zh", "en"), default="zh")
    verify.set_defaults(run=run_verify)
    take = ledger.add_parser("checkpoint", help="sign what has been written up to now")
    take.add_argument("--print", action="store_true", dest="line", help="print the line, to be kept elsewhere")
    take.set_defaults(run=run_checkpoint)
    anchor = ledger.add_parser("anchor", help="print the lines of the last checkpoints, to be kept elsewhere")
    anchor.add_argument("--all", action="store_true", help="of all checkpoints")
    anchor.set_defaults(run=run_anchor)
    key = ledger.add_parser("key", help="print the public keys; --renew makes a new key, earlier ones stay valid")
    key.add_argument("--renew", action="store_true")
    key.set_defaults(run=run_key)


def run_verify(args: argparse.Namespace) -> int:
    from yiwang.serve.django import setup

    setup()
    from yiwang.org.models import District

    from .verifying import verify

    anchors = _anchors(args.anchor)
    whole = True
    for pk in District.objects.order_by("code").values_list("pk", flat=True):
        found = verify(pk, args.subject, anchors=anchors)
        whole = whole and found.whole
        for broken in found.broken:
            print(f"{broken.subject}: {broken.words.speak(args.lang)}")
        for words in found.notes:
            print(words.speak(args.lang), file=sys.stderr)
        print(
            f"{found.district}: {found.subjects:,} chains, {found.entries:,} entries, {found.rows:,} rows,"
            f" {found.checkpoints:,} checkpoints, {found.anchors:,} of them kept elsewhere:"
            f" {'whole' if found.whole else 'BROKEN'}"
        )
    return 0 if whole else 1


def _anchors(given: list[str] | None) -> list[Anchor] | None:
    """The lines on the command line and in the files that it names; None when it names none."""
    from .checkpoints import LINE, read_line

    if given is None:
        return None
    found = []
    for one in given:
        lines = [one] if LINE.match(one.strip()) else Path(one).read_text("utf-8").splitlines()
        found += [read_line(line) for line in lines if line.strip()]
    return found


def run_checkpoint(args: argparse.Namespace) -> int:
    from yiwang.serve.django import setup

    setup()
    from yiwang.org.models import District

    from . import checkpoints

    for district in District.objects.order_by("code"):
        taken = checkpoints.take(district.pk)
        if args.line:
            _print_last(district, 1)
        elif taken is None:
            print(f"{district.code}: nothing has been written since the last checkpoint")
        else:
            print(f"{district.code}: checkpoint {taken.n}, {taken.leaves:,} chains, root {bytes(taken.root).hex()}")
    return 0


def run_anchor(args: argparse.Namespace) -> int:
    from yiwang.serve.django import setup

    setup()
    from yiwang.org.models import District

    for district in District.objects.order_by("code"):
        _print_last(district, None if args.all else 1)
    return 0


def _print_last(district: District, most: int | None) -> None:
    from yiwang.org import session

    from . import checkpoints
    from .models import Checkpoint

    with session.as_owner():
        for row in list(Checkpoint.objects.filter(district=district).order_by("-n")[:most])[::-1]:
            print(checkpoints.anchor_of(row, row.district).line())


def run_key(args: argparse.Namespace) -> int:
    import base64

    from yiwang.serve.django import setup

    setup()
    from . import keys

    if args.renew:
        keys.renew()
    for fingerprint, public in keys.public_keys().items():
        print(f"{fingerprint} ed25519:{base64.b64encode(public).decode()}")
    return 0
