"""Words in Chinese and English, and texts in the languages of a pack.

Every room keeps a `words.yaml` of ``key: {zh: …, en: …}``; a district whose pack speaks another language brings what
the platform says in it (`speaking_with`), and what it leaves out is said in English.

A key begins with its room ("worktime.due"), which tells the catalogue where to look, so a room's words are
read when the first of them is spoken. Placeholders are `str.format` fields; values are formatted by `format_value`, and
`{n:matter|matters}` is the word for one or for several, as `n` is.
"""

from __future__ import annotations

import importlib.resources
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from .figures import NONE, figure
from .frozen import frozen
from .yaml_text import data_of

LANGUAGES = ("zh", "en")
_CODE = re.compile(r"[a-z]{2}")  # ISO 639-1


def is_title(value: Any) -> bool:
    """Whether it is a text by language: {zh: …, en: …}, {pt: …}."""
    return (
        isinstance(value, Mapping)
        and bool(value)
        and all(isinstance(name, str) and _CODE.fullmatch(name) for name in value)
        and all(isinstance(text, str) for text in value.values())
    )


def said_in(title: Mapping[str, str], language: str) -> str:
    """A text in a language, else in the nearest that it has: English, Chinese, any.

    >>> said_in({"pt": "Rua das Flores"}, "zh")
    'Rua das Flores'
    """
    return next((title[one] for one in (language, "en", "zh") if title.get(one)), next(iter(title.values()), ""))


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence that can be spoken in each language: a catalogue key and what fills its places."""

    key: str
    args: Mapping[str, Any]

    def __post_init__(self) -> None:
        object.__setattr__(self, "args", frozen(self.args))

    def speak(self, language: str = "zh") -> str:
        return catalogue.speak(self, language)

    def __str__(self) -> str:
        return self.speak("zh")

    def __hash__(self) -> int:
        return hash((self.key, frozenset(self.args)))  # not the values: 1 and True are equal, and lists have no hash


def say(key: str, **args: Any) -> Words:
    """The sentence `key` of the catalogues, filled with `args`.

    >>> say("why.yes").speak("en")
    'yes'
    """
    return Words(key, args)


class UnknownWords(KeyError):
    """A key that no catalogue holds: a programming error, found by `tests/test_words.py`."""


Own = Mapping[str, Mapping[str, str]]  # key -> language -> sentence, of a pack
_own: ContextVar[Own | None] = ContextVar("own", default=None)


@contextmanager
def speaking_with(own: Own) -> Iterator[None]:
    """Inside, the platform also speaks the languages of a pack, in the pack's own words.

    >>> with speaking_with({"why.yes": {"pt": "sim"}}):
    ...     say("why.yes").speak("pt"), say("why.no").speak("pt"), say("why.yes").speak("en")
    ('sim', 'no', 'yes')
    """
    before = _own.set(own)
    try:
        yield
    finally:
        _own.reset(before)


class Catalogue:
    """All rooms' words, read room by room when first needed."""

    def __init__(self, package: str = "yiwang") -> None:
        self._package = package
        self._rooms: dict[str, dict[str, dict[str, str]]] = {}

    def room(self, name: str) -> dict[str, dict[str, str]]:
        """key -> {zh, en} for one room; empty when the room has no words.yaml."""
        known = self._rooms.get(name)
        if known is None:
            known = self._rooms[name] = self._read(name)
        return known

    def rooms(self) -> list[str]:
        """Every room that says something."""
        folders = importlib.resources.files(self._package).iterdir()
        return sorted(one.name for one in folders if one.is_dir() and one.joinpath("words.yaml").is_file())

    def _read(self, name: str) -> dict[str, dict[str, str]]:
        source = importlib.resources.files(self._package).joinpath(name, "words.yaml")
        if not source.is_file():
            return {}
        return data_of(source.read_text("utf-8")) or {}

    def text(self, key: str, language: str) -> str:
        """The unfilled sentence."""
        entry = self.room(key.partition(".")[0]).get(key)
        if entry is None:
            raise UnknownWords(key)
        return entry.get(language) or (_own.get() or {}).get(key, {}).get(language) or entry["en"]

    def __contains__(self, key: str) -> bool:
        return key in self.room(key.partition(".")[0])

    def speak(self, words: Words, language: str) -> str:
        text = self.text(words.key, language)
        if not words.args:
            return text
        return text.format_map({name: _Filled.with_value(value, language) for name, value in words.args.items()})


