"""A district from its pack alone, without a database: to prove, draw and try what a pack says. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from .asker import Asker, PostHeld
from .colleagues import Colleague, People
from .definition import Organisation
from .district import District, Grid, PostFacts, UnitFacts
from .roles import NOTHING, clearance_of, kinds_seen, roles_from
from .titles import plain, texts


def district_from(said: Organisation) -> District:
    """The district, its units numbered in the order of the pack."""
    units: dict[str, UnitFacts] = {}
    for number, unit in enumerate(said.units, 1):
        above = units.get(unit["parent"] or "")
        units[unit["code"]] = UnitFacts(
            number,
            unit["code"],
            unit["kind"],
            unit["name"],
            unit["short"],
            unit["gb_code"],
            above.id if above else None,
            (*(above.path if above else ()), number),
            tuple(unit["aliases"]),
        )
    about = said.pack.district
    return District(
        id=1,
        code=about.code,
        title=about.title.mapping(),
        languages=tuple(about.languages),
        demo=about.demo,
        calendar=said.calendar,
        digest=about.digest,
        offices=about.offices,
        personal=said.personal,
        zone=ZoneInfo(about.time_zone),
        units={unit.id: unit for unit in units.values()},
        grid=Grid((code, units[unit].id, outline) for code, unit, outline in said.cells),
        roles=roles_from(plain(said.roles.roles)),
        posts={
            one["code"]: PostFacts(one["code"], one["unit"], one["role"], texts(one, "title", said.languages))
            for one in said.posts
        },
        rosters=said.rosters,
    )


def holders(district: District) -> dict[str, Asker]:
    """post -> somebody who holds it and nothing else, for every post of a district; nobody who is there really."""
    by_post: dict[str, Asker] = {}
    for number, post in enumerate(district.posts.values(), 1):
        unit = district.by_code[post.unit]
        does = district.roles.get(post.role, NOTHING)
        held = PostHeld(number, post.code, post.role, unit.id, unit.code, unit.id, does)
        by_post[post.code] = Asker(
            district.id,
            district.code,
            person=number,
            posts=(held,),
            units=(unit.id,),
            clearance=clearance_of([does]),
            kinds=kinds_seen([does]),
        )
    return by_post


def people_of(held: Mapping[str, Asker]) -> People:
    """The holders of posts, each called by the code of their post."""
    found = [Colleague(one.person or 0, post, post, one.posts, ({},)) for post, one in held.items()]
    names = {one.person: one.name for one in found}
    return People(lambda: found, lambda wanted: {one: names[one] for one in wanted if one in names})
