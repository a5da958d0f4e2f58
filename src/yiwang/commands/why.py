"""`yiwang why ID`: a receipt computed again."""

from __future__ import annotations

from yiwang.nouns.ids import Id, examples

from .frame.command import Nouns, does, terminals_language


def add(nouns: Nouns) -> None:
    """Register `yiwang why`."""
    why = nouns.add_parser(
        "why",
        help="does a receipt still hold, and if not, what changed since",
        epilog="for example: " + "   ".join(examples()).replace("%", "%%"),
    )
    why.add_argument("id", metavar="ID", help="NOUN:NAME, then #INSTANT when it was said, then =VALUE what was said")
    why.add_argument("--json", action="store_true")
    why.add_argument("--as", dest="user", metavar="USER", help="in whose name; the platform's own when left out")
    why.add_argument("--district", help="code of the district, where there are several")
    why.add_argument("--lang", choices=("zh", "en"), default=terminals_language())
    does(why, "why", check=lambda args: Id.parse(args.id))