class _Filled(str):
    """A value as it reads in a place, which also chooses between the words for one and for several of it, and says
    of several that each of them would do.

    >>> "{n} {n:matter|matters}".format(n=_Filled.with_value(1, "en"))
    '1 matter'
    >>> "{who:or}".format(who=_Filled.with_value(["a clerk", "a head", "a supervisor"], "en"))
    'a clerk, a head or a supervisor'
    """

    is_one: bool
    any_of: str

    @classmethod
    def with_value(cls, value: Any, language: str) -> _Filled:
        filled = cls(format_value(value, language))
        filled.is_one = isinstance(value, int | float | Decimal) and value == 1
        filled.any_of = _any_of(value, language) if isinstance(value, list | tuple) else str(filled)
        return filled

    def __format__(self, wanted: str) -> str:
        if wanted == "or":
            return self.any_of
        one, choice, several = wanted.partition("|")
        return (one if self.is_one else several) if choice else super().__format__(wanted)


catalogue = Catalogue()


def weekday(day: date, language: str) -> str:
    return catalogue.text(f"why.weekday_{day.isoweekday()}", language)


def format_value(value: Any, language: str = "zh") -> str:
    """How a value reads on a page: minus is −, thousands carry a comma, instants carry minutes.

    A text that a language lacks is read in the nearest other; what is no number ("not a number", infinite) is a dash.

    >>> format_value(-1234.5, "en"), format_value(True, "zh"), format_value(None, "en")
    ('−1,234.5', '是', '—')
    """
    if value is None:
        return NONE
    if isinstance(value, bool):
        return catalogue.text("why.yes" if value else "why.no", language)
    if isinstance(value, Words):
        return value.speak(language)
    if isinstance(value, Mapping):
        if is_title(value):
            return said_in(value, language)
        return _listed((f"{format_value(k, language)} {format_value(v, language)}" for k, v in value.items()), language)
    if isinstance(value, int | float | Decimal):
        return figure(value, zeros=True)
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        return format_duration(value, language)
    if isinstance(value, list | tuple | set | frozenset):
        return _listed((format_value(item, language) for item in value), language)
    return str(value)


def _any_of(values: Sequence[Any], language: str) -> str:
    *before, last = [format_value(value, language) for value in values] or [NONE]
    word = catalogue.text("why.or", language)
    return (word if language == "zh" else f" {word} ").join([_listed(before, language), last]) if before else last


def _listed(parts: Iterable[str], language: str) -> str:
    return ("、" if language == "zh" else ", ").join(parts)


def format_duration(span: timedelta, language: str) -> str:
    """The two largest parts of a span, as a clerk says it; seconds only when it is shorter than a minute.

    >>> format_duration(timedelta(hours=37, minutes=34, seconds=10), "en"), format_duration(timedelta(minutes=-5), "en")
    ('1 d 13 h', '−5 min')
    """
    seconds = abs(span) // timedelta(seconds=1)
    days, hours, minutes = seconds // 86400, seconds // 3600 % 24, seconds // 60 % 60
    parts = [(n, name) for n, name in zip((days, hours, minutes), ("day", "hour", "minute"), strict=True) if n]
    parts = parts[:2] or [(seconds, "second" if seconds else "minute")]
    said = " ".join(f"{n} {catalogue.text(f'why.span_{name}', language)}" for n, name in parts)
    return f"−{said}" if span < timedelta(0) and seconds else said
