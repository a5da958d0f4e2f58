"""The ids of receipts that can be computed again: noun, what it is of, when it was said, and what was said.

The references that receipts print in brackets are ids too: `matter:12`, `indicator:CODE?part=against&period=2026-10`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs

from yiwang.org.personal import in_short
from yiwang.why import Refusal, say
from yiwang.why.one_line import one_line

from .definition import Asked
from .register import asked


class Unanswerable(Refusal):
    """An id that cannot be read, or of something that is not there for the asker; the sentence says what to write."""

    status = 422


@dataclass(frozen=True, slots=True)
class Id:
    """One receipt: `as_of` is the text of the instant for which it was computed, `said` the value that it had."""

    noun: str
    name: str
    part: str = ""
    period: str | None = None
    unit: str | None = None
    by: str | None = None
    as_of: str = ""
    said: str | None = None

    @classmethod
    def parse(cls, text: str) -> Id:
        """Raises Unanswerable.

        >>> Id.parse("indicator:hotline_on_time@2026-10/water#2026-11-01T09:00=93.2%").said
        '93.2%'
        """
        noun, _, rest = text.replace("\x00", "").strip().partition(":")
        known = asked().get(noun)
        if known is None:
            raise _unreadable(text)
        if known.parts and "?" in rest:
            return cls._referred(text, noun, known, *rest.split("?", 1))
        rest, equals, said = rest.partition("=")
        rest, _, as_of = rest.partition("#")
        match = re.fullmatch(known.shape, rest.strip())
        if not match:
            raise _unreadable(text, known)
        return cls(noun=noun, as_of=as_of.strip(), said=said.strip() if equals else None, **match.groupdict())

    @classmethod
    def _referred(cls, text: str, noun: str, known: Asked, name: str, query: str) -> Id:
        """What a reference in a receipt leads to, whichever part of it."""
        wanted = {key: values[-1].strip() for key, values in parse_qs(query).items()}
        if not re.fullmatch(r"[^/@#=]+", name) or wanted.keys() - known.parts:
            raise _unreadable(text, known)
        wanted.pop("part", None)
        return cls(noun, name, **wanted)


def examples() -> list[str]:
    """An id of each form."""
    return [one.example for one in asked().values()]


def _unreadable(text: str, known: Asked | None = None) -> Unanswerable:
    told = known.example if known else examples()
    return Unanswerable(say("nouns.bad_id", id=in_short(one_line(text), 80), examples=told))
