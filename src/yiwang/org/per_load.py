"""What is worked out from a pack is kept once a load: the one cache of everything that hangs on `generation`.

A district's values are forgotten together when its pack is loaded again, so that a server does not grow with every
load; whoever still works under an earlier load is served without the cache.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock
from typing import Concatenate, ParamSpec, TypeVar

from .asker import Asker

More = ParamSpec("More")
Made = TypeVar("Made")
DISTRICTS = 64  # that one process keeps values of
VALUES = 4096  # of one function and one district


def per_load(make: Callable[Concatenate[Asker, More], Made]) -> Callable[Concatenate[Asker, More], Made]:
    """Keep what `make(asker, *more)` gives: it must hang on the asker's district and `more` alone, not on the asker."""
    kept: OrderedDict[int, tuple[int, dict[Hashable, Made]]] = OrderedDict()
    guard = Lock()

    def values_of(asker: Asker) -> dict[Hashable, Made] | None:
        """Those of the asker's load; None when a later one has been seen."""
        with guard:
            generation, values = kept.get(asker.district, (-1, {}))
            if generation > asker.generation:
                return None
            if generation < asker.generation or len(values) >= VALUES:
                values = {}
                kept[asker.district] = (asker.generation, values)
            kept.move_to_end(asker.district)
            while len(kept) > DISTRICTS:
                kept.popitem(last=False)
            return values

    @wraps(make)
    def found(asker: Asker, /, *args: More.args, **named: More.kwargs) -> Made:
        values, key = values_of(asker), (args, tuple(named.items()))
        if values is None:
            return make(asker, *args, **named)
        if key not in values:
            values[key] = make(asker, *args, **named)
        return values[key]

    return found
