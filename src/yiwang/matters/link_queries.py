"""What may be asked of the matters that one hangs together with: each as far as the asker sees it."""

from __future__ import annotations

from dataclasses import dataclass

from yiwang.org.asker import Asker
from yiwang.org.session import acting_as, for_the_district
from yiwang.why import Receipt, Words, say

from . import rules
from .definition import Kind
from .joined import Repeats
from .linked import CALLERS, INTO, ONE_WITH, REPEATED, REPEATED_OF
from .merging import name_of
from .models import Link, Matter
from .queries import OneMatter, one, state_of

MOST_LIKE = 8  # matters that are offered to be merged with


@dataclass(frozen=True, slots=True)
class Ends:
    """The matters at the other ends of links of one sort: those that the asker sees, and how many more there are."""

    rows: list[Matter]
    hidden: int


def waits_for(asker: Asker, found: OneMatter) -> Ends | None:
    """The matter with which one is; None where it is with none."""
    if not found.state.get(ONE_WITH):
        return None
    rows = list(Matter.objects.filter(district=asker.district, number=found.state[INTO]))
    return Ends(rows, 1 - len(rows))


def waiting_for(asker: Asker, found: OneMatter) -> Ends | None:
    """The matters that wait for one, or ended with it; None where there are none."""
    many = int(found.state.get(CALLERS, 1)) - 1
    if not many:
        return None
    ids = Link.objects.filter(district=asker.district, kind="merged", to_matter=found.row.pk).values("from_matter")
    rows = list(Matter.objects.filter(pk__in=ids).order_by("pk"))
    return Ends(rows, max(many - len(rows), 0))


def repeated(asker: Asker, found: OneMatter) -> Ends | None:
    """The earlier matters that one repeats; None where there are none, or who reported is hidden from the asker."""
    many = int(found.state.get(REPEATED, 0))
    units = tuple(post.unit_code for post in asker.posts)
    if not many or not rules.shows_reporter(found.state, units):
        return None
    numbers = found.state.get(REPEATED_OF) or ()
    rows = Matter.objects.filter(district=asker.district, number__in=numbers).order_by("-created_at", "-pk")
    shown = [row for row in rows if rules.shows_reporter(state_of(asker, row), units)]
    return Ends(shown, many - len(shown))


def why_repeated(asker: Asker, found: OneMatter) -> Receipt | None:
    """Why it counts as reported again: the rule of its kind, and the earlier ones that the asker may see."""
    ends, how = repeated(asker, found), found.kind.repeats
    if ends is None or how is None:
        return None
    because = [Receipt(rule_of(found.kind, how), source=found.kind.reference)]
    because += [Receipt(row.number, row.title, source=f"matter:{row.pk}") for row in ends.rows]
    if ends.hidden:
        because.append(Receipt(say("matters.repeats_hidden", n=ends.hidden)))
    n = len(ends.rows) + ends.hidden + 1
    return Receipt(say("matters.repeats_claim", number=found.row.number, n=n), n, because)


def rule_of(kind: Kind, how: Repeats) -> Words:
    """What must be the same of two, in words."""
    same, any_of = ([name_of(kind, word) for word in words] for words in (how.same, how.or_))
    if not how.or_ or not how.same:
        return say("matters.repeats_rule", within=how.within, same=same or any_of, kind=kind.title.mapping())
    return say("matters.repeats_rule_or", within=how.within, same=same, any=any_of, kind=kind.title.mapping())


def leading(asker: Asker, found: OneMatter) -> OneMatter | None:
    """The matter with which one is, as the platform sees it: who reported the one is told how the other stands."""
    if not found.state.get(ONE_WITH):
        return None
    with acting_as(for_the_district(asker)) as platform:
        return one(platform, number=found.state[INTO])
