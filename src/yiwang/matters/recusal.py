"""What a pack's file may say of stepping back (回避): who takes no part in a matter, who acts where nobody is left.

Whoever is named in a field that `recuses`, or does an action that does, takes no part in this matter from then on: in
none of its acts, nor does anybody who stands in for them. A field that `readmits` names who takes part again. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct, field

from yiwang.org.asker import PostHeld

from .fields.spec import FieldSpec

RECUSED = "recused"  # a fact: mark -> [the action by which, the moment], of who takes no part
STANDS_IN = "stands_in"  # a fact: the roles that act now because nobody else is left
_PERSON, _UNIT = "person ", "unit "
OF_ONE = ("colleague", "unit")  # the types of a field that says who takes no part


class Recusal(Struct, forbid_unknown_fields=True, frozen=True):
    """Who acts where everybody who should has stepped back.

    up  the roles that then act, the first of which somebody is left; they find it in their inbox
    """

    up: str | list[str] = field(default_factory=list)
    reference: str = ""

    @property
    def roles(self) -> list[str]:
        return [self.up] if isinstance(self.up, str) else self.up


def mark_of(spec: FieldSpec, value: Any) -> str:
    """How the facts name who a field names: a person by their number, a unit by its code.

    >>> mark_of(FieldSpec(type="colleague"), 12), mark_of(FieldSpec(type="unit"), "water")
    ('person 12', 'unit water')
    """
    return f"{_PERSON if spec.type == 'colleague' else _UNIT}{value}"


def mark_of_unit(code: str) -> str:
    return f"{_UNIT}{code}"


def marks_of(people: Iterable[int], posts: Iterable[PostHeld] = ()) -> list[str]:
    """Every mark by which people with these posts are meant."""
    units = sorted({post.unit_code for post in posts})
    return [*(f"{_PERSON}{one}" for one in people), *(f"{_UNIT}{one}" for one in units)]


def person_of(mark: str) -> int | None:
    """The number of the person whom a mark means; None where it means a unit."""
    return int(mark.removeprefix(_PERSON)) if mark.startswith(_PERSON) else None


def unit_of(mark: str) -> str:
    """The code of the unit that a mark means; empty where it means a person."""
    return mark.removeprefix(_UNIT) if mark.startswith(_UNIT) else ""


def out_of(state: Mapping[str, Any], marks: Collection[str]) -> str:
    """The first of some marks that takes no part in a matter; empty where none does."""
    recused = state.get(RECUSED) or {}
    return next((one for one in marks if one in recused), "")


def since(state: Mapping[str, Any], mark: str) -> tuple[str, datetime]:
    """(action, moment) by which a mark takes no part."""
    action, at = (state.get(RECUSED) or {})[mark]
    return action, datetime.fromisoformat(at)
