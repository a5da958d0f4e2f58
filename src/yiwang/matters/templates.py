"""Texts with facts of a matter in them: `{form.result}`, `{unit}`, `{today}`, each in words of the district's language.

What a text may name is every fact that a rule may and that is one value, `today` and `reporter`. Who reported it is
named only where a letter is handed out for a reading; words are masked as everybody sees them. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from yiwang.org.titles import Title
from yiwang.why import Words, say
from yiwang.why.words import format_value

from .definition import Kind
from .facts import row
from .fields.shown import shown
from .fields.spec import FieldSpec
from .world import World

TODAY, REPORTER = "today", "reporter"
_PLACE = re.compile(r"\{([a-z_][a-z0-9_.]*)\}")
_UNITS = ("unit", "street", "neighbourhood")


def places(text: str) -> list[str]:
    """The facts that a text names, each once, in their order.

    >>> places("{number}: {form.result}, {number}")
    ['number', 'form.result']
    """
    return list(dict.fromkeys(_PLACE.findall(text)))


def torn(text: str) -> bool:
    """Whether a brace stands in it that names no fact."""
    return bool(re.search(r"[{}]", _PLACE.sub("", text)))


def named_in(text: Title) -> list[str]:
    """The facts that a text names in any of its languages."""
    return list(dict.fromkeys(name for words in text.mapping().values() for name in places(words)))


def fill(
    text: Title,
    otherwise: Mapping[str, Title],
    kind: Kind,
    state: Mapping[str, Any],
    at: datetime,
    world: World,
    reporter: str = "",
) -> str:
    """The text with its facts, in the district's usual language.

    otherwise  fact -> what stands there where it is not known
    reporter   who reported it in plain words, for a letter to them alone; nobody else reads even a part of the name
    """
    language = world.district.languages[0]

    def value(found: re.Match[str]) -> str:
        name = found[1]
        words = (reporter if name == REPORTER else "") or _said(name, kind, state, at, world, language)
        return words or (otherwise[name].speak(language) if name in otherwise else "")

    return _PLACE.sub(value, text.speak(language))


def prefilled(
    kind: Kind, specs: Mapping[str, FieldSpec], state: Mapping[str, Any], at: datetime, world: World
) -> dict[str, str]:
    """field -> what its form begins with, of those that have a template."""
    asked = ((name, spec.template, spec.at_most) for name, spec in specs.items())
    return {
        name: fill(template.text, template.otherwise, kind, state, at, world)[:most]
        for name, template, most in asked
        if template is not None
    }


def _said(name: str, kind: Kind, state: Mapping[str, Any], at: datetime, world: World, language: str) -> str:
    """A fact in words; empty where it is not known."""
    zone = world.district.zone
    if name == TODAY:
        return in_words(at.astimezone(zone).date(), language)
    if name == REPORTER:
        return ""
    value = state.get("lead" if name == "unit" else name)
    spec = kind.fields.get(name.removeprefix("form.")) if name.startswith("form.") else None
    if value is None and spec is None:
        value = row(kind, state, at).get(name)  # read off others: how many rows there are
    if value in (None, "", []):
        return ""
    if isinstance(value, datetime):
        return in_words(value.astimezone(zone).date(), language)
    if spec is not None and spec.type == "date":
        return in_words(date.fromisoformat(str(value)), language)
    return _spoken(shown(spec, value, world) if spec is not None else _titled(name, value, kind, world), language)


def fact_in_words(name: str, kind: Kind, state: Mapping[str, Any], at: datetime, world: World) -> str:
    """A fact as a text says it; a dash where it is not known."""
    return _said(name, kind, state, at, world, world.district.languages[0]) or "—"


def called(kind: Kind, name: str) -> Words:
    """What a fact is called."""
    if name in (TODAY, REPORTER):
        return say(f"matters.letter_{name}")
    title = kind.schema.fields[name].title
    return say("matters.letter_fact", fact=title or name)


def _titled(name: str, value: Any, kind: Kind, world: World) -> Any:
    """A fact that is no field: units, stages and categories by their names."""
    if name in _UNITS and value in world.district.by_code:
        return world.district.by_code[value].name
    if name == "category" and value in world.categories:
        return world.categories[value].name
    if name == "kind":
        return kind.title.mapping()
    listed: Mapping[str, Any] = {"channel": kind.channels, "urgency": kind.urgencies}.get(name, {})
    if name == "stage":
        return kind.stages[value].title.mapping()
    return listed[value].mapping() if value in listed else value


def _spoken(value: Any, language: str) -> str:
    return value.speak(language) if isinstance(value, Words) else format_value(value, language)


def in_words(day: date, language: str) -> str:
    """A day as a letter writes it.

    >>> in_words(date(2026, 3, 9), "zh"), in_words(date(2026, 3, 9), "en")
    ('2026年3月9日', '2026-3-9')
    """
    return say("matters.letter_date", year=str(day.year), month=str(day.month), day=str(day.day)).speak(language)


def unknown(kind: Kind, text: Title) -> Iterator[str]:
    """The names in a text that are no fact of the kind."""
    yield from (name for name in named_in(text) if name not in kind.schema.fields and name not in (TODAY, REPORTER))
