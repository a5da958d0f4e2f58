"""`yiwang personal show|correct|erase NUMBER`, `yiwang personal sweep`: what a person may ask for (PIPL Art. 45–47)."""

from __future__ import annotations

from .frame.command import Nouns, does


def add(nouns: Nouns) -> None:
    """Register the commands."""
    personal = nouns.add_parser("personal", help="personal data: a copy, a correction, an erasure").add_subparsers(
        required=True
    )
    show = personal.add_parser("show", help="who reported a matter, in plain words; it is a reading like any other")
    show.add_argument("--as", dest="user", required=True, metavar="USER", help="in whose name it is read")
    show.add_argument("--purpose", required=True, help="a code of the pack's personal.yaml")
    right = personal.add_parser("correct", help="put a text or who reported right")
    gone = personal.add_parser("erase", help="take away who reported and all plain words; masks and ledger stay")
    for parser, act in ((show, "show"), (right, "correct"), (gone, "erase")):
        parser.add_argument("number", help="of the matter")
        parser.add_argument("--reason", required=True, help="why; it stands in the ledger")
        does(parser, f"personal {act}")
    right.add_argument("field", help="title, text, …, reporter.name, reporter.phone, reporter.address")
    right.add_argument("text", help="what it must say")
    swept = personal.add_parser("sweep", help="mask what was written before there were masks; once, after an upgrade")
    does(swept, "personal sweep")
    for parser in (show, right, gone, swept):
        parser.add_argument("--district", help="code of the district, where there are several")
        parser.add_argument("--lang", choices=("zh", "en"), default="zh")
