"""What a pack's file may say of who should have a matter. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from yiwang.org.titles import Title
from yiwang.why.words import LANGUAGES

UNIT_OF = "unit of "


class Route(Struct, forbid_unknown_fields=True, frozen=True):
    """Who should have it: the first route whose `when` is true.

    to       a unit, street of place, neighbourhood of place, duty of category, unit of <a field that names an object>,
             field NAME (a unit of the form; of several the first), roster NAME (whoever is on duty), least load of ROLE
             in street (which of its units has fewest open matters)
    because  why, as people are told
    when     what must be true
    """

    to: str
    because: Title
    when: str | None = None


def told_in_a_language(kind: Mapping[str, Any]) -> Mapping[str, Any]:
    """A definition of before reasons stood in each language of the pack: its text is in whichever it was.

    >>> told_in_a_language({"routing": [{"to": "water", "because": "河道"}]})["routing"]
    [{'to': 'water', 'because': {'zh': '河道'}}]
    """
    routes = kind.get("routing")
    if not isinstance(routes, list):
        return kind
    return {**kind, "routing": [_in_a_language(route) for route in routes]}


def _in_a_language(route: Any) -> Any:
    because = route.get("because") if isinstance(route, Mapping) else None
    return {**route, "because": {LANGUAGES[0]: because}} if isinstance(because, str) else route


def field_of_unit(to: str) -> str:
    """The field whose object's unit a route leads to; empty where it leads elsewhere.

    >>> field_of_unit("unit of river"), field_of_unit("duty of category")
    ('river', '')
    """
    return to.removeprefix(UNIT_OF) if to.startswith(UNIT_OF) else ""
