"""Numbers: figures that open their receipt, rates beside their base."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from yiwang.look import speech
from yiwang.why import figures

register = template.Library()


@register.simple_tag
def opens(href: str) -> SafeString:
    """<a class="n" {% opens why %}>: makes a link open a receipt in place; without scripts it leads to its page."""
    return format_html('href="{}" hx-get="{}" hx-target="#receipt"', href, href)


@register.simple_tag
def number(
    value: Any,
    href: str = "",
    unit: Any = "",
    name: Any = "",
    digits: int | None = None,
    sign: bool = False,
    cls: str = "",
    at_most: int | None = None,
) -> SafeString:
    """{% number value href unit name="实际解决率" digits=1 %}: a figure that opens its receipt in place.

    Without `href` it is a plain figure; without scripts the link leads to the receipt as a page. `at_most` digits
    leave a count whole.
    """
    text = value if isinstance(value, str) else str(value) if isinstance(value, figures.Rate) else None
    text = figures.figure(value, digits, at_most=at_most, sign=sign) if text is None else text
    tail = format_html('<span class="u">{}</span>', speech.speak(unit)) if unit else ""
    if not href:
        return format_html('<span class="num {}">{}</span>{}', cls, text, tail)
    label = speech.spoken("look.open_receipt", name=speech.speak(name), value=f"{text}{speech.speak(unit)}").strip()
    return format_html(
        '<a class="n {}" {} aria-label="{}">{}</a>{}',
        cls,
        opens(href),
        label,
        text,
        tail,
    )


@register.inclusion_tag("look/rate.html")
def rate(
    n: int | None,
    d: int | None,
    href: str = "",
    name: Any = "",
    href_n: str = "",
    href_d: str = "",
    digits: int = 1,
) -> dict[str, Any]:
    """{% rate n d href name=… href_n=… href_d=… %}: a percentage beside its base; nothing over nothing is "—"."""
    return {
        "rate": figures.Rate(n or 0, d or 0, digits),
        "n": n or 0,
        "d": d or 0,
        "href": href,
        "href_n": href_n,
        "href_d": href_d,
        "name": name,
    }


@register.simple_tag
def figure_of(value: Any, digits: int | None = None, sign: bool = False) -> str:
    """{% figure_of value 1 as text %}: a number as text, to be said in a sentence."""
    return figures.figure(value, digits, sign=sign)


@register.filter
def rounded(value: Any, at_most: int) -> str:
    """{{ value|rounded:1 }}: the same with at most so many digits: a count stays whole."""
    return figures.figure(value, at_most=at_most)


@register.filter
def figure(value: Any, digits: int | None = None) -> str:
    """{{ value|figure:1 }}: a number as text."""
    return figures.figure(value, digits)
