"""What is worked out from a pack is kept once a load: the one cache of everything that hangs on `generation`.

A district's values go together: when its pack is loaded again, nothing of the earlier load is held for longer than
EARLIER seconds after the last who asked under it, whichever function made it, so that a server does not grow with
every load. And each value is made by one thread while the others wait for it: otherwise all the visitors of the
moment after a load make the same district at once, each a copy of their own, and a process keeps the pages of memory
that such a moment takes.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import Lock, RLock
from typing import Any, Concatenate, ParamSpec, TypeVar

from .asker import Asker

More = ParamSpec("More")
Made = TypeVar("Made")
DISTRICTS = 64  # that one process keeps values of
VALUES = 4096  # of one function and one load
LOADS = 2  # of one district: the current one, and the one before for who still works under it
EARLIER = 10.0  # seconds
MAKING = 10.0  # seconds after which who waits for a value makes one alone


class Load:
    """The values of one load of one district's pack."""

    def __init__(self) -> None:
        self.asked = 0.0  # when somebody last did, on the monotonic clock
        self._guard = Lock()
        self._values: dict[Hashable, dict[Hashable, Any]] = {}  # function -> what it was asked -> what it gave
        self._making: dict[Hashable, RLock] = {}

    def of(self, function: Hashable) -> dict[Hashable, Any]:
        """What one function gave."""
        return self._values.setdefault(function, {})

    @contextmanager
    def alone(self, what: Hashable) -> Iterator[None]:
        """One thread at a time makes `what`; who has waited for MAKING seconds goes on beside it."""
        with self._guard:
            turn = self._making.setdefault(what, RLock())
        mine = turn.acquire(timeout=MAKING)
        try:
            yield
        finally:
            if mine:
                with self._guard:
                    self._making.pop(what, None)
                turn.release()


class Loads:
    """district -> its loads by generation; the district that was asked for last stands last."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._kept: OrderedDict[int, dict[int, Load]] = OrderedDict()

    def of(self, asker: Asker) -> Load:
        """The load under which somebody asks."""
        now = time.monotonic()
        with self._guard:
            loads = self._kept.setdefault(asker.district, {})
            if (load := loads.get(asker.generation)) is None:
                load = loads[asker.generation] = Load()
            load.asked = now
            if len(loads) > 1:
                _let_go(loads, load, now)
            self._kept.move_to_end(asker.district)
            while len(self._kept) > DISTRICTS:
                self._kept.popitem(last=False)
            return load


def _let_go(loads: dict[int, Load], current: Load, now: float) -> None:
    """Of the loads beside the one that is asked for: all that nobody asks for any more, and more than LOADS."""
    others = sorted(((one.asked, at) for at, one in loads.items() if one is not current), reverse=True)
    for number, (asked, at) in enumerate(others, 2):
        if number > LOADS or asked <= now - EARLIER:
            del loads[at]


loads = Loads()


def per_load(make: Callable[Concatenate[Asker, More], Made]) -> Callable[Concatenate[Asker, More], Made]:
    """Keep what `make(asker, *more)` gives: it must hang on the asker's district and `more` alone, not on the asker."""

    @wraps(make)
    def once_a_load(asker: Asker, /, *args: More.args, **named: More.kwargs) -> Made:
        load, key = loads.of(asker), (args, tuple(named.items()))
        values = load.of(make)
        if (known := values.get(key, _NONE)) is not _NONE:
            return known  # type: ignore[no-any-return]
        with load.alone((make, key)):
            if (known := values.get(key, _NONE)) is not _NONE:
                return known  # type: ignore[no-any-return]
            made = make(asker, *args, **named)
            if len(values) >= VALUES:
                values.clear()
            values[key] = made
            return made

    return once_a_load


_NONE = object()
