"""What a receipt holds cannot be changed from outside: lists become tuples, mappings copies that stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn


class FrozenDict(dict[Any, Any]):
    """A dict that raises TypeError when somebody would change it."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("what a receipt holds cannot be changed")

    __setitem__ = __delitem__ = clear = pop = popitem = setdefault = update = __ior__ = _refuse

    def __reduce__(self) -> tuple[type[FrozenDict], tuple[dict[Any, Any]]]:
        return FrozenDict, (dict(self),)


def frozen(value: Any) -> Any:
    """The value, or a copy of it that stays as it is; a set in the order of its elements' text.

    >>> frozen({"zh": ["水务局", {"b", "a"}]})
    {'zh': ('水务局', ('a', 'b'))}
    """
    if isinstance(value, str | int | FrozenDict | None):
        return value
    if isinstance(value, list | tuple):
        return tuple(map(frozen, value))
    if isinstance(value, set | frozenset):
        return tuple(sorted(map(frozen, value), key=repr))
    if isinstance(value, Mapping):
        return FrozenDict({name: frozen(one) for name, one in value.items()})
    return value
