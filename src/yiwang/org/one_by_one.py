"""What the platform does by itself to many things: one that breaks keeps no other waiting, nor is it passed over."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from django.db import DatabaseError, InterfaceError, connection

from yiwang.why import Refusal

from .asker import Asker
from .installed import districts
from .session import system

PAGE = 500  # how many things are read at once
log = logging.getLogger(__name__)
T = TypeVar("T")


def one_by_one(
    things: Iterable[T],
    do: Callable[[T], int],
    *,
    named: Callable[[T], object] = repr,
    refused: Callable[[T, Refusal], None] | None = None,
) -> int:
    """Do something to one thing after the other; the sum of what `do` returned.

    do       in a transaction of its own, so that what breaks half way leaves nothing behind
    named    by what the log calls a thing; of a thing with content, nothing of the content (R9.3)
    refused  what is done about a thing at which `do` was refused; nothing where it is not said
    Raises ExceptionGroup of what else went wrong, when all others are done; at once where the database is gone.
    """
    done, broken = 0, list[Exception]()
    for thing in things:
        try:
            done += _done(thing, do, refused)
        except Exception as wrong:
            log.exception("%s was passed over", named(thing))
            broken.append(wrong)
            if isinstance(wrong, DatabaseError | InterfaceError) and not connection.is_usable():
                break
    if broken:
        raise ExceptionGroup("what could not be done; all else was", broken)
    return done


def _done(thing: T, do: Callable[[T], int], refused: Callable[[T, Refusal], None] | None) -> int:
    try:
        return do(thing)
    except Refusal as why:
        if refused:
            refused(thing, why)
        return 0


def in_each_district(*does: Callable[[Asker], int]) -> int:
    """Do something, or one thing after the other, in every district as the platform itself; the sum of the answers."""
    work = [(district, do) for district in districts() for do in does]
    return one_by_one(work, lambda one: one[1](system(one[0].id)), named=lambda one: f"district {one[0].code}")


def in_pages(read: Callable[[T], list[T]], before_all: T, size: int) -> Iterator[T]:
    """What lies in a table, a page at a time, so that what stays where it is hides nothing behind it.

    read        the things after one, in their order, at most `size`
    before_all  what stands before the first
    """
    last, page = before_all, list[T]()
    while page := read(last):
        yield from page
        if len(page) < size:
            return
        last = page[-1]
