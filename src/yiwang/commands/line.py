"""The line that was typed: understood, done, and answered with an exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from .frame.command import language_of
from .frame.failures import sentences

ABANDONED = 130  # what a shell reports of a program stopped by Ctrl-C
REFUSED = 2


def parser() -> argparse.ArgumentParser:
    """Every noun with its commands."""
    top = argparse.ArgumentParser(prog="yiwang", description="一网 Yiwang: promises kept, with receipts.")
    top.set_defaults(run=lambda _: top.print_help())
    nouns = top.add_subparsers(metavar="COMMAND", title="commands")
    for file in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        if file != Path(__file__):
            import_module(f"yiwang.commands.{file.stem}").add(nouns)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 found wanting, 2 refused with a sentence."""
    args = parser().parse_args(arguments)
    try:
        return int(args.run(args) or 0)
    except KeyboardInterrupt:
        return ABANDONED
    except BrokenPipeError:  # the reader, say `head`, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as trouble:
        said = sentences(trouble, language_of(args))
        if not said:
            raise
        print(*said, sep="\n", file=sys.stdout if getattr(args, "refuses_aloud", False) else sys.stderr)
        return REFUSED
