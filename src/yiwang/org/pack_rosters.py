"""Reads rosters.yaml of a pack: every shift is somebody's who exists, and the week has neither gap nor overlap."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from yiwang.why import Words, say

from .definition import Organisation
from .pack_file import PackFile
from .pack_table import like
from .roles import WORDS
from .roster import DAYS, Roster, Rosters, faults, minutes, moment_of

FILE = "rosters.yaml"
_FIRST = 3  # faults of a week that are told


def read(folder: Path, organisation: Organisation) -> None:
    """The rosters of a pack, where it has some. Raises PackError for a file that cannot be read."""
    if not (folder / FILE).is_file():
        return
    file = PackFile(folder / FILE, root=folder)
    said = file.as_a(Rosters)
    for name, roster in said.rosters.items():
        wrong = [*_name(name, organisation), *_posts(roster, organisation), *_times(roster)]
        if not wrong:
            wrong = [(f"{name}.shifts", words) for words in islice(_week(roster), _FIRST)]
            organisation.rosters[name] = roster
        else:
            wrong = [(f"{name}.{where}" if where else name, words) for where, words in wrong]
        organisation.problems += [file.problem(f"rosters.{where}", words) for where, words in wrong]


def _name(name: str, organisation: Organisation) -> Iterator[tuple[str, Words]]:
    """Kinds name a roster where they name a role: the two share their names."""
    if not name.isidentifier() or not name.islower() or len(name) > 20:
        yield "", say("org.role_name", name=name[:40])
    elif name in WORDS or name in organisation.roles.roles:
        yield "", say("org.roster.name_taken", name=name)


def _posts(roster: Roster, organisation: Organisation) -> Iterator[tuple[str, Words]]:
    """Whoever stands on it is a post of the pack that somebody holds."""
    posts = {post["code"]: post for post in organisation.posts}
    held = {person["post"] for person in organisation.people}
    named = [("lead", roster.lead)]
    for part in ("shifts", "dates"):
        named += [(f"{part}[{n}].post", one.post) for n, one in enumerate(getattr(roster, part))]
    for where, post in named:
        if post not in posts:
            near = like(post, set(posts))
            yield where, say("org.post_unknown_near" if near else "org.post_unknown", post=post, near=near)
        elif post not in held:
            yield where, say("org.roster.nobody", post=post)


def _times(roster: Roster) -> Iterator[tuple[str, Words]]:
    for part in ("shifts", "dates"):
        for number, one in enumerate(getattr(roster, part)):
            for name, text in (("from", one.from_), ("to", one.to)):
                try:
                    minutes(text)
                except ValueError:
                    yield f"{part}[{number}].{name}", say("org.roster.no_time", text=str(text)[:20])


def _week(roster: Roster) -> Iterator[Words]:
    """What of the week nobody takes, or more than one."""
    for fault, begins, ends in faults(roster):
        moments = [moment_of(one) for one in (begins, ends)]
        days = [say(f"why.weekday_{DAYS.index(day) + 1}") for day, _ in moments]
        (_, first), (_, last) = moments
        yield say(f"org.roster.{fault}", day=days[0], first=first, until=days[1], last=last)
