"""`yiwang signals …`: bring messages in, look at what waits in quarantine."""

from __future__ import annotations

from pathlib import Path

from .frame.command import Nouns, does


def add(nouns: Nouns) -> None:
    """Register `yiwang signals` and its commands."""
    signals = nouns.add_parser("signals", help="messages that open matters, rows in quarantine")
    commands = signals.add_subparsers(metavar="COMMAND", required=True)
    bring = commands.add_parser("import", help="a table of messages becomes matters; a second time changes nothing")
    bring.add_argument("file", type=Path, help="CSV, TSV or XLSX, also gzipped")
    bring.add_argument("--map", type=Path, required=True, help="which columns make a message (YAML)")
    bring.add_argument("--kind", required=True, help="the kind of matter that a message opens, by its code")
    bring.add_argument("--check", action="store_true", help="say what would come of it, write nothing")
    bring.add_argument("--batch", type=int, default=500, metavar="ROWS", help="rows a transaction (500)")
    bring.add_argument("--district", help="code of the district, where there are several")
    bring.add_argument("--as", dest="user", metavar="USER", help="in whose name; the platform's own when left out")
    bring.add_argument("--lang", choices=("zh", "en"), default="zh")
    does(bring, "signals import")
    waiting = commands.add_parser("quarantine", help="the rows that opened no matter, with their reasons")
    waiting.add_argument("--source", default="", help="of one source only")
    waiting.add_argument("--page", type=int, default=1)
    waiting.add_argument("--district", help="code of the district, where there are several")
    waiting.add_argument("--as", dest="user", metavar="USER", help="in whose name")
    waiting.add_argument("--lang", choices=("zh", "en"), default="zh")
    does(waiting, "signals quarantine")
