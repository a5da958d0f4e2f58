"""Which language the page speaks, and how anything that can be said is said in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language

from yiwang.why import Words, say
from yiwang.why.words import LANGUAGES, format_value


def language() -> str:
    """ "zh" or "en": the active language of this request as the catalogues name it."""
    return "en" if (get_language() or "zh").startswith("en") else "zh"


def speak(thing: Any) -> str:
    """Words, a title {zh, en} or any value, in the active language; nothing for None."""
    if thing is None:
        return ""
    if isinstance(thing, Words):
        return thing.speak(language())
    if isinstance(thing, Mapping) and any(name in thing for name in LANGUAGES):
        return str(thing.get(language()) or thing.get("zh") or thing.get("en") or "")
    if isinstance(thing, str):
        return thing
    if isinstance(title := getattr(thing, language(), None), str):  # a title as a pack's definitions hold it
        return title
    return format_value(thing, language())


def spoken(key: str, **args: Any) -> str:
    """The sentence `key` of the catalogues in the active language."""
    return say(key, **args).speak(language())
