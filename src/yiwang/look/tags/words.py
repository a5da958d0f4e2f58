"""Words: sentences of the catalogues, titles, and the language that the page speaks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import conditional_escape

from yiwang.look import speech

register = template.Library()


@register.simple_tag
def say(key: str, **args: Any) -> str:
    """{% say "desk.inbox" n=5 %}: a sentence of the catalogues, escaped."""
    return conditional_escape(speech.spoken(key, **args))


@register.simple_tag
def title(thing: Any) -> str:
    """{% title unit.name %}: a title {zh, en}, words or text in the active language."""
    return conditional_escape(speech.speak(thing))


@register.filter
def together(things: Iterable[Any], between: str) -> str:
    """{{ words|together:" · " }}: several of them in one line."""
    return between.join(speech.speak(thing) for thing in things)


@register.filter
def in_a_row(things: Iterable[Any]) -> str:
    """{{ words|in_a_row }}: sentences in one line."""
    return speech.in_a_row(speech.speak(thing) for thing in things)


@register.simple_tag
def colon() -> str:
    """{% colon %}: between a name and what is said of it, as the language writes it."""
    return "：" if speech.language() == "zh" else ": "


@register.simple_tag
def gap() -> str:
    """{% gap %}: between two sentences, as the language writes it: Chinese leaves none."""
    return "" if speech.language() == "zh" else " "


@register.filter
def spoken(thing: Any) -> str:
    """{{ unit.name|spoken }}: the same, for attributes and conditions."""
    return speech.speak(thing)


@register.filter
def words(key: str) -> str:
    """{{ "look.numerator"|words }}: a sentence without places, for attributes."""
    return speech.spoken(key)


@register.filter
def of(mapping_: Mapping[str, Any] | None, name: str) -> Any:
    """{{ counts|of:name }}: what a mapping holds under a name; None where it holds nothing."""
    return mapping_.get(name) if isinstance(mapping_, Mapping) else None


@register.simple_tag
def language() -> str:
    return speech.language()
