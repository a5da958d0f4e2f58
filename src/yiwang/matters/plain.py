"""What was said in plain words, kept apart from what everybody sees (R9.2, R9.3; PIPL Art. 46–47).

A text that tells of a person is masked before it becomes an entry of the ledger, so row, list, search, export and chain
know the mask alone. The plain words lie in a table that opens for a purpose; the entry holds a salted digest of them:
they can be checked while they are there, and erased for good without breaking the chain. Pure.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from yiwang.ledger import chain
from yiwang.org import personal
from yiwang.org.personal.continued import masked_together
from yiwang.typed.numbers import whole

from .panel import is_of_a_panel

# in an entry's data: field -> digest of its plain words. No field of a form has a dot in its name.
SEALED = "personal.sealed"
HIDDEN = "••••••"  # what shows of a field that its kind keeps apart
# in an entry's data: what was taken away: [[seq, field], …]
ERASED = "personal.erased"

# acts by which plain words are put right, taken away, and taken out of what was written before there were masks
CORRECT, ERASE, SWEEP = "personal.correct", "personal.erase", "personal.mask"

# facts that are codes, numbers and units of the platform's own: nobody writes words into them
_OWN = frozenset(
    "kind number stage category cell holder holder_role lead desk street neighbourhood suggested once co_units handlers"
    " handling_units whole under merged.into linked repeats.of rostered suggested_by recused stands_in asked_of".split()
)


@dataclass(frozen=True, slots=True)
class Plain:
    """Plain words of one field of one entry, with the salt of their digest (128 bits)."""

    seq: int
    field: str
    text: str
    salt: str

    def digest(self) -> str:
        """What the ledger holds of them."""
        return digest_of(self.text, self.salt)


def digest_of(text: str, salt: str) -> str:
    """SHA-256 over salt and words; without the salt it cannot be tried whose number it was."""
    return hashlib.sha256(chain.encode((salt, text))).hexdigest()


def field_of(fact: str) -> str:
    """The field whose words a fact holds: form.result and result are one.

    >>> field_of("form.result"), field_of("title")
    ('result', 'title')
    """
    return fact.removeprefix("form.")


def part(
    delta: Mapping[str, Any],
    data: Mapping[str, Any],
    seq: int,
    known_names: Iterable[str] = (),
    hidden: frozenset[str] = frozenset(),
) -> tuple[dict[str, Any], dict[str, Any], list[Plain]]:
    """(delta, data, plain words): an entry as everybody may read it, its digests in `data`, and what was taken off it.

    known_names  names known from elsewhere (the reporter's), masked wherever they stand
    hidden       fields of which nothing shows: their kind keeps them apart
    """
    masking = _Masking(tuple(known_names), hidden)
    shown, said = _all_shown(delta, masking), _all_shown(data, masking)
    plain = [Plain(seq, name, text, secrets.token_hex(16)) for name, text in masking.taken_off.items()]
    if plain:
        said[SEALED] = {one.field: one.digest() for one in plain}
    return shown, said, plain


@dataclass
class _Masking:
    """What is known while one entry is made readable for everybody: a text stands in it twice, and is read once."""

    known_names: tuple[str, ...]
    hidden: frozenset[str]
    taken_off: dict[str, str] = field(default_factory=dict)
    _read: dict[str, str] = field(default_factory=dict)

    def masked(self, text: str) -> str:
        """A text as everybody may read it."""
        if text not in self._read:
            self._read[text] = personal.masked(text, self.known_names)
        return self._read[text]


def _all_shown(said: Mapping[str, Any], masking: _Masking) -> dict[str, Any]:
    together = masked_together(
        {name: text for name, text in said.items() if isinstance(text, str) and not _is_own(name)}
    )
    shown = {}
    for name, value in said.items():
        shown[name] = _shown(name, together.get(name, value), masking)
        if name in together:
            masking.taken_off[field_of(name)] = value
    return shown


def _is_own(name: str) -> bool:
    return name in _OWN or name.startswith(("reporter.", "category.", "door.")) or is_of_a_panel(name)


def _shown(name: str, value: Any, masking: _Masking) -> Any:
    if isinstance(value, str):
        if value and field_of(name) in masking.hidden:
            masking.taken_off[field_of(name)] = value
            return HIDDEN
        if _is_own(name):
            return value
        seen = masking.masked(value)
        if seen != value:
            masking.taken_off[field_of(name)] = value
        return seen
    if isinstance(value, list | tuple) and value and name not in _OWN:
        if isinstance(value[0], Mapping):
            return _of_rows(field_of(name), value, masking)
        # reasons of pauses and extensions: a field of their own holds them
        return personal.masked_all(list(value), masking.known_names)
    return value


def _of_rows(name: str, rows: Iterable[Mapping[str, Any]], masking: _Masking) -> list[Any]:
    """The rows of a list with their texts masked; the plain words stand under `<list>.<row>.<field>`."""
    shown = [{inner: personal.masked_all(value, masking.known_names) for inner, value in row.items()} for row in rows]
    for number, (row, seen) in enumerate(zip(rows, shown, strict=True)):
        masking.taken_off |= {
            f"{name}.{number}.{inner}": value
            for inner, value in row.items()
            if isinstance(value, str) and seen[inner] != value
        }
    return shown


def at_path(state: Mapping[str, Any], path: str) -> Any:
    """What a state shows where plain words belong: a fact, a field of the form, or a value in a row of one.

    >>> at_path({"form.result": "a", "form.votes": [{"phone": "138****8000"}]}, "votes.0.phone")
    '138****8000'
    """
    if (shown := state.get(path, state.get(f"form.{path}"))) is not None:
        return shown
    name, _, rest = path.partition(".")
    number, _, inner = rest.partition(".")
    rows, at = state.get(f"form.{name}"), whole(number)
    return rows[at].get(inner) if isinstance(rows, list) and at is not None and at < len(rows) else None
