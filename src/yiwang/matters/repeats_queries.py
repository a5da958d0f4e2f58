"""Which earlier matters one repeats, and why it counts as reported again: as far as the asker sees these (R2.12)."""

from __future__ import annotations

from yiwang.org.asker import Asker
from yiwang.why import Receipt, Words, say

from . import rules
from .definition import Kind
from .joined import Repeats
from .linked import REPEATED, REPEATS
from .merging import name_of
from .models import Link, Matter
from .queries import OneMatter, state_of


def repeated(asker: Asker, matter: OneMatter) -> list[Matter]:
    """The earlier matters that one repeats, the newest first; none where who reported is hidden from the asker."""
    units = units_of(asker)
    if not matter.state.get(REPEATED) or not rules.shows_reporter(matter.state, units):
        return []
    ids = Link.objects.filter(district=asker.district, kind=REPEATS, from_matter=matter.row.pk).values("to_matter")
    rows = Matter.objects.filter(pk__in=ids).order_by("-created_at", "-pk")
    return [row for row in rows if rules.shows_reporter(state_of(asker, row), units)]


def why_repeated(asker: Asker, matter: OneMatter) -> Receipt | None:
    """Why it counts as reported again: the rule of its kind, and the earlier ones that the asker may see."""
    earlier, how = repeated(asker, matter), matter.kind.repeats
    if not earlier or how is None:
        return None
    because = [Receipt(rule_of(matter.kind, how), source=matter.kind.reference)]
    because += [Receipt(row.number, row.called, source=f"matter:{row.pk}") for row in earlier]
    claim = say("matters.repeats_claim", number=matter.row.number, n=len(earlier))
    return Receipt(claim, len(earlier), because)


def rule_of(kind: Kind, how: Repeats) -> Words:
    """What must be the same of two, in words."""
    same, any_of = ([name_of(kind, word) for word in words] for words in (how.same, how.or_))
    if not how.or_ or not how.same:
        return say("matters.repeats_rule", within=how.within, same=same or any_of, kind=kind.title.mapping())
    return say("matters.repeats_rule_or", within=how.within, same=same, any=any_of, kind=kind.title.mapping())


def units_of(asker: Asker) -> tuple[str, ...]:
    return tuple(post.unit_code for post in asker.posts)
