"""States: lamps, orders, clocks, stages; empty, wrong and loading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from yiwang.look import clocks, shapes, speech
from yiwang.org.queries import facts
from yiwang.pages.queries import pages_of

from .numbers import opens

register = template.Library()


@register.simple_tag
def lamp(kind: str, word: Any = None, size: str = "", set: str = "state") -> SafeString:
    """{% lamp "watch" %}, {% lamp "watch" set="goal" %}: colour, shape and word.

    kind  ok, watch, alarm, stale, unknown, done, no;  set  state (正常 …) or goal (绿灯 …)
    word  another word; "" shows the shape alone and keeps the word for screen readers
    size  "lg" beside running text
    """
    kind = kind if kind in shapes.LAMPS else "unknown"
    usual = speech.spoken(f"look.lamp.{set}.{kind}")
    shown = usual if word is None else speech.speak(word)
    text = format_html("<span>{}</span>", shown) if shown else format_html('<span class="sr">{}</span>', usual)
    return format_html('<span class="lamp {} {}">{}{}</span>', kind, size, shapes.lamp_shape(kind), text)


@register.simple_tag
def lamp_word(kind: str, set: str = "state") -> str:
    """{% lamp_word "watch" %}: the word of a lamp, for an accessible name."""
    return speech.spoken(f"look.lamp.{set}.{kind}")


ORDERS = {"blue": 1, "orange": 2, "red": 3}


@register.simple_tag
def order(colour: str, word: Any = None, alone: bool = False) -> SafeString:
    """{% order "red" order.grade alone=True %}: a supervision order by its bars and the word of its kind for them.

    `alone` shows the bars and keeps the word for who points at them and for screen readers.
    """
    text = speech.spoken(f"look.order.{colour}") if word is None else speech.speak(word)
    shape = shapes.order_shape(ORDERS[colour])
    if alone:
        return format_html(
            '<span class="lamp order {}" title="{}">{}<span class="sr">{}</span></span>', colour, text, shape, text
        )
    return format_html('<span class="lamp order {}">{}<span>{}</span></span>', colour, shape, text)


@register.simple_tag
def point(name: str) -> SafeString:
    """{% point "diamond" %}: a point of the map beside its word in a legend."""
    return shapes.point_shape(name)


@register.simple_tag
def icon(name: str) -> SafeString:
    """{% icon "search" %}: a silent picture beside a word."""
    return shapes.icon_shape(name)


@register.simple_tag(takes_context=True)
def clock_chip(
    context: Mapping[str, Any], clock: Any, now: datetime | None = None, href: str = "", named: bool = False
) -> SafeString:
    """{% clock_chip clock now href named=True %}: what is left of a clock by the district's calendar.

    With `href` it opens why; `named` puts the clock's title before the time left.
    """
    if not clock:
        return mark_safe("")
    asker = getattr(context.get("request"), "asker", None)
    chip = (
        clocks.chip_of(clock, now, facts(asker).calendar, pages_of(asker).desk.soon)
        if asker
        else clocks.chip_of(clock, now)
    )
    shape = shapes.lamp_shape(chip.shape) if chip.shape in shapes.LAMPS else shapes.icon_shape(chip.shape)
    text = f"{chip.title} {chip.text}".strip() if named else chip.text
    if not href:
        return format_html('<span class="chip {}" title="{}">{}{}</span>', chip.kind, chip.title, shape, text)
    label = speech.spoken("look.open_receipt", name=chip.title, value=chip.text).strip()
    return format_html(
        '<a class="chip {}" {} aria-label="{}">{}{}</a>',
        chip.kind,
        opens(href),
        label,
        shape,
        text,
    )


@register.inclusion_tag("look/stepper.html")
def stepper(steps: Sequence[Mapping[str, Any]], compact: bool = False) -> dict[str, Any]:
    """{% stepper steps %}: each step is {title, state: past|now|future, note}; `compact` draws bars for the portal."""
    return {"steps": steps, "compact": compact}


@register.simple_tag
def empty(what: Any, then: Any = "") -> SafeString:
    """{% empty "没有待核查的事项" "下一批预计 13:30" %}: what is empty, since when, what comes next."""
    return format_html('<div class="state"><b>{}</b><div>{}</div></div>', speech.speak(what), speech.speak(then))


@register.inclusion_tag("look/problem.html")
def problem(what: Any, then: Any = "", actions: Sequence[tuple[Any, str]] = ()) -> dict[str, Any]:
    """{% problem what then actions %}: what happened, what is kept, what to do; actions are (words, address)."""
    return {"what": what, "then": then, "actions": actions}


@register.inclusion_tag("look/loading.html")
def loading(lines: int = 3) -> dict[str, Any]:
    """{% loading 3 %}: bars in the final layout, shown after 300 ms."""
    return {"lines": range(lines)}
