"""A receipt as a page shows it: a head, the reasons as rows that add up, where each of them stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from yiwang.nouns.register import references
from yiwang.why import Receipt, say
from yiwang.why.figures import figure
from yiwang.why.words import format_value, is_title

from .days import is_day
from .speech import language, listed, speak
from .times import local_text

HIDDEN = say("why.not_yours")
LONG = 60  # characters from which a value stands under its sentence, not beside it


@dataclass(frozen=True, slots=True)
class Row:
    """One reason: how deep it stands, its sentence, its value as text or as a yes, no or unknown, its source."""

    depth: int
    sentence: str
    value: str
    answer: str
    source: str
    href: str
    total: bool
    long: bool


def value_text(value: Any) -> str:
    """A receipt's value in the active language; instants are local."""
    if value is None:
        return ""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return local_text(value)
    if isinstance(value, Mapping) and not is_title(value):
        return listed(f"{speak(name)} {value_text(one)}" for name, one in value.items())
    if isinstance(value, Decimal | int | float) and not isinstance(value, bool):
        return figure(value)
    return speak(value) if isinstance(value, str | Mapping) else format_value(value, language())


def rows_of(receipt: Receipt) -> Iterator[Row]:
    """The reasons under a receipt, in reading order; days stand in a table of their own (days.py)."""
    for depth, reason in receipt.walk():
        if depth == 0 or is_day(reason):
            continue
        text, href = ("", "") if reason.claim == HIDDEN else source_of(reason.source)
        value = value_text(reason.value)
        answer = {True: "ok", False: "no"}.get(reason.value, "") if isinstance(reason.value, bool) else ""
        yield Row(
            depth=min(depth, 4),
            sentence=reason.sentence(language()),
            value="" if answer else value,
            answer=answer,
            source=text,
            href=href,
            total=bool(reason.because) and reason.value is not None and not answer and not is_day(reason.because[0]),
            long=len(value) > LONG,
        )


def id_of(name: str, now: datetime, said: str = "") -> str:
    """The id with which `yiwang why` computes a receipt again: what it is of, when it was said, what was said."""
    return f"{name}#{timezone.localtime(now).isoformat(timespec='seconds')}" + (f"={said}" if said else "")


def source_of(source: str | None) -> tuple[str, str]:
    """(text, address) of a source: "matter:12" leads to the matter, an address of this site to itself.

    >>> source_of("GB/T 33358-2016")
    ('GB/T 33358-2016', '')
    """
    if not source:
        return "", ""
    name, _, rest = source.partition(":")
    key, _, query = rest.partition("?")
    if reference := references().get(name):
        page, arguments, wanted = reference.page, [key], dict(parse_qsl(query))
        if "part" in wanted:
            page, arguments = reference.part, [key, wanted.pop("part")]
        try:
            return "", reverse(page, args=arguments) + (f"?{urlencode(wanted)}" if wanted else "")
        except NoReverseMatch:
            return source, ""
    here = source.startswith("/") and not source.startswith(("//", "/\\"))  # those lead to another site
    return ("", source) if here else (source, "")
