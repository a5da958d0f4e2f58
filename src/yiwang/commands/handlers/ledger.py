"""`yiwang ledger verify|checkpoint|anchor|key`."""

from __future__ import annotations

import argparse
import base64
import sys
from pathlib import Path

from yiwang.commands.frame.command import command
from yiwang.ledger import checkpoints, keys, signing
from yiwang.ledger.checkpoints import LINE, Anchor, read_line
from yiwang.ledger.verifying import lost, verify
from yiwang.org.installed import Installed, districts


@command("ledger verify")
def run_verify(args: argparse.Namespace) -> int:
    anchors = _anchors(args.anchor)
    missing = lost()
    for broken in missing:
        print(f"{broken.subject}: {broken.words.speak(args.lang)}")
    whole = not missing
    for district in districts():
        verified = verify(district.id, args.subject, anchors=anchors)
        whole = whole and verified.whole
        for broken in verified.broken:
            print(f"{broken.subject}: {broken.words.speak(args.lang)}")
        for words in verified.notes:
            print(words.speak(args.lang), file=sys.stderr)
        print(
            f"{verified.district}: {verified.subjects:,} chains, {verified.entries:,} entries, {verified.rows:,} rows,"
            f" {verified.files:,} files read, {verified.checkpoints:,} checkpoints,"
            f" {verified.anchors:,} of them kept elsewhere: {'whole' if verified.whole else 'BROKEN'}"
        )
    return 0 if whole else 1


def _anchors(given: list[str] | None) -> list[Anchor] | None:
    """The lines on the command line and in the files that it names; None when it names none."""
    if given is None:
        return None
    anchors = []
    for one in given:
        lines = [one] if LINE.match(one.strip()) else Path(one).read_text("utf-8").splitlines()
        anchors += [read_line(line) for line in lines if line.strip()]
    return anchors


@command("ledger checkpoint")
def run_checkpoint(args: argparse.Namespace) -> int:
    for district in districts():
        taken = checkpoints.take(district.id)
        if args.line:
            _print_last(district, 1)
        elif taken is None:
            print(f"{district.code}: nothing has been written since the last checkpoint")
        else:
            print(f"{district.code}: checkpoint {taken.n}, {taken.leaves:,} chains, root {bytes(taken.root).hex()}")
    return 0


@command("ledger anchor")
def run_anchor(args: argparse.Namespace) -> int:
    for district in districts():
        _print_last(district, None if args.all else 1)
    return 0


def _print_last(district: Installed, most: int | None) -> None:
    for line in checkpoints.lines(district, most):
        print(line)


@command("ledger key")
def run_key(args: argparse.Namespace) -> int:
    if args.renew:
        keys.renew()
    for fingerprint, public in signing.public_keys().items():
        print(f"{fingerprint} ed25519:{base64.b64encode(public).decode()}")
    return 0
