"""Office hours of one day: `09:00-12:00 13:30-17:30`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from .errors import CalendarError

_SPAN = re.compile(r"(\d{1,2}):(\d\d)\s*[-–—~至到]\s*(\d{1,2}):(\d\d)")
_BETWEEN = re.compile(r"[\s,;、和]*")


@dataclass(frozen=True, slots=True)
class Hours:
    """Spans of minutes after local midnight, in order, apart from each other; 24:00 is minute 1440.

    >>> Hours.parse("09:00-12:00 13:30-17:30").minutes
    420
    """

    spans: tuple[tuple[int, int], ...]

    @classmethod
    def parse(cls, text: str, where: str = "") -> Hours:
        """Raises `CalendarError` for text that is no list of spans, or spans that overlap."""
        spans: list[tuple[int, int]] = []
        plain = unicodedata.normalize("NFKC", str(text)).strip()
        position = 0
        while position < len(plain):
            match = _SPAN.match(plain, position)
            if match is None:
                raise CalendarError("worktime.error.hours", text=text, where=where)
            h1, m1, h2, m2 = map(int, match.groups())
            opens, closes = h1 * 60 + m1, h2 * 60 + m2
            after = spans[-1][1] if spans else -1
            if m1 > 59 or m2 > 59 or not after < opens < closes <= 1440:
                raise CalendarError("worktime.error.hours", text=text, where=where)
            spans.append((opens, closes))
            position = match.end()
            position += len(_BETWEEN.match(plain, position)[0])  # type: ignore[index]
        if not spans:
            raise CalendarError("worktime.error.hours", text=text, where=where)
        return cls(tuple(spans))

    @property
    def opens(self) -> int:
        return self.spans[0][0]

    @property
    def closes(self) -> int:
        return self.spans[-1][1]

    @property
    def minutes(self) -> int:
        return sum(closes - opens for opens, closes in self.spans)

    def __str__(self) -> str:
        return " ".join(f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in self.spans)
