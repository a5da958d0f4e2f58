"""A walk of a trial as data: what was done, one thing after the other, so that any process can walk it again. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeAlias

import msgspec
from msgspec import Struct

from yiwang.org.asker import Asker
from yiwang.why import Refusal, say

from .definition import Kind
from .trial import Trial
from .world import World

MOST = 150  # things that are done in one walk


class Opened(Struct, tag="open", frozen=True):
    """Somebody opens it behind a door; no door: the platform itself. `place` is (lon, lat) in WGS84."""

    who: str
    data: dict[str, Any]
    door: str = ""
    place: tuple[float, float] | None = None


class WentRound(Struct, tag="round", frozen=True):
    """The rhythm of its kind opens it, for the object of a code."""

    of: str = ""


class Did(Struct, tag="do", frozen=True):
    """Somebody does something: `who` is a post, or the reporter."""

    who: str
    action: str
    data: dict[str, Any]


class Waited(Struct, tag="wait", frozen=True):
    """Time goes by."""

    until: datetime


class EndedUnder(Struct, tag="under", frozen=True):
    """One of the matters under it ends."""

    name: str


Move: TypeAlias = Opened | WentRound | Did | Waited | EndedUnder


class Walk(Struct, frozen=True):
    """A whole walk. It begins at `at`, by a version of a kind."""

    kind: str
    version: date
    at: datetime
    moves: tuple[Move, ...] = ()

    def and_then(self, move: Move) -> Walk:
        """Raises Refusal where it is long enough."""
        if len(self.moves) >= MOST:
            raise Refusal(say("matters.walk_too_long", n=MOST))
        return msgspec.structs.replace(self, moves=(*self.moves, move))

    def but(self, last: int) -> Walk:
        """The walk without what was done last, but for the opening."""
        return msgspec.structs.replace(self, moves=self.moves[: max(len(self.moves) - last, 1)])


def written(walk: Walk) -> str:
    return msgspec.json.encode(walk).decode()


def read(text: str) -> Walk | None:
    """A walk from what `written` made of it; None for anything else."""
    try:
        return msgspec.json.decode(text, type=Walk)
    except (msgspec.MsgspecError, ValueError):
        return None


def go(trial: Trial, move: Move) -> None:
    """Do one thing. Raises Refusal, Incomplete; then all is as before."""
    if isinstance(move, Opened) and move.door:
        trial.come_in(move.door, move.who, move.data, move.place)
    elif isinstance(move, Opened):
        trial.begin(move.who, move.data)
    elif isinstance(move, WentRound):
        trial.go_round(move.of)
    elif isinstance(move, Did):
        if move.who not in trial.everybody:
            raise Refusal(say("matters.try_nobody", post=move.who[:60], known=[*trial.people][:12]))
        trial.act(move.who, move.action, move.data)
    elif isinstance(move, Waited):
        trial.wait_until(move.until)
    else:
        trial.end_under(move.name)


def again(walk: Walk, kind: Kind, world: World, people: Mapping[str, Asker]) -> tuple[Trial, Walk]:
    """The walk, walked again; and as much of it as can be walked, which is less where its kind has changed since."""
    trial = Trial(kind, world, people, walk.at)
    for number, move in enumerate(walk.moves):
        try:
            go(trial, move)
        except Refusal:
            return trial, msgspec.structs.replace(walk, moves=walk.moves[:number])
    return trial, walk
