"""What every reader of a form shares: one field's complaint, all of them gathered, and yes or no."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from yiwang.why import Words

_YES = frozenset({"true", "yes", "1", "on", "是"})
_NO = frozenset({"false", "no", "0", "否"})


class Wrong(Exception):
    """A field that cannot be read; `words` say why."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.speak("en"))
        self.words = words


@contextmanager
def noted(complaints: dict[str, Words], field: str) -> Iterator[None]:
    """What is wrong with a field goes to `complaints`, so that everything wrong with a form is said at once (R3.2)."""
    try:
        yield
    except Wrong as wrong:
        complaints[field] = wrong.words


def yes_or_no(raw: object) -> bool | None:
    """True, False, or None for what is neither.

    >>> yes_or_no("on"), yes_or_no("否"), yes_or_no(True), yes_or_no("perhaps")
    (True, False, True, None)
    """
    if isinstance(raw, bool):
        return raw
    said = str(raw).lower()
    return True if said in _YES else False if said in _NO else None
