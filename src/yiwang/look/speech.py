"""Which language the page speaks, and how anything that can be said is said in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils import translation
from django.utils.translation import get_language

from yiwang.why import Words, say
from yiwang.why.words import Own, format_value, is_title, said_in, speaking_with

CHINESE = "zh-hans"  # how Django calls what catalogues call "zh"
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def language() -> str:
    """The language of this request as catalogues and packs name it: "zh", "en", "pt".

    Where no district is known yet it is one of the platform's own.
    """
    return _spoken.get() or ("zh" if (get_language() or CHINESE).startswith("zh") else "en")


_NONE: Own = {}


@contextmanager
def speaking(language: str, own: Own = _NONE) -> Iterator[None]:
    """Inside, pages speak this language of a pack, the platform with the pack's `own` words where it lacks them.

    Django itself speaks Chinese or English, as the catalogues do, and writes numbers as they do: a drawing's 0.5 is no
    0,5 because its reader would write it so.
    """
    token = _spoken.set(language)
    try:
        with translation.override(CHINESE if language == "zh" else "en"), speaking_with(own):
            yield
    finally:
        _spoken.reset(token)


def speak(thing: Any) -> str:
    """Words, a text by language or any value, in the active language; nothing for None."""
    if thing is None:
        return ""
    if isinstance(thing, Words):
        return thing.speak(language())
    if is_title(thing):
        return said_in(thing, language())
    if isinstance(thing, str):
        return thing
    return format_value(thing, language())


def listed(parts: Iterable[str]) -> str:
    """Names one after the other: 甲、乙; one, two."""
    return ("、" if language() == "zh" else ", ").join(parts)


def in_a_row(sentences: Iterable[str]) -> str:
    """Sentences one after the other on one line."""
    return ("；" if language() == "zh" else "; ").join(sentences)


def spoken(key: str, **args: Any) -> str:
    """The sentence `key` of the catalogues in the active language."""
    return say(key, **args).speak(language())
