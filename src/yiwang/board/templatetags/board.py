"""Words of the board that hang on a value: what kind of statement, of which time, what was done to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from yiwang.goals.goal_row import GoalRow
from yiwang.goals.queries import Order, Standing
from yiwang.look.speech import listed, spoken
from yiwang.why.figures import figure

from ..look_back import Run
from ..marked import Piece
from ..one import target_words as words_of_target

register = template.Library()


@register.simple_tag
def marked(piece: Piece) -> SafeString:
    """{% marked piece %}: a run of a plan's text under its marks, with the numbers of the lines that end there."""
    if not piece.marks:
        return format_html("<b>{}</b>" if piece.bold else "{}", piece.text)
    numbers = format_html_join("", '\u2060<sup id="q{}">{}</sup>', ((mark.id, mark.number) for mark in piece.ends))
    return format_html(
        '<mark class="{}" data-of="{}" data-first="{}">{}{}</mark>',
        piece.state,
        piece.ids,
        piece.first,
        piece.text,
        numbers,
    )


@register.simple_tag
def checked(run: Run) -> SafeString:
    """{% checked run %}: a run of a draft; a figure leads to its goal or is marked as one without a source."""
    if not run.figure:
        return format_html("{}", run.text)
    if run.goal is None:
        return format_html('<mark class="missing">{}</mark>', run.text)
    return format_html('<a class="n" href="{}">{}</a>', reverse("board:goal", args=[run.goal]), run.text)


@register.simple_tag
def goal_links(goals: Iterable[GoalRow]) -> SafeString:
    """{% goal_links goals %}: several goals by name, one after the other."""
    links = ((reverse("board:goal", args=[goal.pk]), goal.title) for goal in goals)
    return format_html_join(listed(("", "")), '<a class="link" href="{}">{}</a>', links)


@register.filter
def kind_word(kind: str) -> str:
    return spoken(f"board.kind.{kind}")


@register.filter
def frame_word(frame: str) -> str:
    return spoken(f"board.frame.{frame}")


@register.filter
def did_word(what: str) -> str:
    return spoken(f"board.did.{what}")


@register.filter
def sign_word(comparator: str) -> str:
    """The sign of a comparison, or a word where there is none."""
    return spoken(f"board.sign.{comparator}") if comparator in ("trend", "range") else comparator


@register.filter
def nature_word(nature: str) -> str:
    return spoken(f"board.nature.{nature}")


@register.filter
def promised(standing: Standing) -> str:
    """What was promised as it stands under the bar: "240 台", or the whole of a step."""
    if standing.promise.nature == "step":
        return "100 %"
    return f"{figure(standing.promise.value)} {standing.goal.unit}".strip()


@register.filter
def target_words(standing: Standing) -> str:
    """ "≥ 240 台" """
    return words_of_target(standing)


@register.filter
def lamp_word(colour: str) -> str:
    return spoken(f"look.lamp.goal.{colour}")


@register.filter
def changed_word(what: str) -> str:
    return spoken(f"goals.changed.{what}")


@register.filter
def matter_page(number: str) -> str:
    """The page of a supervision order; the orders' own list where no desk is installed."""
    try:
        return reverse("desk:matter", args=[number])
    except NoReverseMatch:
        return reverse("board:orders")


@register.filter
def order_clock(order: Order) -> dict[str, Any]:
    """The clock of an order as the clock chip shows it: what is left for the unit's answer."""
    return {"title": spoken("board.answer_due"), "due": order.due, "stopped": order.answered}
