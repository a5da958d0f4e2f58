"""Where the words of a drawing stand, and how wide they are: on their arrow, over no box or other words. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

Point = tuple[float, float]
Curve = tuple[Point, Point, Point, Point]
Way = tuple[str, str]  # from one stage to another
Covered = tuple[float, float, float, float]  # x and y of a middle, half its width, half its height

SIGN = 6.6  # half the width of a Chinese character in words of 12 px, and about that of a letter
LEADING = 15  # from line to line
_ALONG = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)  # where on an arrow its words may stand, best first
_ASIDE = (0.0, 10.0, -10.0, 20.0, -20.0, 30.0, -30.0)
_TIMES = 3  # that words are put where they do least harm
_STEPS = 40  # in which an arrow is walked along to see what it crosses
_COVERED, _CROSSED = 1_000.0, 12.0  # how much worse than a pixel aside


def width_of(words: str) -> float:
    """About how wide words of 12 px are."""
    return sum(signs(words)) * SIGN


def signs(words: str) -> Iterator[int]:
    """How wide each sign is; a Chinese character is as wide as two others."""
    return (2 if ord(sign) > 0x2E80 else 1 for sign in words)


def covered(at: Point, lines: Sequence[str]) -> Covered:
    """What lines of words around a middle take up, with a little air."""
    return *at, max(map(width_of, lines), default=0) / 2 + 3, LEADING * len(lines) / 2


def middle(curve: Curve) -> Point:
    return _on(curve, 0.5)


def _on(curve: Curve, t: float) -> Point:
    """A point of the curve, `t` of the way along it."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = curve
    a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
    return a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy


def places_of_words(
    curves: Mapping[Way, Curve], said: Mapping[Way, Sequence[str]], boxes: Sequence[Covered]
) -> dict[Way, Point]:
    """The middle of the words of every arrow: each where there is room, and once more when the others stand."""
    spots: dict[Way, Point] = {}
    for _ in range(_TIMES):
        for way, curve in curves.items():
            words = [covered(at, said[other]) for other, at in spots.items() if other != way]
            others = [other for another, other in curves.items() if another != way]
            spots[way] = _room(curve, said[way], [*boxes, *words], others)
    return spots


def _room(curve: Curve, lines: Sequence[str], taken: Sequence[Covered], others: Iterable[Curve]) -> Point:
    """Where the words of an arrow cover nothing and no other arrow runs through them; else where they do least harm.

    taken   boxes, and words that stand already
    others  the other arrows
    """
    passing = [_on(other, step / _STEPS) for other in others for step in range(_STEPS + 1)]

    def harm(spot: tuple[float, Point]) -> float:
        away, at = spot
        words = covered(at, lines)
        crossed = sum(_touch((*point, 0, 0), words) for point in passing)
        return _COVERED * sum(_touch(one, words) for one in taken) + _CROSSED * crossed + away

    return min(_spots(curve, lines), key=harm)[1]


def _spots(curve: Curve, lines: Sequence[str]) -> Iterator[tuple[float, Point]]:
    """(how far from the best, where) the words may stand; of an arrow upright, on either side."""
    upright = abs(curve[0][0] - curve[3][0]) < 1
    beside = covered((0, 0), lines)[2] + 2
    for number, t in enumerate(_ALONG):
        x, y = _on(curve, t)
        for aside in _ASIDE:
            if upright:
                right = 1 if curve[0][1] < curve[3][1] else -1
                yield number + abs(aside), (x + right * beside, y + aside)
                yield number + abs(aside) + 4, (x - right * beside, y + aside)
            else:
                yield number + abs(aside), (x, y + aside)


def _touch(one: Covered, other: Covered) -> bool:
    return abs(one[0] - other[0]) < one[2] + other[2] and abs(one[1] - other[1]) < one[3] + other[3]


def in_lines(title: str, room: int, most: int = 2) -> list[str]:
    """A title in as many lines as a box has room for, broken between words where it has some, the rest left out.

    >>> in_lines("Vote of the committee", 15), in_lines("联合评审委员会表决中", 12), in_lines("Unspeakablenesses", 15)
    (['Vote of the', 'committee'], ['联合评审委员', '会表决中'], ['Unspeakableness', 'es'])
    """
    lines: list[str] = []
    rest = title.strip()
    while rest and len(lines) < most:
        line = _fitting(rest, room if len(lines) < most - 1 or sum(signs(rest)) <= room else room - 1)
        lines.append(line.rstrip())
        rest = rest[len(line) :].lstrip()
    if rest:
        lines[-1] += "…"
    return lines


def _fitting(words: str, room: int) -> str:
    """As much of some words as fits, up to a blank where there is one."""
    width = end = 0
    for wide in signs(words):
        if width + wide > room:
            break
        width, end = width + wide, end + 1
    if end == len(words):
        return words
    blank = words.rfind(" ", 1, end + 1)
    return words[:blank] if blank > 0 else words[:end]
