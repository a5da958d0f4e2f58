"""What a pack's file may say of how a matter ends, apart from where it then stands. Pure.

Stages are the way; an end is what came of it: solved, explained, withdrawn. What follows from it is in `ending`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from yiwang.expr import Bool, Instant, Text, Type, Whole
from yiwang.org.titles import Title
from yiwang.why import Words, say

END, GOOD, RESULT, NATIONAL = FACTS = ("ended", "ended.well", "ended.result", "ended.national")
FIRST, REOPENED, TIMES = "ended.first", "ended.reopened", "ended.times"


class End(Struct, forbid_unknown_fields=True, frozen=True):
    """One way in which a matter can have ended: the first in the file that holds is it.

    stages  the final stages in which it can be it; none named: each of them
    when    what must hold of the matter; left out: it is whatever is left
    good    whether that is what was wanted, yes or no; left out: neither, as of what was withdrawn
    result  the district's word for it, of results.yaml
    """

    title: Title
    stages: list[str] = field(default_factory=list)
    when: str = ""
    good: bool | None = None
    result: str = ""


def may_be_in(end: End, stage: str) -> bool:
    """Whether a matter that ended in a final stage can have ended so."""
    return not end.stages or stage in end.stages


def facts_of_ends(ends: Mapping[str, End]) -> Iterator[tuple[str, Type, str, Words]]:
    """(fact, type, how the database casts it, what people call it) of what rules may know of a kind's ends."""
    if ends:
        yield END, Text, "text", say("matters.fact_end")
        yield GOOD, Bool, "boolean", say("matters.fact_end_good")
        yield RESULT, Text, "text", say("matters.fact_end_result")
        yield NATIONAL, Text, "text", say("matters.fact_end_national")
        yield FIRST, Instant, "timestamptz", say("matters.fact_end_first")
        yield REOPENED, Instant, "timestamptz", say("matters.fact_end_reopened")
        yield TIMES, Whole, "bigint", say("matters.fact_end_times")
