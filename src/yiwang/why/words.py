"""Words in Chinese and English: every room keeps a `words.yaml` of ``key: {zh: …, en: …}``.

A key begins with its room ("worktime.due"), which tells the catalogue where to look, so a room's words are
read when the first of them is spoken. Placeholders are `str.format` fields; values are formatted by `format_value`.
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import yaml

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence that can be spoken in each language: a catalogue key and what fills its places."""

    key: str
    args: Mapping[str, Any]

    def speak(self, language: str = "zh") -> str:
        return catalogue.speak(self, language)

    def __str__(self) -> str:
        return self.speak("zh")

    def __hash__(self) -> int:
        return hash((self.key, tuple(sorted((k, repr(v)) for k, v in self.args.items()))))


def say(key: str, **args: Any) -> Words:
    """The sentence `key` of the catalogues, filled with `args`.

    >>> say("why.yes").speak("en")
    'yes'
    """
    return Words(key, args)


class UnknownWords(KeyError):
    """A key that no catalogue holds: a programming error, found by `tests/test_words.py`."""


class Catalogue:
    """All rooms' words, read room by room when first needed."""

    def __init__(self, package: str = "yiwang") -> None:
        self._package = package
        self._rooms: dict[str, dict[str, dict[str, str]]] = {}

    def room(self, name: str) -> dict[str, dict[str, str]]:
        """key -> {zh, en} for one room; empty when the room has no words.yaml."""
        found = self._rooms.get(name)
        if found is None:
            found = self._rooms[name] = self._read(name)
        return found

    def _read(self, name: str) -> dict[str, dict[str, str]]:
        source = importlib.resources.files(self._package).joinpath(name, "words.yaml")
        if not source.is_file():
            return {}
        return yaml.safe_load(source.read_text("utf-8")) or {}

    def text(self, key: str, language: str) -> str:
        """The unfilled sentence."""
        entry = self.room(key.partition(".")[0]).get(key)
        if entry is None:
            raise UnknownWords(key)
        return entry.get(language) or entry["zh"]

    def speak(self, words: Words, language: str) -> str:
        text = self.text(words.key, language)
        if not words.args:
            return text
        return text.format_map({name: format_value(value, language) for name, value in words.args.items()})


catalogue = Catalogue()

_WEEKDAYS = {
    "zh": ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
    "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
}


def weekday(day: date, language: str) -> str:
    return _WEEKDAYS.get(language, _WEEKDAYS["en"])[day.weekday()]


def format_value(value: Any, language: str = "zh") -> str:
    """How a value reads on a page: minus is −, thousands carry a comma, instants carry minutes.

    >>> format_value(-1234.5, "en"), format_value(True, "zh"), format_value(None, "en")
    ('−1,234.5', '是', '—')
    """
    if value is None:
        return "—"
    if isinstance(value, bool):
        return catalogue.text("why.yes" if value else "why.no", language)
    if isinstance(value, Words):
        return value.speak(language)
    if isinstance(value, Mapping) and language in value:  # a title of a pack: {zh: …, en: …}
        return str(value[language])
    if isinstance(value, int):
        return f"{value:,}".replace("-", "−")
    if isinstance(value, float | Decimal):
        return f"{value:,.10g}".replace("-", "−") if isinstance(value, float) else f"{value:,f}".replace("-", "−")
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        return format_duration(value, language)
    if isinstance(value, list | tuple | set | frozenset):
        return ("、" if language == "zh" else ", ").join(format_value(item, language) for item in value)
    return str(value)


def format_duration(span: timedelta, language: str) -> str:
    """The two largest parts of a span, as a clerk says it.

    >>> format_duration(timedelta(hours=37, minutes=34, seconds=10), "en")
    '1 d 13 h'
    """
    minutes = int(abs(span).total_seconds()) // 60
    days, minutes = divmod(minutes, 1440)
    hours, minutes = divmod(minutes, 60)
    names = (" 天", " 小时", " 分") if language == "zh" else (" d", " h", " min")
    parts = [f"{n}{name}" for n, name in zip((days, hours, minutes), names, strict=True) if n]
    return " ".join(parts[:2]) or f"0{names[2]}"
