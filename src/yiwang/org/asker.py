"""Who asks, and what they may see: values and one predicate, written once and used everywhere (design §7). Pure.

The database enforces the predicate as row security: the application's role owns no table and cannot bypass a policy.
The queries carry the same words as a filter, so that the planner can walk an index in the list's order.

Four axes: district; unit (own unit and all below it, or involvement); kind of matter; sensitivity.
A row of a matter names in `seen_by` every unit that is involved in it and all units above those, so
"my subtree is involved" is one array overlap with the few units of the asker's own posts. A row that has neither kind
nor sensitivity (a plan, a goal, an attempt) is seen by whoever is involved. What several roles of one person open
together is added up in `roles` alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from .roles import NOTHING, RoleFacts, clearance_of, kinds_seen, roles_from

SENSITIVITY_PUBLIC, SENSITIVITY_INTERNAL, SENSITIVITY_COMPLAINT, SENSITIVITY_SECRET = range(4)

# {t} is the table; {district}, {units}, {kinds}, {clearance} come from the session (policy) or as parameters (filter)
INVOLVED = "{t}.district_id = {district} AND {t}.seen_by && {units}"
IN_SIGHT = INVOLVED + (" AND {t}.sensitivity <= {clearance} AND ('*' = ANY({kinds}) OR {t}.kind = ANY({kinds}))")


@dataclass(frozen=True, slots=True)
class PostHeld:
    """One post of the asker: what they may do, for which unit, and which unit's work they see."""

    id: int
    code: str
    role: str
    unit: int
    unit_code: str
    sees: int
    does: RoleFacts = NOTHING


@dataclass(frozen=True, slots=True)
class StandsFor:
    """Whose posts somebody uses for some days: `person`, called `name`, has handed them over (org.delegating).

    id     of the delegation
    until  the moment at which it ends
    own    the posts that they hold themselves: what is kept from these stays kept from them
    """

    id: int
    person: int
    name: str
    until: datetime
    own: tuple[PostHeld, ...] = ()


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks. Everything that reads or writes does so for somebody."""

    district: int
    district_code: str = ""
    person: int | None = None
    name: str = ""
    posts: tuple[PostHeld, ...] = ()
    homes: tuple[str, ...] = ()
    units: tuple[int, ...] = ()
    clearance: int = -1
    kinds: tuple[str, ...] | None = ()
    may_unmask: bool = False
    may_audit: bool = False
    tracking: str = ""
    generation: int = 0
    system: bool = False
    stands_for: StandsFor | None = None
    narrow: Asker | None = None  # who it is by their own sight, where that was widened to take something in

    def roles(self) -> frozenset[str]:
        return frozenset(post.role for post in self.posts)

    @property
    def supervises(self) -> bool:
        """Whether plans, goals and orders are theirs."""
        return any(post.does.supervises for post in self.posts)

    @property
    def behind(self) -> frozenset[int]:
        """Everybody whose act it is: whoever does it, and for whom."""
        return frozenset({self.person, self.stands_for.person if self.stands_for else None} - {None})  # type: ignore[arg-type]

    @property
    def every_post(self) -> tuple[PostHeld, ...]:
        """The posts that are used, and those of whoever stands in: for what must be kept from any of them."""
        return (*self.posts, *(self.stands_for.own if self.stands_for else ()))

    def for_tracking(self, tracking: str) -> Asker:
        """The same asker, who also knows one matter's number and code."""
        return replace(self, tracking=tracking)

    def sees_kind(self, kind: str) -> bool:
        """Whether any of their roles sees matters of a kind."""
        return self.kinds is None or kind in self.kinds

    def sees(self, seen_by: Collection[int], sensitivity: int, kind: str) -> bool:
        """The predicate on the values of one row of the asker's district."""
        involved = not set(self.units).isdisjoint(seen_by)
        return involved and sensitivity <= self.clearance and self.sees_kind(kind)

    def filter(self, table: str) -> tuple[str, list[Any]]:
        """The predicate as SQL with its values, one for each %s in order, for a table that carries `seen_by`."""
        kinds = ["*"] if self.kinds is None else list(self.kinds)
        marks = {"district": "%s", "units": "%s::bigint[]", "clearance": "%s", "kinds": "%s::text[]"}
        return IN_SIGHT.format(t=table, **marks), [self.district, list(self.units), self.clearance, kinds, kinds]


def public(district: int, district_code: str = "", generation: int = 0) -> Asker:
    """A passer-by: sees no matter but one whose number and code they know."""
    return Asker(district=district, district_code=district_code, generation=generation)


def asker_from(answer: dict[str, Any]) -> Asker:
    """The asker from what `org_asker` or `org_stand_in` says: posts and the roles' rights of their district."""
    roles = roles_from(answer["roles"])
    posts = _posts(answer["posts"], roles)
    rights = [answer["roles"].get(post.role, {}) for post in posts]
    does = [post.does for post in posts]
    return Asker(
        district=answer["district"],
        district_code=answer["district_code"],
        person=answer["person"],
        name=answer["name"],
        posts=posts,
        homes=tuple(right["home"] for right in rights if right.get("home")),
        units=tuple(sorted({post.sees for post in posts})),
        clearance=clearance_of(does),
        kinds=kinds_seen(does),
        may_unmask=any(right.get("unmask", False) for right in rights),
        may_audit=any(right.get("audit", False) for right in rights),
        generation=answer["generation"],
        stands_for=_stands_for(answer["for"], roles) if answer.get("for") else None,
    )


def _posts(said: Iterable[Mapping[str, Any]], roles: Mapping[str, RoleFacts]) -> tuple[PostHeld, ...]:
    return tuple(PostHeld(**post, does=roles.get(post["role"], NOTHING)) for post in said)


def _stands_for(said: Mapping[str, Any], roles: Mapping[str, RoleFacts]) -> StandsFor:
    until = datetime.fromisoformat(said["until"])
    return StandsFor(said["id"], said["person"], said["name"], until, _posts(said["own"], roles))
