"""`yiwang indicators …`: what is measured, how it stands, and why."""

from __future__ import annotations

from .frame.command import Nouns, does


def add(nouns: Nouns) -> None:
    """Register `yiwang indicators` and its commands."""
    indicators = nouns.add_parser("indicators", help="how it stands, with receipts down to the matters")
    commands = indicators.add_subparsers(metavar="COMMAND", required=True)
    listing = commands.add_parser("list", help="every indicator and vital sign")
    does(listing, "indicators list")
    show = commands.add_parser("show", help="one indicator or vital sign with its receipt")
    show.add_argument("id")
    show.add_argument("--unit", metavar="U", help="code or name of a unit; the whole district when left out")
    show.add_argument("--period", metavar="P", help="2026-10, 2026, 2026-Q3, 2026-10-01/2026-10-12, today, month, year")
    show.add_argument("--by", choices=("lead", "street"), help="whose matters a unit's are")
    show.add_argument("--as-of", metavar="INSTANT", help="as it stood then, from the ledger (2026-10-12T10:00+08:00)")
    show.add_argument("--split", choices=("unit", "month"), help="told apart by unit or month")
    show.add_argument("--cases", metavar="PART", help="list its matters: numerator, denominator, against, excluded")
    show.add_argument("--page", type=int, default=1, help="of the matters")
    does(show, "indicators show")
    for parser in (listing, show):
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--district", help="code of the district, where there are several")
        parser.add_argument("--as", dest="user", metavar="USER", help="in whose name; the platform's own when left out")
        parser.add_argument("--lang", choices=("zh", "en"), default="zh")
