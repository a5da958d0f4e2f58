"""`yiwang matters show NUMBER`, `yiwang matters redraw NUMBER`, `yiwang matters reschedule`."""

from __future__ import annotations

from .frame.command import Nouns, does

_DISTRICT = "code of the district, where there are several"


def add(nouns: Nouns) -> None:
    """The commands of matters."""
    matters = nouns.add_parser("matters", help="look at matters").add_subparsers(required=True)
    show = matters.add_parser("show", help="one matter with its clocks and its ledger")
    show.add_argument("number")
    show.add_argument("--district", help=_DISTRICT)
    show.add_argument("--lang", choices=("zh", "en"), default="zh")
    does(show, "matters show")
    redraw = matters.add_parser("redraw", help="draw again what a matter has drawn by lot: does it come out the same?")
    redraw.add_argument("number")
    redraw.add_argument("--district", help=_DISTRICT)
    redraw.add_argument("--lang", choices=("zh", "en"), default="zh")
    does(redraw, "matters redraw")
    move = matters.add_parser("reschedule", help="which running clocks a changed calendar moves; --apply moves them")
    move.add_argument("--calendar", metavar="FILE", help="a calendar file or a shipped name; else the district's own")
    move.add_argument("--apply", action="store_true", help="move them, with a ledger entry for each matter")
    move.add_argument("--reason", default="", help="why; it stands in every entry")
    move.add_argument("--district", help=_DISTRICT)
    move.add_argument("--lang", choices=("zh", "en"), default="zh")
    does(move, "matters reschedule")
