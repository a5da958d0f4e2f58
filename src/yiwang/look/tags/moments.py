"""Times and spans of the district."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from yiwang.look import times

register = template.Library()


@register.simple_tag
def local(value: Any, style: str = "full", now: datetime | None = None) -> SafeString:
    """{% local instant "short" %}: a time of the district; styles in `yiwang.look.times.local_text`."""
    text = times.local_text(value, style, now)
    if not isinstance(value, datetime):
        return format_html("{}", text)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.simple_tag
def local_text(value: Any, style: str = "full") -> str:
    """{% local_text instant "day" as text %}: the same without its element, to be said in a sentence."""
    return times.local_text(value, style)


@register.simple_tag
def age(value: Any, now: datetime | None = None) -> SafeString:
    """{% age instant %}: how long ago."""
    at = times.instant(value)
    return format_html('<time datetime="{}">{}</time>', at.isoformat() if at else "", times.age_text(value, now))


@register.simple_tag
def now() -> datetime:
    return timezone.now()
