"""A kind as a drawing: its stages as boxes, what leads from one to another as arrows. Pure.

The way that a matter takes when all goes well stands in one row, left to right; ways back arch over it, ways past
others hang below it, and what lies beside the way stands in rows of its own underneath.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .definition import Kind
from .drawing_words import Covered, Curve, Point, covered, middle, places_of_words, width_of
from .way_out import way_out

BOX, HIGH, GAP, ROW = 116, 44, 64, 124  # a box's width and height, the least between boxes, between rows
MARGIN, LIFT, DROP = 24, 28, 22
_SHOWN = 2  # titles on one arrow; more are counted


@dataclass(frozen=True, slots=True)
class Box:
    """A stage: its middle, its titles, and whether a matter ends there."""

    stage: str
    title: Mapping[str, str]
    final: bool
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Arrow:
    """What leads from one stage to another: the actions, the curve by its four points, its words by line and the middle
    of these."""

    start: str
    end: str
    actions: tuple[str, ...]
    by_itself: bool
    curve: Curve
    lines: tuple[str, ...]
    at: Point

    @property
    def covers(self) -> Covered:
        """What its words take up."""
        return covered(self.at, self.lines)


@dataclass(frozen=True, slots=True)
class Drawing:
    left: float
    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def drawing(kind: Kind, language: str) -> Drawing:
    """The whole kind, with its words in a language of the pack. What stays at its stage is not drawn."""
    places, ways = _places(kind), _ways(kind)
    over = _levels(places, [way for way in ways if _is_back(places, way)])
    below = _levels(places, [way for way in ways if _is_past(places, way)])
    said = {way: tuple(titles(kind, actions, language)) for way, actions in ways.items()}
    columns = _columns(places, said)
    top = MARGIN + LIFT * max(over.values(), default=0) + (12 if over else 0)
    sunk = DROP * max((level for way, level in below.items() if not places[way[0]][1]), default=0)
    centre = {
        stage: (columns[column], top + HIGH / 2 + row * ROW + (sunk if row else 0))
        for stage, (column, row) in places.items()
    }
    boxes = tuple(Box(code, stage.title.mapping(), stage.final, *centre[code]) for code, stage in kind.stages.items())
    curves = {
        way: _curve(centre[way[0]], centre[way[1]], over.get(way, 0), below.get(way, 0))
        for way in sorted(ways, key=lambda one: abs(places[one[0]][0] - places[one[1]][0]))
    }
    spots = places_of_words(curves, said, [(box.x, box.y, BOX / 2 + 4, HIGH / 2 + 2) for box in boxes])
    arrows = [
        Arrow(*way, tuple(ways[way]), _by_itself(kind, ways[way]), curve, said[way], spots[way])
        for way, curve in curves.items()
    ]
    taken = [*((box.x, box.y, BOX / 2, HIGH / 2) for box in boxes), *(arrow.covers for arrow in arrows)]
    left = min(x - half for x, _, half, _ in taken) - MARGIN
    width = max(x + half for x, _, half, _ in taken) + MARGIN - left
    low = max(y + half for _, y, _, half in taken)
    deepest = max((y for arrow in arrows for _, y in (middle(arrow.curve),)), default=0)
    return Drawing(left, width, max(low, deepest) + MARGIN, boxes, tuple(arrows))


def _columns(places: Mapping[str, Place], said: Mapping[Way, tuple[str, ...]]) -> list[float]:
    """The middle of each column: as far from the one before as the words between them need."""
    centres = [MARGIN + BOX / 2]
    for column in range(1, max(column for column, _ in places.values()) + 1):
        between = [
            width_of(line)
            for (here, there), lines in said.items()
            for line in lines
            if {places[here], places[there]} == {(column - 1, places[here][1]), (column, places[here][1])}
        ]
        centres.append(centres[-1] + BOX + max([GAP, *(width + 22 for width in between)]))
    return centres


Place = tuple[int, int]  # column, row
Way = tuple[str, str]


def _places(kind: Kind) -> dict[str, Place]:
    """The main way in the first row; every other stage below those from which it is reached, where there is room."""
    main = [kind.first, *way_out(kind, kind.first)]
    places: dict[str, Place] = {stage: (column, 0) for column, stage in enumerate(main)}
    waiting = [stage for stage in kind.stages if stage not in places]
    while waiting:
        stage = next((one for one in waiting if _before(kind, one, places)), waiting[0])
        waiting.remove(stage)
        columns = [places[one][0] for one in _before(kind, stage, places)] or [0]
        places[stage] = _free(round(sum(columns) / len(columns)), set(places.values()), len(main))
    return places


def _before(kind: Kind, stage: str, among: Mapping[str, Place]) -> list[str]:
    """Those stages, of some, from which a stage is reached."""
    return [one for one in among if any(stage in kind.actions[name].leads_to(one) for name in kind.by_stage[one])]


def _free(column: int, taken: set[Place], columns: int) -> Place:
    """The free place next to a column, in the first row below the main way that has one."""
    for row in range(1, 100):
        near = sorted(range(columns), key=lambda one: (abs(one - column), one))
        for one in near[:3]:
            if (one, row) not in taken:
                return one, row
    return column, 100


def _ways(kind: Kind) -> dict[Way, list[str]]:
    """(from, to) -> the actions that lead there, in the order of the file."""
    ways: dict[Way, list[str]] = {}
    for stage in kind.stages:
        for name in kind.by_stage[stage]:
            for to in kind.actions[name].leads_to(stage):
                if to != stage:
                    ways.setdefault((stage, to), []).append(name)
    return ways


def _by_itself(kind: Kind, actions: list[str]) -> bool:
    return all(kind.actions[name].actors == ["system"] for name in actions)


def _is_back(places: Mapping[str, Place], way: Way) -> bool:
    (here, row), (there, other) = places[way[0]], places[way[1]]
    return row == other and there < here


def _is_past(places: Mapping[str, Place], way: Way) -> bool:
    (here, row), (there, other) = places[way[0]], places[way[1]]
    return row == other and there > here + 1


def _levels(places: Mapping[str, Place], ways: list[Way]) -> dict[Way, int]:
    """How far from the row each arch runs: a wider one outside those that it spans."""
    levels: dict[Way, int] = {}
    for way in sorted(ways, key=lambda one: abs(places[one[0]][0] - places[one[1]][0])):
        inside = [level for other, level in levels.items() if _overlap(places, way, other)]
        levels[way] = max(inside, default=0) + 1
    return levels


def _overlap(places: Mapping[str, Place], first: Way, other: Way) -> bool:
    if places[first[0]][1] != places[other[0]][1]:
        return False
    (a, b), (c, d) = (sorted(places[stage][0] for stage in way) for way in (first, other))
    return a < d and c < b


def _curve(start: Point, end: Point, over: int, below: int) -> Curve:
    """The way of an arrow: an arch over or below its row, straight to a neighbour, or from row to row."""
    (ax, ay), (bx, by) = start, end
    if over or below:
        edge = ay + (-HIGH / 2 if over else HIGH / 2)
        far = edge + (-LIFT * over if over else DROP * below) * 4 / 3
        shift = BOX / 6 if bx > ax else -BOX / 6
        return (ax + shift, edge), (ax + shift, far), (bx - shift, far), (bx - shift, edge)
    if ay == by:
        half = BOX / 2 if bx > ax else -BOX / 2
        step = (bx - ax - 2 * half) / 3
        return (ax + half, ay), (ax + half + step, ay), (bx - half - step, by), (bx - half, by)
    down = 1 if by > ay else -1
    first, last = ay + down * HIGH / 2, by - down * HIGH / 2
    half = (first + last) / 2
    if ax == bx:  # what goes down and what comes up stand apart
        ax = bx = ax + 12 * down
    else:  # it leaves and comes in on the side of the other
        towards = 1 if bx > ax else -1
        ax, bx = ax + towards * BOX / 4, bx - towards * (BOX / 4 if down > 0 else BOX / 8)
    return (ax, first), (ax, half), (bx, half), (bx, last)


def titles(kind: Kind, actions: list[str], language: str) -> Iterator[str]:
    """What stands on an arrow: the first titles, and how many more."""
    said = [kind.actions[name].title.speak(language) for name in actions]
    yield from said[:_SHOWN]
    if len(said) > _SHOWN:
        yield f"+{len(said) - _SHOWN}"
