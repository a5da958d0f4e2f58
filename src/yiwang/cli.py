"""The command line: `yiwang <room> …`. Each room brings its own commands in `commands.py`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

ABANDONED = 130  # what a shell reports of a program stopped by Ctrl-C
REFUSED = 2


def parser() -> argparse.ArgumentParser:
    """Every room's commands. Rooms import what is heavy inside their handlers, so that this stays quick."""
    top = argparse.ArgumentParser(prog="yiwang", description="一网 Yiwang: promises kept, with receipts.")
    top.set_defaults(run=lambda _: top.print_help())
    rooms = top.add_subparsers(metavar="COMMAND", title="commands")
    for file in sorted(Path(__file__).parent.glob("*/commands.py")):
        import_module(f"yiwang.{file.parent.name}.commands").add(rooms)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns what the shell is told: 0 done, 1 found wanting, 2 refused with a sentence."""
    args = parser().parse_args(arguments)
    try:
        return int(args.run(args) or 0)
    except KeyboardInterrupt:
        return ABANDONED
    except BrokenPipeError:  # the reader, say `head`, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as trouble:
        sentence = _sentence(trouble)
        if sentence is None:
            raise
        print(sentence, file=sys.stderr)
        return REFUSED


def _sentence(trouble: Exception) -> str | None:
    """What a user can mend, said in one sentence; None for a fault of the program, which shows itself in full."""
    if isinstance(trouble, FileNotFoundError | IsADirectoryError | PermissionError) and trouble.filename:
        return f"{trouble.filename}: {(trouble.strerror or 'cannot be read').lower()}."
    if type(trouble).__name__ == "OperationalError" and "connection" in str(trouble).lower():
        return "The database does not answer: start it with `python3 run.py up`, or set DATABASE_URL."
    if type(trouble).__name__ == "ProgrammingError" and "does not exist" in str(trouble):
        return "The database is empty: `python3 run.py up` makes its tables."
    return None


if __name__ == "__main__":
    sys.exit(main())
