"""`yiwang demo …`: the demo district's map, its simulated year, its live part, its sign-ins."""

from __future__ import annotations

import argparse
from pathlib import Path

PACK = Path("packs/demo")


def add(subparsers: argparse._SubParsersAction) -> None:
    demo = subparsers.add_parser("demo", help="the simulated district")
    actions = demo.add_subparsers(dest="action", required=True)

    drawing = actions.add_parser("map", help="draw the map of the demo district into its pack")
    drawing.add_argument("--pack", type=Path, default=PACK)
    drawing.add_argument("--seed", type=int, help="another district of the same plan")
    drawing.set_defaults(run=draw_map)


def draw_map(args: argparse.Namespace) -> int:
    from . import map as land

    layers = land.draw(args.pack, args.seed or land.SEED)
    land.write(args.pack / "geo", layers)
    for name, layer in layers.items():
        print(f"{args.pack / 'geo' / name}.geojson  {len(layer['features'])}")
    return 0
