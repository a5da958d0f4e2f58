"""`python3 run.py bench [name …] [--scale 1.0]`: every benchmark's rows as JSON lines."""

from __future__ import annotations

import argparse
import json
import pkgutil
import sys
from importlib import import_module
from pathlib import Path


def names() -> list[str]:
    """Every benchmark of this folder."""
    return sorted(m.name for m in pkgutil.iter_modules([str(Path(__file__).parent)]) if not m.name.startswith("_"))


def main() -> int:
    parser = argparse.ArgumentParser(prog="run.py bench")
    parser.add_argument("name", nargs="*", help="which (default: all): " + ", ".join(names()))
    parser.add_argument("--scale", type=float, default=1.0, help="size of the work; 1.0 is what is published")
    args = parser.parse_args()
    unknown = sorted(set(args.name) - set(names()))
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}: choose from {', '.join(names())}.", file=sys.stderr)
        return 2
    for name in args.name or names():
        for row in import_module(f"bench.{name}").run(scale=args.scale):
            print(json.dumps(row, ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
