"""What a pack's file may say of who should have a matter. Pure."""

from __future__ import annotations

from msgspec import Struct

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
    because: str
    when: str | None = None


def field_of_unit(to: str) -> str:
    """The field whose object's unit a route leads to; empty where it leads elsewhere.

    >>> field_of_unit("unit of river"), field_of_unit("duty of category")
    ('river', '')
    """
    return to.removeprefix(UNIT_OF) if to.startswith(UNIT_OF) else ""
