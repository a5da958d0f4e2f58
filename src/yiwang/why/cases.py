"""Many reasons behind one number: counted first, read page by page when somebody looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from .receipt import Receipt
from .words import Words, say

PAGE = 50


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases of a receipt that would be too long to hold.

    total  how many there are; known without reading one
    read   (page from 1, size) -> the receipts of that page, in an order that stays
    query  the statement that gives them again, where there is one
    """

    total: int
    read: Callable[[int, int], Iterable[Receipt]]
    query: str = ""

    def page(self, number: int = 1, size: int = PAGE) -> tuple[Receipt, ...]:
        """One page; empty beyond the last. Nothing is read where there is nothing."""
        if number < 1 or (number - 1) * size >= self.total:
            return ()
        return tuple(self.read(number, size))

    def __len__(self) -> int:
        return self.total

    def __iter__(self) -> Iterator[Receipt]:
        """Every case, a page at a time."""
        for number in range(1, -(-self.total // PAGE) + 1):
            yield from self.page(number)

    def counted(self, claim: Words | str) -> Receipt:
        """The count alone, with the query; no case is read."""
        again = [Receipt(say("why.query"), self.query)] if self.query else []
        return Receipt(claim, self.total, again)

    def under(self, head: Receipt, at_most: int = 5) -> Receipt:
        """`head` with the first cases under its reasons, and how many more there are."""
        first = self.page(1, at_most) if at_most else ()
        rest = self.total - len(first)
        more = [Receipt(say("why.more", n=rest))] if rest > 0 else []
        return Receipt(head.claim, head.value, (*head.because, *first, *more), head.source, head.at)
