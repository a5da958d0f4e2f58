"""Words of the board that hang on a value: what kind of statement, of which time, what was done to it."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse

from yiwang.goals.queries import Order, Standing
from yiwang.look.speech import spoken

from ..goals import target_words as words_of_target

register = template.Library()


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
