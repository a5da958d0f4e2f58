"""What a pack's file may say of its queues: matters that wait for the same thing, and ended ones worth finding. Pure.

A queue is a condition over the facts of a matter and nothing that is kept of it: who fits stands in it from the moment
at which it fits, and no longer. One of open matters is worked through on the desk (call-backs); one of ended matters is
a library, in which whoever has a new one finds what solved those before (R2.13).
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from yiwang.org.titles import Title

Alike = Literal["category", "street", "words"]


class Library(Struct, forbid_unknown_fields=True, frozen=True):
    """What makes a queue a library of ended matters, found from the page of a new one.

    shows  the fields that say what solved it
    alike  by what it is found: the category, the street, words that both say
    """

    shows: list[str]
    alike: list[Alike]


class Queue(Struct, forbid_unknown_fields=True, frozen=True):
    """Matters of a kind under a title of their own: open ones, with how many there are, or a library of ended ones.

    when     what must be true of them
    library  what makes it a library of ended matters; none: it is one of open matters
    """

    title: Title
    when: str
    library: Library | None = None


def named(text: str) -> tuple[str, str]:
    """("kind", "queue") of "kind/queue".

    >>> named("hotline/to_call"), named("")
    (('hotline', 'to_call'), ('', ''))
    """
    kind, _, queue = text.partition("/")
    return kind, queue
