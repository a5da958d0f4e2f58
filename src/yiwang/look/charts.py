"""Small drawings of numbers as SVG: spark lines with a gap where nothing was reported, bars with a plan's tick."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.safestring import SafeString, mark_safe

Value = float | int | Decimal | None


def spark(
    values: Sequence[Value], low: Value = None, high: Value = None, *, width: int = 68, height: int = 28
) -> SafeString:
    """A line through `values`, oldest first; None breaks it. Dashed lines stand at the band's ends that fall in view.

    The scale follows the values and whichever end of the band lies near them (within their own spread).
    """
    known = [float(value) for value in values if value is not None]
    if not known:
        return mark_safe(f'<svg class="spark" viewBox="0 0 {width} {height}" aria-hidden="true"></svg>')
    ends = [float(end) for end in (low, high) if end is not None]
    bottom, top = _scale(known, ends)

    def y(value: float) -> float:
        return height / 2 if top == bottom else round(3 + (height - 6) * (top - value) / (top - bottom), 1)

    step = (width - 5) / max(len(values) - 1, 1)
    lines = [f'<path class="band" d="M0 {y(end)}H{width}"/>' for end in ends if bottom <= end <= top and top != bottom]
    for run in _runs(values):
        points = " ".join(f"{round(1 + at * step, 1)},{y(value)}" for at, value in run)
        lines.append(f'<polyline points="{points}"/>')
    if values[-1] is not None:
        lines.append(f'<circle cx="{round(1 + (len(values) - 1) * step, 1)}" cy="{y(float(values[-1]))}" r="2.2"/>')
    return mark_safe(f'<svg class="spark" viewBox="0 0 {width} {height}" aria-hidden="true">{"".join(lines)}</svg>')


def _scale(known: list[float], ends: Iterable[float]) -> tuple[float, float]:
    bottom, top = min(known), max(known)
    spread = top - bottom or abs(top) * 0.2 or 1.0
    for end in ends:
        if bottom - spread <= end <= top + spread:
            bottom, top = min(bottom, end), max(top, end)
    return bottom, top


def _runs(values: Sequence[Value]) -> Iterable[list[tuple[int, float]]]:
    run: list[tuple[int, float]] = []
    for at, value in enumerate(values):
        if value is None:
            if run:
                yield run
            run = []
        else:
            run.append((at, float(value)))
    if run:
        yield run


def share(part: Value, whole: Value) -> float:
    """How much of the bar is filled, 0 to 100; an empty whole fills nothing, and a template's "" is nothing known."""
    if part in (None, "") or not whole:
        return 0.0
    return round(min(max(float(part) / float(whole) * 100, 0.0), 100.0), 2)


def goal_bar(done: Value, plan: Value, target: Value, lamp: str = "") -> SafeString:
    """Fill = done, tick = plan to date, both against the target."""
    tick = "" if plan in (None, "") else f'<rect class="tick" x="{share(plan, target)}%" y="0" width="2" height="14"/>'
    return mark_safe(
        f'<svg class="gbar {lamp}" aria-hidden="true"><rect class="whole" y="4" width="100%" height="6"/>'
        f'<rect class="done" y="4" width="{share(done, target)}%" height="6"/>{tick}</svg>'
    )


def strip(parts: Sequence[tuple[str, int]]) -> SafeString:
    """One bar cut in proportion: (lamp, count) in order."""
    whole = sum(count for _, count in parts)
    at, pieces = 0.0, []
    for lamp, count in parts:
        wide = share(count, whole)
        if count:
            pieces.append(f'<rect class="{lamp}" x="{round(at, 2)}%" width="{wide}%" height="8"/>')
        at += wide
    return mark_safe(f'<svg class="strip" aria-hidden="true">{"".join(pieces)}</svg>')


def bar(part: Value, whole: Value, mark: Value = None) -> SafeString:
    """A plain bar; `mark` sets a tick (what it was before)."""
    tick = "" if mark in (None, "") else f'<rect class="tick" x="{share(mark, whole)}%" y="0" width="2" height="14"/>'
    return mark_safe(
        f'<svg class="gbar bare" aria-hidden="true">'
        f'<rect class="done" y="3" width="{share(part, whole)}%" height="8"/>{tick}</svg>'
    )
