"""The one failure that people read: what cannot be done or answered, and why (design §1, R0.1).

Rules and stores raise it; it is mapped once for pages (`look.errors`), once for the API (`api.errors`), once for
commands. A face that shows its form again asks with `attempt` and looks at what came.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from .receipt import Receipt
from .words import Words, say

Found = TypeVar("Found")


class Refusal(Exception):
    """What was asked cannot be done.

    receipt  why, in the words of those who asked; its claim is the sentence
    fields   a field of a form or of a request → what is wrong with it
    status   what a page or an API answers with (RFC 9110)
    """

    status = 409

    def __init__(
        self, why: Receipt | Words, *, fields: Mapping[str, Words] | None = None, status: int | None = None
    ) -> None:
        self.receipt = why if isinstance(why, Receipt) else Receipt(why, False)
        self.fields: dict[str, Words] = dict(fields or {})
        if status is not None:
            self.status = status
        super().__init__(self.sentence("zh"))

    @property
    def words(self) -> Words:
        """The sentence, in every language."""
        claim = self.receipt.claim
        return claim if isinstance(claim, Words) else say("why.said", text=claim)

    def sentence(self, language: str = "zh") -> str:
        """The sentence, in one language."""
        return self.receipt.sentence(language)


class NotAllowed(Refusal):
    """The asker may not do this, whatever stands in the form."""

    status = 403


class NotThere(Refusal, LookupError):
    """Nothing of that name, or the asker may not see it: the two are not told apart."""

    status = 404

    def __init__(self, why: Receipt | Words | None = None, *, status: int | None = None) -> None:
        super().__init__(why or say("why.not_there"), status=status)


class Incomplete(Refusal):
    """What is missing or wrong, field by field."""

    status = 422

    def __init__(self, fields: Mapping[str, Words]) -> None:
        super().__init__(
            Receipt(say("why.incomplete"), False, [Receipt(words) for words in fields.values()]), fields=fields
        )

    def __str__(self) -> str:
        return "; ".join(f"{name}: {words}" for name, words in self.fields.items())


class Conflict(Refusal):
    """Somebody else was faster, or the same was sent twice: the receipt tells what stands now (design §6)."""


class Unreadable(Refusal, ValueError):
    """A file or a text that cannot be read as what it should be."""

    status = 422


def attempt(doing: Callable[..., Found], *args: Any, **named: Any) -> Found | Refusal:
    """What the call gives, or the refusal that it raised.

    >>> attempt(int, "7")
    7
    """
    try:
        return doing(*args, **named)
    except Refusal as refusal:
        return refusal
