"""What a district's pack says of matters: its kinds by version, its categories and duties. Kept per load of the pack.

Running matters keep the version of their kind that they began with.
"""

from __future__ import annotations

from datetime import date

import msgspec

from yiwang.org.asker import Asker
from yiwang.org.in_post import people_of
from yiwang.org.per_load import per_load
from yiwang.org.personal import in_short
from yiwang.org.queries import facts
from yiwang.why import NotThere, Words, say

from .definition import Kind, kind_from
from .listing import lists_of
from .loads import open_matters
from .models import Category, Duty, Gate, KindVersion, Result
from .parties import GIVEN
from .results import ResultFacts
from .schema import Home
from .world import CategoryFacts, DutyFacts, GateFacts, World


@per_load
def world(asker: Asker) -> World:
    """The asker's district as the rules see it. Call inside `acting_as`."""
    district = facts(asker)
    categories = Category.objects.filter(district=asker.district)
    duties = Duty.objects.filter(district=asker.district)
    gates = Gate.objects.filter(district=asker.district)
    results = Result.objects.filter(district=asker.district)
    return World(
        district,
        {c.code: CategoryFacts(c.code, c.name, c.class_name, c.urgency, c.parent, c.top) for c in categories},
        {d.category: DutyFacts(d.to, d.clause) for d in duties},
        district.calendar,
        lists_of(asker, district),
        {r.code: ResultFacts(r.code, r.title, r.national, r.national_title) for r in results},
        open_matters,
        {one.unit_kind: GateFacts(one.definition["reference"], frozenset(one.definition["kinds"])) for one in gates},
        people_of(district),
    )


@per_load
def kind_of(asker: Asker, code: str, version: date | None = None) -> Kind:
    """A kind in a version, or in the current one. Raises NotThere. Call inside `acting_as`."""
    rows = KindVersion.objects.filter(district=asker.district, code=code)
    row = rows.filter(version=version).first() if version else rows.filter(current=True).first()
    if row is None:
        raise NotThere(say("matters.no_such_kind", kind=in_short(code, 40)))
    return kind_from(msgspec.json.decode(row.definition), _home(asker))


@per_load
def _home(asker: Asker) -> Home:
    """The district's time, which all of its kinds share: its working days are worked out once."""
    return Home.of(facts(asker).calendar)


def current_kinds(asker: Asker) -> list[Kind]:
    """Every kind of the district, in the pack's order."""
    codes = (
        KindVersion.objects.filter(district=asker.district, current=True).order_by("pk").values_list("code", flat=True)
    )
    return [kind_of(asker, code) for code in codes]


@per_load
def ordered_kind(asker: Asker) -> Kind | None:
    """The kind by which goals are supervised; None where the pack has none."""
    return next((kind for kind in current_kinds(asker) if kind.ordering and not kind.retired), None)


def every_kind(asker: Asker) -> list[Kind]:
    """Every version of every kind of the district: running matters keep the one that they began with."""
    versions = KindVersion.objects.filter(district=asker.district).order_by("pk").values_list("code", "version")
    return [kind_of(asker, code, version) for code, version in versions]


_BY_ITSELF = {
    "create": say("matters.created"),
    "reschedule": say("matters.rescheduled"),
    "children": say("matters.children_changed"),
    "link.merge": say("matters.link_merge"),
    "link.take": say("matters.link_take"),
    "link.part": say("matters.link_part"),
    "link.give_back": say("matters.link_give_back"),
    "link.end": say("matters.link_end"),
    "link.cause": say("matters.link_cause"),
    "link.uncause": say("matters.link_uncause"),
    GIVEN: say("matters.party_door"),
    "personal.correct": say("matters.personal_corrected"),
    "personal.erase": say("matters.personal_erased"),
    "personal.mask": say("matters.personal_masked"),
}


def title_of(kind: Kind, action: str) -> dict[str, str] | Words | str:
    """What an entry's action is called: by its kind, or by the platform for what it does itself."""
    known = kind.actions.get(action)
    return known.title.mapping() if known else _BY_ITSELF.get(action, action)
