"""What a pack's file may say of matters that are one thing: merged into each other, or reported again (R1.13, R2.12).

Pure. A kind without `merge` is never merged; one without `repeats` counts nothing.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from .clock_state import limit_of

PLACE, REPORTER = "place", "reporter"  # what is alike of two matters beside their facts
OF_EVERY_MATTER = ("category", "street", "neighbourhood", "cell", "channel", "unit")


class Near(Struct, forbid_unknown_fields=True, frozen=True):
    """How near two matters must be to be one; 0: however far.

    metres  between their places
    days    between the moments at which they were opened
    """

    metres: int = 0
    days: int = 0


class Merge(Struct, forbid_unknown_fields=True, frozen=True, rename={"from_": "from"}):
    """Who may make one matter of two, and when: the one waits for the other, and ends as it does (R1.13).

    by      the roles that may; each must be theirs to act on in both matters
    from    the stages in which one may be merged into another; all that do not end, where none is said
    within  how near they must be
    same    what must be the same in both: category, street, neighbourhood, cell, channel, unit, form.<field>
    clocks  what the clocks of the one that waits do: stop, or run on
    counts  how both count in rates and among what is open: once, or each
    """

    by: str | list[str]
    from_: str | list[str] = field(default_factory=list)
    within: Near = field(default_factory=Near)
    same: list[str] = field(default_factory=list)
    clocks: Literal["stop", "run"] = "stop"
    counts: Literal["once", "each"] = "once"

    @property
    def roles(self) -> list[str]:
        return [self.by] if isinstance(self.by, str) else self.by

    @property
    def stages(self) -> list[str]:
        return [self.from_] if isinstance(self.from_, str) else self.from_


class Repeats(Struct, forbid_unknown_fields=True, frozen=True, rename={"or_": "or"}):
    """Which earlier matters of its kind a new one repeats, counted when it is opened (R2.12).

    within  how long before: "30 days"
    same    what must be the same: reporter, place, category, street, neighbourhood, cell, channel, unit, form.<field>
    or      of these, one at least
    metres  how near "the same place" is
    """

    within: str
    same: list[str] = field(default_factory=list)
    or_: list[str] = field(default_factory=list)
    metres: int = 50

    @property
    def days(self) -> float:
        """How long before, in days. Raises ValueError for a limit that a calendar counts."""
        limit = limit_of(self.within)
        if limit.unit.value == "days":
            return limit.amount
        if limit.unit.value == "minutes":
            return limit.amount / (24 * 60)
        raise ValueError(self.within)

    @property
    def named(self) -> list[str]:
        return [*self.same, *self.or_]


def fact_named(word: str) -> str:
    """The fact that a word of `same` compares.

    >>> fact_named("unit"), fact_named("form.lift")
    ('lead', 'form.lift')
    """
    return "lead" if word == "unit" else word
