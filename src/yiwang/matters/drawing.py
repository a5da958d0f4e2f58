"""A kind as a drawing: its stages as boxes, what leads from one to another as arrows. Pure.

The way that a matter takes when all goes well stands in one row, left to right; ways back arch over it, ways past
others hang below it, and what lies beside the way stands in rows of its own underneath.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .definition import Kind
from .way_out import way_out

BOX, HIGH, GAP, ROW = 116, 44, 64, 124  # a box's width and height, the least between boxes, between rows
MARGIN, LIFT, DROP = 24, 28, 22
SIGN = 6.6  # half the width of a Chinese character in words of 12 px, and about that of a letter
_SHOWN = 2  # titles on one arrow; more are counted
_ALONG = (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78)  # where on an arrow its words may stand, best first


@dataclass(frozen=True, slots=True)
class Box:
    """A stage: its middle, its titles, and whether a matter ends there."""

    stage: str
    title: Mapping[str, str]
    final: bool
    x: float
    y: float


Point = tuple[float, float]
Curve = tuple[Point, Point, Point, Point]
Covered = tuple[float, float, float, float]  # x and y of a middle, half its width, half its height


@dataclass(frozen=True, slots=True)
class Arrow:
    """What leads from one stage to another: the actions, the curve by its four points, its words and their middle."""

    start: str
    end: str
    actions: tuple[str, ...]
    by_itself: bool
    curve: Curve
    words: str
    at: Point


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
    said = {way: " · ".join(titles(kind, actions, language)) for way, actions in ways.items()}
    columns = _columns(places, said)
    top = MARGIN + LIFT * max(over.values(), default=0) + (12 if over else 0)
    sunk = DROP * max((level for way, level in below.items() if not places[way[0]][1]), default=0)
    centre = {
        stage: (columns[column], top + HIGH / 2 + row * ROW + (sunk if row else 0))
        for stage, (column, row) in places.items()
    }
    boxes = tuple(Box(code, stage.title.mapping(), stage.final, *centre[code]) for code, stage in kind.stages.items())
    arrows: list[Arrow] = []
    taken = [(box.x, box.y, BOX / 2 + 4, HIGH / 2 + 2) for box in boxes]
    for way in sorted(ways, key=lambda one: abs(places[one[0]][0] - places[one[1]][0])):
        curve = _curve(centre[way[0]], centre[way[1]], over.get(way, 0), below.get(way, 0))
        at = _room(curve, width_of(said[way]), taken)
        taken.append((*at, width_of(said[way]) / 2 + 3, 8))
        itself = all(kind.actions[name].actors == ["system"] for name in ways[way])
        arrows.append(Arrow(*way, tuple(ways[way]), itself, curve, said[way], at))
    left = min(x - half for x, _, half, _ in taken) - MARGIN
    width = max(x + half for x, _, half, _ in taken) + MARGIN - left
    low = max(y + half for _, y, _, half in taken)
    deepest = max((y for arrow in arrows for _, y in (_on(arrow.curve, 0.5),)), default=0)
    return Drawing(left, width, max(low, deepest) + MARGIN, boxes, tuple(arrows))


def _columns(places: Mapping[str, Place], said: Mapping[Way, str]) -> list[float]:
    """The middle of each column: as far from the one before as the words between them need."""
    centres = [MARGIN + BOX / 2]
    for column in range(1, max(column for column, _ in places.values()) + 1):
        between = [
            words
            for (here, there), words in said.items()
            if {places[here], places[there]} == {(column - 1, places[here][1]), (column, places[here][1])}
        ]
        centres.append(centres[-1] + BOX + max([GAP, *(width_of(words) + 22 for words in between)]))
    return centres


def width_of(words: str) -> float:
    """About how wide words of 12 px are."""
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in words) * SIGN


def _on(curve: Curve, t: float) -> Point:
    """A point of the curve, `t` of the way along it."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = curve
    a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
    return a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy


def _room(curve: Curve, width: float, taken: list[Covered]) -> Point:
    """Where the words of an arrow cover nothing: on it, else beside it, else in its middle."""
    upright = abs(curve[0][0] - curve[3][0]) < 1
    for aside in (0.0, 10.0, -10.0, 20.0, -20.0):
        for t in _ALONG:
            x, y = _on(curve, t)
            if upright:
                x += (1 if curve[0][1] < curve[3][1] else -1) * (width / 2 + 5)
            if not any(_covers(one, x, y + aside, width / 2) for one in taken):
                return x, y + aside
    return _on(curve, 0.5)


def _covers(one: Covered, x: float, y: float, half: float) -> bool:
    """Whether words with their middle here, and half as wide, stand on what is drawn already."""
    return abs(x - one[0]) < one[2] + half and abs(y - one[1]) < one[3] + 7


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
    side, middle = 12 * down, (first + last) / 2  # what goes down and what comes up stand apart
    return (ax + side, first), (ax + side, middle), (bx + side, middle), (bx + side, last)


def titles(kind: Kind, actions: list[str], language: str) -> Iterator[str]:
    """What stands on an arrow: the first titles, and how many more."""
    said = [kind.actions[name].title.speak(language) for name in actions]
    yield from said[:_SHOWN]
    if len(said) > _SHOWN:
        yield f"+{len(said) - _SHOWN}"
