"""What must be made while a process still has one thread.

msgspec looks into a type the first time that it reads into it, and does so in Python: a second thread that reads into
the same type meanwhile finds it half made and takes the process down with a segmentation fault (msgspec 0.22, seen
when eight visitors came at once to a server that had just started). So every type is looked into beforehand.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import msgspec

import yiwang


def types() -> Iterator[type[msgspec.Struct]]:
    """Every type of ours that a definition or a message is read into."""
    for room in pkgutil.iter_modules(yiwang.__path__, "yiwang."):
        if room.ispkg:
            for inside in pkgutil.iter_modules(import_module(room.name).__path__, f"{room.name}."):
                if inside.name.endswith(".definition"):
                    import_module(inside.name)
    waiting = list(msgspec.Struct.__subclasses__())
    while waiting:
        type_ = waiting.pop()
        waiting += type_.__subclasses__()
        if type_.__module__.startswith("yiwang."):
            yield type_


def look_into_types() -> None:
    """Call with one thread, after all modules are imported."""
    for one in types():
        msgspec.json.Decoder(one)
