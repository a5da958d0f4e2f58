"""For whom a command is done: each opens it from the arguments (frame/command.py)."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from yiwang.org.asker import Asker
from yiwang.org.asking import asker_named
from yiwang.org.session import acting_as


@contextmanager
def named(args: Namespace) -> Iterator[Asker]:
    """The person of `--as`, else the platform in the district of `--district`, else in the home district."""
    yield asker_named(getattr(args, "user", None), getattr(args, "district", None))


@contextmanager
def acting(args: Namespace) -> Iterator[Asker]:
    """The same, and all that the command reads and writes is one transaction in their sight."""
    with named(args) as asker, acting_as(asker):
        yield asker
