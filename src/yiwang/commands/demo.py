"""`yiwang demo …`: the demo district's map, its simulated year, its live part, its sign-ins."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime
from pathlib import Path

from .frame.command import Nouns, does
from .frame.failures import refusal

SEED = 990106


def add(nouns: Nouns) -> None:
    """Register the commands of the demo district."""
    demo = nouns.add_parser("demo", help="the simulated district").add_subparsers(required=True)

    drawing = demo.add_parser("map", help="draw the map of the demo district into its pack")
    drawing.add_argument("--seed", type=int, default=SEED, help="another district of the same plan")
    does(drawing, "demo map", by="demo_map", django=False)

    simulating = demo.add_parser("simulate", help="write a year of work, up to now")
    simulating.add_argument("--matters", type=int, default=50_000, help="how many (default 50000)")
    simulating.add_argument("--seed", type=int, default=SEED, help="the same seed and end give the same year")
    simulating.add_argument("--until", type=datetime.fromisoformat, help="where the year ends (default: now)")
    simulating.add_argument("--processes", type=int, help="writers (default 2)")
    does(simulating, "demo simulate", check=_at_least_one)

    living = demo.add_parser("live", help="go on in real time until stopped")
    living.add_argument("--seed", type=int, default=SEED, help="of the year that it goes on from")
    living.add_argument("--pace", type=float, default=2.5, help="times livelier than the simulated year")
    does(living, "demo live")

    signing = demo.add_parser("sign-ins", help="who one can be in the demo")
    signing.add_argument("--lang", choices=("zh", "en"), default="zh")
    signing.add_argument("--json", action="store_true")
    doors = signing.add_mutually_exclusive_group()
    doors.add_argument("--close", action="store_true", help="take the demo's password from all accounts")
    doors.add_argument("--open", action="store_true", help="give it back to the accounts of the list")
    does(signing, "demo sign-ins")
    for one in (drawing, simulating, living, signing):
        one.add_argument("--pack", type=Path, help="the demo pack (default packs/demo)")


def _at_least_one(args: Namespace) -> None:
    if args.matters < 1:
        raise refusal("A year has at least one matter: give --matters 1 or more.")
