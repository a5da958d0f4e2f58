"""`yiwang demo map`: the map of the demo district, drawn into its pack. It needs no Django."""

from __future__ import annotations

import argparse
from pathlib import Path

from yiwang.commands.frame.command import command
from yiwang.demo import map as land
from yiwang.run import places


@command("demo map")
def draw_map(args: argparse.Namespace) -> None:
    pack = pack_of(args)
    layers = land.draw(pack, args.seed)
    land.write(pack / "geo", layers)
    for name, layer in layers.items():
        print(f"{pack / 'geo' / name}.geojson  {len(layer['features'])}")


def pack_of(args: argparse.Namespace) -> Path:
    """The pack of `--pack`, else the demo's of this checkout."""
    given: Path | None = args.pack
    return given or places.home() / "packs" / "demo"
