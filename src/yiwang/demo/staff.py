"""Who acts in the simulation: the people of the district in their posts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from random import Random

from yiwang.org.appointing import without_an_end
from yiwang.org.asker import Asker, PostHeld
from yiwang.org.queries import facts, user_of
from yiwang.org.session import acting_as, asker_of_user


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in a post; without a post: the system or a reporter."""

    person: int | None
    posts: tuple[PostHeld, ...] = ()
    role: str = ""


SYSTEM = Actor(None, role="system")
REPORTER = Actor(None, role="reporter")


class Staff:
    """People by unit and role. Call inside `acting_as`."""

    def __init__(self, asker: Asker) -> None:
        roles = facts(asker).roles
        self._by: dict[tuple[str, str], list[Actor]] = {}
        for held in without_an_end(asker):
            post, unit = held.post, held.post.unit
            actor = Actor(
                held.person_id,
                (PostHeld(post.pk, post.code, post.role, unit.pk, unit.code, unit.pk, roles[post.role]),),
                post.role,
            )
            self._by.setdefault((unit.code, post.role), []).append(actor)

    def of(self, rng: Random, unit: str, *roles: str) -> Actor:
        """Somebody of a unit in one of the roles, the first role that anybody holds there."""
        for role in roles:
            if found := self._by.get((unit, role)):
                return rng.choice(found)
        raise LookupError(f"nobody in {unit} is {' or '.join(roles)}")

    def some(self, rng: Random, roles: Sequence[str], unit: str | None, *, anywhere: bool = False) -> list[Actor]:
        """Everybody of a unit, or of the whole district, who holds one of the roles, in an order by chance."""
        candidates = [
            actor
            for (where, role), actors in self._by.items()
            if role in roles and (anywhere or where == unit)
            for actor in actors
        ]
        rng.shuffle(candidates)
        return candidates

    def as_they_are(self, people: Collection[int]) -> list[Actor]:
        """Some people by their numbers, each in all their posts."""
        held: dict[int, list[PostHeld]] = {person: [] for person in people}
        for actor in (actor for actors in self._by.values() for actor in actors):
            if actor.person in held:
                held[actor.person] += actor.posts
        return [Actor(person, tuple(posts)) for person, posts in held.items() if posts]

    def other(self, rng: Random, unit: str, role: str, than: Actor) -> Actor:
        """Somebody else of the same unit and role."""
        return rng.choice([one for one in self._by[(unit, role)] if one.person != than.person])

    def anybody(self, unit: str | None) -> bool:
        """Whether somebody works in a unit."""
        return any(where == unit for where, _ in self._by)

    def has(self, unit: str, role: str) -> bool:
        return (unit, role) in self._by


def asker_of(system: Asker, person: int) -> Asker | None:
    """A person as an asker; None when they have no account or hold no post any more."""
    with acting_as(system):
        user = user_of(system, person)
        return asker_of_user(user) if user else None
