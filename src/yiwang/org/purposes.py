"""personal.yaml: what personal data may be read for, how often, how long it shows and is kept, and in which forms it
comes in this district beside the Chinese ones (R9.2, R9.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, field

from yiwang.why import say

from .pack_file import PackFile
from .pack_text import Problem
from .personal.forms import LONGEST, SHORTEST, SHORTEST_ALONE, Forms, NumberForm
from .titles import Title, convert, plain

FILE = "personal.yaml"
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_COUNTRY = re.compile(r"\+[1-9][0-9]{0,3}")
MOST_FORMS, MOST_WORDS, LONGEST_WORD = 40, 40, 40


class ADay(Struct, frozen=True, forbid_unknown_fields=True):
    """How much one person reads on one day: above `notice` the auditor is notified, at `at_most` no more is opened."""

    notice: int = 30
    at_most: int = 100


class Purposes(Struct, frozen=True, forbid_unknown_fields=True):
    """Reading personal data.

    purposes       code -> what somebody may read it for; without any, nobody reads it
    a_day          limits of one person and local day
    shown_minutes  how long what was opened stays on the page
    kept_years     how long it is kept after the matter is closed, as residents are told
    numbers        forms of numbers that lead to a person here (`personal.forms.NumberForm`)
    names_after    words behind which somebody's name stands, in languages of Latin letters
    """

    purposes: dict[str, Title] = field(default_factory=dict)
    a_day: ADay = ADay()
    shown_minutes: int = 10
    kept_years: int = 3
    numbers: tuple[NumberForm, ...] = ()
    names_after: tuple[str, ...] = ()

    @property
    def forms(self) -> Forms:
        """What is recognised as personal beside what is Chinese."""
        return Forms(self.numbers, self.names_after)

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Purposes:
        """From what the district's row keeps; the order of purposes lies beside them, since jsonb keeps none."""
        said = dict(row)
        order = said.pop("order", [])
        found = convert(said, cls)
        return msgspec.structs.replace(found, purposes={code: found.purposes[code] for code in order or found.purposes})

    def kept(self) -> dict[str, Any]:
        """As the district's row keeps it."""
        return {**plain(self), "order": list(self.purposes)}


def read(folder: Path, roles: Mapping[str, Any]) -> tuple[Purposes, list[Problem]]:
    """The purposes of a pack, and what does not fit together. Raises PackError for a file that cannot be read."""
    unmasking = sorted(name for name, role in roles.items() if role.unmask)
    if not (folder / FILE).is_file():
        missing = [Problem(FILE, 1, say("org.no_purposes", roles=unmasking))] if unmasking else []
        return Purposes(), missing
    file = PackFile(folder / FILE, root=folder)
    said = file.as_a(Purposes)
    return said, list(_problems(file, said, unmasking))


def _problems(file: PackFile, said: Purposes, unmasking: list[str]) -> Iterator[Problem]:
    if unmasking and not said.purposes:
        yield file.problem("purposes", say("org.no_purposes", roles=unmasking))
    if not 0 < said.a_day.notice <= said.a_day.at_most:
        yield file.problem("a_day", say("org.limits_crossed", notice=said.a_day.notice, most=said.a_day.at_most))
    for code in said.purposes:
        if not _CODE.fullmatch(code):
            yield file.problem(f"purposes.{code}", say("org.purpose_name", name=code[:40]))
    if not 0 < said.shown_minutes <= 60:
        yield file.problem("shown_minutes", say("org.shown_too_long", most=60))
    if not 1 <= said.kept_years <= 100:
        yield file.problem("kept_years", say("org.kept_too_short"))
    yield from _numbers(file, said)


def _numbers(file: PackFile, said: Purposes) -> Iterator[Problem]:
    if len(said.numbers) > MOST_FORMS:
        yield file.problem("numbers", say("org.too_many_forms", most=MOST_FORMS))
    for at, form in enumerate(said.numbers):
        where, parts = f"numbers[{at}]", form.parts()
        if parts is None or not SHORTEST <= len(parts) <= LONGEST:
            yield file.problem(
                f"{where}.shape", say("org.number_shape", shape=form.shape[:40], least=SHORTEST, most=LONGEST)
            )
        elif form.alone and len(parts) < SHORTEST_ALONE and not form.check:
            yield file.problem(f"{where}.alone", say("org.number_alone", n=len(parts), least=SHORTEST_ALONE))
        if form.country and not _COUNTRY.fullmatch(form.country):
            yield file.problem(f"{where}.country", say("org.number_country", country=form.country[:40]))
        if not (form.alone or form.called or form.country):
            yield file.problem(f"{where}.called", say("org.number_never"))
        if not _are_words(form.called):
            yield file.problem(f"{where}.called", say("org.words_wrong", most=LONGEST_WORD))
    if not _are_words(said.names_after):
        yield file.problem("names_after", say("org.words_wrong", most=LONGEST_WORD))


def _are_words(words: tuple[str, ...]) -> bool:
    return len(words) <= MOST_WORDS and all(0 < len(word.strip()) == len(word) <= LONGEST_WORD for word in words)
