"""A goal's year as a drawing: the plan dashed, what was reached solid, the forecast with its range. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from yiwang.goals.forecast import Forecast
from yiwang.why.figures import figure

LEFT, RIGHT, TOP, BOTTOM = 56.0, 500.0, 26.0, 250.0
WIDTH, HEIGHT = 600, 280


@dataclass(frozen=True, slots=True)
class Curve:
    """What is drawn: values at the twelve months' ends, points (day, value), the target, today, words of the parts."""

    year: int
    start: Decimal
    path: Sequence[Decimal]
    points: Sequence[tuple[date, Decimal]]
    target: Decimal
    today: date
    words: dict[str, str]
    forecast: Forecast | None = None
    ends: date | None = None
    from_start: bool = True
    behind: bool = False

    @property
    def top(self) -> Decimal:
        values = [self.target, *self.path, *(value for _, value in self.points)]
        if self.forecast:
            values.append(self.forecast.high)
        return max(values) if max(values) > self.bottom else self.bottom + 1

    @property
    def bottom(self) -> Decimal:
        """Nothing, unless everything moves in a narrow band far above it: then the band's own foot."""
        low = min([self.start if self.from_start else self.target, self.target, *(value for _, value in self.points)])
        if self.from_start or low <= 0:
            return min(low, Decimal(0))
        spread = max(self.target, *(value for _, value in self.points), low) - low
        return max(low - max(spread * 2, low / 20), Decimal(0))

    def x(self, day: date) -> float:
        days = (date(self.year, 12, 31) - date(self.year, 1, 1)).days + 1
        at = min(max((day - date(self.year, 1, 1)).days + 1, 0), days)
        return round(LEFT + (RIGHT - LEFT) * at / days, 1)

    def y(self, value: Decimal) -> float:
        share = float((value - self.bottom) / (self.top - self.bottom))
        return round(BOTTOM - (BOTTOM - TOP) * share, 1)


def drawing(curve: Curve, label: str) -> SafeString:
    """The SVG; `label` says in a sentence what it shows."""
    parts = (_grid, _months, _plan, _forecast, _actual, _today)
    body = "".join(part(curve) for part in parts)
    look, said = ("curve fine" if _fine(curve) else "curve"), conditional_escape(label)
    return mark_safe(f'<svg class="{look}" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{said}">{body}</svg>')


def _fine(curve: Curve) -> bool:
    """Whether the forecast reaches the target."""
    return curve.forecast is not None and curve.forecast.value >= curve.target


def _grid(curve: Curve) -> str:
    parts = []
    step = _step(curve.top - curve.bottom)
    value = (curve.bottom / step).to_integral_value(ROUND_CEILING) * step
    while value <= curve.top:
        y = curve.y(value)
        text = figure(value)
        parts.append(f'<path class="grid" d="M{LEFT} {y}H{RIGHT}"/>')
        parts.append(f'<text class="ax" x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{text}</text>')
        value += step
    parts.append(f'<path class="foot" d="M{LEFT} {BOTTOM}H{RIGHT}"/>')
    y = curve.y(curve.target)
    word = conditional_escape(curve.words["target"])
    parts.append(f'<path class="target" d="M{LEFT} {y}H{RIGHT}"/>')
    parts.append(f'<text class="lbl" x="{RIGHT + 8}" y="{y + 4}">{word} {figure(curve.target)}</text>')
    return "".join(parts)


def _step(span: Decimal) -> Decimal:
    """A round distance between the lines: 1, 2, 2.5 or 5 of a power of ten, so that there are three to six."""
    size = Decimal(10) ** (span / 5).adjusted()
    return next(
        size * n for n in (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10)) if size * n * 5 >= span
    )


def _months(curve: Curve) -> str:
    width = (RIGHT - LEFT) / 12
    return "".join(
        f'<text class="ax" x="{LEFT + width * (month - 0.5):.1f}" y="{BOTTOM + 18}" text-anchor="middle">{month}</text>'
        for month in range(1, 13)
    )


def _plan(curve: Curve) -> str:
    width = (RIGHT - LEFT) / 12
    first = f"{LEFT},{curve.y(curve.start)} " if curve.from_start else f"{LEFT},{curve.y(curve.path[0])} "
    line = first + " ".join(f"{LEFT + width * month:.1f},{curve.y(value)}" for month, value in enumerate(curve.path, 1))
    return f'<polyline class="plan" points="{line}"/>'


def _actual(curve: Curve) -> str:
    if not curve.points:
        return ""
    places = [(curve.x(day), curve.y(value)) for day, value in curve.points]
    start = f"{LEFT},{curve.y(curve.start)} " if curve.from_start else ""
    line = start + " ".join(f"{x},{y}" for x, y in places)
    dots = "".join(f'<circle class="dot" cx="{x}" cy="{y}" r="2.4"/>' for x, y in places[:-1])
    x, y = places[-1]
    word = f"{conditional_escape(curve.words['actual'])} {figure(curve.points[-1][1])}"
    below = 20 if (curve.behind and y < BOTTOM - 30) or y < TOP + 20 else -10
    text = f'<text class="lbl" x="{x}" y="{y + below}" text-anchor="middle">{word}</text>'
    return f'<polyline class="actual" points="{line}"/>{dots}<circle class="last" cx="{x}" cy="{y}" r="4"/>{text}'


def _forecast(curve: Curve) -> str:
    if curve.forecast is None or not curve.points:
        return ""
    day, value = curve.points[-1]
    end = curve.x(curve.ends or date(curve.year, 12, 31))
    x, y = curve.x(day), curve.y(value)
    low, middle, high = (curve.y(one) for one in (curve.forecast.low, curve.forecast.value, curve.forecast.high))
    word = conditional_escape(curve.words["forecast"])
    shown = figure(curve.forecast.value, at_most=0 if curve.top >= 20 else 1)
    at = middle + 4
    if abs(middle - curve.y(curve.target)) < 15:  # the two labels would lie on each other
        at = curve.y(curve.target) + (19 if middle >= curve.y(curve.target) else -11)
    return (
        f'<path class="range" d="M{x} {y}L{end} {high}V{low}Z"/><path class="ahead" d="M{x} {y}L{end} {middle}"/>'
        f'<text class="lbl ahead-word" x="{RIGHT + 8}" y="{at}">{word} {shown}</text>'
    )


def _today(curve: Curve) -> str:
    if curve.today.year != curve.year:
        return ""
    x = curve.x(curve.today)
    word = f"{conditional_escape(curve.words['today'])} {curve.today:%m-%d}"
    anchor, at = ("end", x - 5) if x > (LEFT + RIGHT) / 2 else ("start", x + 5)
    text = f'<text class="ax" x="{at}" y="{TOP - 6}" text-anchor="{anchor}">{word}</text>'
    return f'<path class="today" d="M{x} {TOP - 14}V{BOTTOM}"/>{text}'
