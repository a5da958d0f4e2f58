"""What a pack's pages/*.yaml may say: one file a page, and what stands in none is the platform's own.

Only what districts choose differently stands here: which figures a page shows and in which order, and from which
threshold on. Where on the page they stand, and what they look like, is the platform's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made
from datetime import timedelta
from typing import Any, Literal, get_args

from msgspec import Struct, field

from yiwang.org.titles import Title, convert
from yiwang.typed.spans import span

FLOOR = 10  # no district publishes a count below it: it could tell of one person (R9.12)

# counts of matters that the platform knows (matters.overview): what stands open, what today and the last hour brought
Count = Literal["open", "overdue", "soon", "opened_today", "closed_today", "recent", "orders"]
COUNTS: tuple[Count, ...] = get_args(Count)
# how pressing what waits is, from the most to the least: each reaches to the next that is shown, `later` takes the rest
Section = Literal["over", "soon", "today", "week", "later"]
SECTIONS: tuple[Section, ...] = get_args(Section)
# what a list can show of a matter, and of an order that a red goal opened
Column = Literal["clock", "number", "kind", "title", "street", "stage", "ended", "lead", "created"]
OrderColumn = Literal["grade", "number", "goal", "lead", "stage", "due", "opened"]


Period = Literal["month", "quarter", "year"]


class Rates(Struct, forbid_unknown_fields=True, frozen=True):
    """The rates of a page: `title` stands over them, `show` names indicators in their places, `period` is over which
    they are counted and compared with the one before.

    show    the indicators, in the order in which they stand
    period  over which time they are counted
    """

    show: list[str] = field(default_factory=list)
    title: Title = field(default_factory=lambda: Title(zh="指标", en="Rates"))
    period: Period = "month"


class Wall(Struct, forbid_unknown_fields=True, frozen=True):
    """pages/wall.yaml

    header   the counts of its head, in their places; `orders` where goals open matters
    alarms   those that stand out when they are more than none
    strip    the counts of the chosen street
    grounds  what the ground of the map can show, the usual first
    columns  of the lists behind its figures
    rates    of this month, quarter or year
    recent   what came in within it is new: "1 h", "30 min"; the count of that name, and points on the map
    lately   days that the feed and the hot spots look back
    feed     how many of the latest acts its feed shows
    hot      how many hot spots it names
    goals    how many goals its list shows
    vitals   how many vital signs it shows
    """

    header: list[Count] = field(default_factory=lambda: ["open", "opened_today", "closed_today", "overdue", "orders"])
    alarms: list[Count] = field(default_factory=lambda: ["overdue"])
    strip: list[Count] = field(default_factory=lambda: ["open", "overdue", "recent"])
    grounds: list[Count] = field(default_factory=lambda: ["open", "overdue"])
    columns: list[Column] = field(
        default_factory=lambda: ["clock", "number", "kind", "title", "street", "stage", "created"]
    )
    rates: Rates = field(default_factory=Rates)
    recent: str = "1 h"
    lately: int = 30
    feed: int = 8
    hot: int = 5
    goals: int = 6
    vitals: int = 12
    reference: str = ""

    @property
    def new(self) -> timedelta:
        """`recent` as a length of time."""
        return span(self.recent)


class Similar(Struct, forbid_unknown_fields=True, frozen=True):
    """Matters of the same category close by: within so many metres and days (R1.13, R2.12).

    metres  how near
    days    how long ago at most
    most    how many are shown
    """

    metres: int = 80
    days: int = 120
    most: int = 5


class Precedents(Struct, forbid_unknown_fields=True, frozen=True):
    """Who closed the same category in the same street: within so many days (R9.14).

    days  how long ago at most
    most  how many units are shown
    """

    days: int = 365
    most: int = 4


class Desk(Struct, forbid_unknown_fields=True, frozen=True):
    """pages/desk.yaml

    sections       of an inbox, the most pressing first
    urgent_within  what is due within it is urgent: "2 h", "1 d"; in the inbox, on the map and in a clock's chip
    columns        of the list of matters
    similar     what counts as near and alike on a matter's page
    precedents  how far back it looks for who handled the like
    """

    sections: list[Section] = field(default_factory=lambda: list(SECTIONS))
    urgent_within: str = "2 h"
    columns: list[Column] = field(
        default_factory=lambda: ["number", "kind", "title", "stage", "street", "lead", "created", "clock"]
    )
    similar: Similar = Similar()
    precedents: Precedents = Precedents()
    reference: str = ""

    @property
    def soon(self) -> timedelta:
        """`urgent_within` as a length of time."""
        return span(self.urgent_within)


class Board(Struct, forbid_unknown_fields=True, frozen=True):
    """pages/board.yaml

    unfolded  goals with which all chapters stand open
    orders    open orders beside the goals;  closed  those with which their list ends
    reports   of a goal that stand open, the earlier ones folded;  changes  of its history
    columns   of the list of orders
    """

    unfolded: int = 14
    orders: int = 12
    closed: int = 60
    reports: int = 4
    changes: int = 8
    columns: list[OrderColumn] = field(default_factory=lambda: list(get_args(OrderColumn)))
    reference: str = ""


class Phone(Struct, forbid_unknown_fields=True, frozen=True):
    """A number that residents can call, what is to be said of it, and what of emergencies.

    number  the form of it
    """

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
    period: Period = "month"
    fewest: int = FLOOR
    phone: Phone | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Pages:
    """Every page of a district."""

    wall: Wall = made(default_factory=Wall)
    desk: Desk = made(default_factory=Desk)
    portal: Portal = made(default_factory=Portal)
    board: Board = made(default_factory=Board)


Page = Wall | Desk | Portal | Board
FILES: dict[str, type[Page]] = {"wall": Wall, "desk": Desk, "portal": Portal, "board": Board}
_CALLED_BEFORE = {"last_hour": "recent"}  # counts of a wall's head that were loaded under another name


def page_from(name: str, mapping: Mapping[str, Any]) -> Page:
    """A page as the database keeps it. Raises msgspec.ValidationError."""
    said = dict(mapping)
    if name == "wall" and "header" in said:
        said["header"] = [_CALLED_BEFORE.get(count, count) for count in said["header"]]
    return convert(said, FILES[name])
