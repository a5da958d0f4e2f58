"""Small drawings: lines, bars, the map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from yiwang.look import charts, mapping, shapes
from yiwang.look.land import land
from yiwang.look.speech import speak

register = template.Library()


@register.simple_tag
def spark(values: Sequence[Any], low: Any = None, high: Any = None, width: int = 68) -> SafeString:
    """{% spark values low high %}: a line with the band's ends dashed; None in `values` leaves a gap."""
    return charts.spark(values, low, high, width=width)


@register.simple_tag
def goal_bar(done: Any, plan: Any, target: Any, lamp: str = "") -> SafeString:
    """{% goal_bar done plan target lamp %}: fill = done, tick = plan to date, both against the target."""
    return charts.goal_bar(done, plan, target, lamp)


@register.simple_tag
def bar(part: Any, whole: Any, mark: Any = None) -> SafeString:
    """{% bar part whole mark %}: a plain bar with a tick."""
    return charts.bar(part, whole, mark)


@register.simple_tag
def lamp_strip(parts: Sequence[tuple[str, int]]) -> SafeString:
    """{% lamp_strip parts %}: one bar cut by (lamp, count)."""
    return charts.strip(parts)


@register.simple_tag(takes_context=True)
def land_to_draw_on(context: Any, name: Any = "") -> mapping.Drawing | None:
    """{% land_to_draw_on field.title as ground %}: the district's map without what happens on it; none where it has
    none."""
    ground = land(context["request"].asker)
    return ground.drawing(name=speak(name)) if ground.streets else None


@register.inclusion_tag("look/map.html")
def map_svg(
    drawing: mapping.Drawing, pin: bool = False, walk: bool = True, figures: bool = False, draw: str = ""
) -> dict[str, Any]:
    """{% map_svg drawing %}: the map. `pin` lets a place be pressed into the form's fields `lon` and `lat`, `draw` a
    "line" or an "area" into the field beside it.

    `figures` leaves out the land: what a map that stands already takes over when its figures change.
    """
    points = [{"dot": dot, "shape": mark_safe(shapes.POINTS[dot.shape])} for dot in drawing.dots]
    whole = not figures and drawing.seen is None  # what can be flown over
    return {
        "map": drawing,
        "points": points,
        "pin": pin,
        "walk": walk,
        "draw": draw,
        "leads": not (pin or draw),
        "figures": figures,
        "whole": whole,
    }
