"""`yiwang ledger verify|checkpoint|anchor|key`."""

from __future__ import annotations

from .frame.command import Nouns, does


def add(nouns: Nouns) -> None:
    """Register the commands of the ledger."""
    ledger = nouns.add_parser("ledger", help="is the history whole?").add_subparsers(required=True)
    verify = ledger.add_parser("verify", help="every chain, every row that figures are counted from, every checkpoint")
    verify.add_argument("subject", nargs="?", default="", help="one only: a matter's number, or say goal:7")
    verify.add_argument(
        "--anchor",
        metavar="LINE|FILE",
        action="append",
        help="a checkpoint's line, or a file of them, that was kept elsewhere; else those beside the key",
    )
    verify.add_argument("--lang", choices=("zh", "en"), default="zh")
    does(verify, "ledger verify")
    take = ledger.add_parser("checkpoint", help="sign what has been written up to now")
    take.add_argument("--print", action="store_true", dest="line", help="print the line, to be kept elsewhere")
    does(take, "ledger checkpoint")
    anchor = ledger.add_parser("anchor", help="print the lines of the last checkpoints, to be kept elsewhere")
    anchor.add_argument("--all", action="store_true", help="of all checkpoints")
    does(anchor, "ledger anchor")
    key = ledger.add_parser("key", help="print the public keys; --renew makes a new key, earlier ones stay valid")
    key.add_argument("--renew", action="store_true")
    does(key, "ledger key")
