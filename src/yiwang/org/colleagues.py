"""Who works in a district today, as decisions ask for it: people with their posts, and how somebody is called. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from .asker import PostHeld
from .roles import clearance_of, kinds_seen


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who holds a post today: their number, their name, their account's name, the titles of their posts."""

    person: int
    name: str
    username: str
    posts: tuple[PostHeld, ...]
    titles: tuple[Mapping[str, str], ...] = ()

    def clears(self, kind: str, sensitivity: int) -> bool:
        """Whether their roles together open a kind of matter, and what is as sensitive as this; where it lies is not
        asked."""
        roles = [post.does for post in self.posts]
        kinds = kinds_seen(roles)
        return sensitivity <= clearance_of(roles) and (kinds is None or kind in kinds)


def _nobody() -> Sequence[Colleague]:
    return ()


def _unnamed(people: Collection[int]) -> Mapping[int, str]:
    return {}


@dataclass(frozen=True, slots=True)
class People:
    """The people of a district; looked up where they are asked for, as they are then.

    in_post  everybody who holds a post today
    names    numbers of people -> what they are called, also of those who hold no post any more
    """

    in_post: Callable[[], Sequence[Colleague]] = field(default=_nobody)
    names: Callable[[Collection[int]], Mapping[int, str]] = field(default=_unnamed)


NO_PEOPLE = People()


def meant(said: str, people: Sequence[Colleague]) -> list[Colleague]:
    """Those whom a user name or a name means; several where they are called the same.

    >>> one = Colleague(1, "王敏", "wangmin", ())
    >>> meant("wangmin", [one]) == meant(" 王敏 ", [one]) == [one], meant("王", [one])
    (True, [])
    """
    wanted = said.strip()
    if found := [one for one in people if one.username == wanted]:
        return found
    return [one for one in people if one.name == wanted]
