"""What a pack's pages/*.yaml may say: one file a page, and what stands in none is the platform's own.

Only what districts choose differently stands here: which figures a page shows and in which order, and from which
threshold on. Where on the page they stand, and what they look like, is the platform's.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as made
from datetime import timedelta
from typing import Literal, get_args

from msgspec import Struct, field

from yiwang.org.titles import Title, convert
from yiwang.typed.spans import span

FLOOR = 10  # no district publishes a count below it: it could tell of one person (R9.12)

# counts of matters that the platform knows (matters.overview): what stands open, what today and the last hour brought
Count = Literal["open", "overdue", "soon", "opened_today", "closed_today", "last_hour", "orders"]
COUNTS: tuple[Count, ...] = get_args(Count)
# how pressing what waits is, from the most to the least: each reaches to the next that is shown, `later` takes the rest
Section = Literal["over", "soon", "today", "week", "later"]
SECTIONS: tuple[Section, ...] = get_args(Section)


class Rates(Struct, forbid_unknown_fields=True, frozen=True):
    """The rates of a page: `title` stands over them, `show` names indicators in their places."""

    show: list[str] = field(default_factory=list)
    title: Title = field(default_factory=lambda: Title(zh="指标", en="Rates"))


class Wall(Struct, forbid_unknown_fields=True, frozen=True):
    """pages/wall.yaml

    header  the counts of its head, in their places; `orders` where goals open matters
    rates   of this month
    lately  days that the feed and the hot spots look back
    feed    rows;  hot  hot spots;  goals, vitals  tiles
    """

    header: list[Count] = field(default_factory=lambda: ["open", "opened_today", "closed_today", "overdue", "orders"])
    rates: Rates = field(default_factory=Rates)
    lately: int = 30
    feed: int = 8
    hot: int = 5
    goals: int = 6
    vitals: int = 12
    reference: str = ""


class Similar(Struct, forbid_unknown_fields=True, frozen=True):
    """Matters of the same category close by: within so many metres and days (R1.13, R2.12)."""

    metres: int = 80
    days: int = 120
    most: int = 5


class Precedents(Struct, forbid_unknown_fields=True, frozen=True):
    """Who closed the same category in the same street: within so many days (R9.14)."""

    days: int = 365
    most: int = 4


class Desk(Struct, forbid_unknown_fields=True, frozen=True):
    """pages/desk.yaml

    sections       of an inbox, the most pressing first
    urgent_within  what is due within it is urgent: "2 h", "1 d"; in the inbox, on the map and in a clock's chip
    """

    sections: list[Section] = field(default_factory=lambda: list(SECTIONS))
    urgent_within: str = "2 h"
    similar: Similar = Similar()
    precedents: Precedents = Precedents()
    reference: str = ""

    @property
    def soon(self) -> timedelta:
        """`urgent_within` as a length of time."""
        return span(self.urgent_within)


class Phone(Struct, forbid_unknown_fields=True, frozen=True):
    """A number that residents can call, what is to be said of it, and what of emergencies."""

    number: str
    title: Title
    note: Title


class Portal(Struct, forbid_unknown_fields=True, frozen=True):
    """pages/portal.yaml

    published  indicators that are shown to passers-by, in their places (R9.12); nothing is public by itself
    period     over which they are counted: this month, quarter or year
    fewest     a count below it is not shown, for it could tell of one person; never below FLOOR
    phone      beside the two doors of the first page
    """

    published: list[str] = field(default_factory=list)
    period: Literal["month", "quarter", "year"] = "month"
    fewest: int = FLOOR
    phone: Phone | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Pages:
    """Every page of a district."""

    wall: Wall = made(default_factory=Wall)
    desk: Desk = made(default_factory=Desk)
    portal: Portal = made(default_factory=Portal)


FILES: dict[str, type[Wall] | type[Desk] | type[Portal]] = {"wall": Wall, "desk": Desk, "portal": Portal}


def page_from(name: str, mapping: object) -> Wall | Desk | Portal:
    """A page as the database keeps it. Raises msgspec.ValidationError."""
    return convert(mapping, FILES[name])
