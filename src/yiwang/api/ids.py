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

EXAMPLES = {
    "clock": "clock:RX-20261012-0001/handling",
    "matter": "matter:RX-20261012-0001",
    "indicator": "indicator:hotline_on_time@2026-10/water#2026-11-01T09:00=93.2%",
    "goal": "goal:12=watch",
}
_SHAPES = {
    "clock": r"(?P<name>[^/@]+)/(?P<part>[^/@]+)",
    "matter": r"(?P<name>[^/@]+)",
    "indicator": r"(?P<name>[^/@]+)(@(?P<period>\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d|[^/@]+))?(/(?P<unit>[^/@]+))?",
    "goal": r"(?P<name>[0-9]{1,18})",
}


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
        if noun == "indicator" and "?" in rest:
            return cls._referred(text, *rest.split("?", 1))
        rest, equals, said = rest.partition("=")
        rest, _, as_of = rest.partition("#")
        found = re.fullmatch(_SHAPES.get(noun, r"(?!)"), rest.strip())
        if not found:
            raise _unreadable(text, noun)
        return cls(noun=noun, as_of=as_of.strip(), said=said.strip() if equals else None, **found.groupdict())

    @classmethod
    def _referred(cls, text: str, name: str, query: str) -> Id:
        """The figure that a reference in a receipt leads to, whichever part of it."""
        asked = {key: values[-1].strip() for key, values in parse_qs(query).items()}
        if not re.fullmatch(r"[^/@#=]+", name) or asked.keys() - {"part", "period", "unit", "by", "as_of"}:
            raise _unreadable(text, "indicator")
        asked.pop("part", None)
        return cls("indicator", name, **asked)


def _unreadable(text: str, noun: str) -> Unanswerable:
    examples = EXAMPLES[noun] if noun in EXAMPLES else list(EXAMPLES.values())
    return Unanswerable(say("api.bad_id", id=in_short(one_line(text), 80), examples=examples))
