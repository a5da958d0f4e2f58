"""A kind that a red goal opens: its words for how grave an order is, for issuing and for answering it. Pure."""

from __future__ import annotations

from msgspec import Struct

DOOR = "goal"


class Ordering(Struct, forbid_unknown_fields=True, frozen=True):
    """What the platform must know of a kind to supervise a goal by it (R5.9).

    grade        the field of the form that says how grave it is: its values are the grades of goals.yaml
    goal         the field that says which goal it is about
    issued_by    the action by which the platform hands it to the lead unit
    answered_by  the action by which the unit answers;  due  the clock within which it must
    """

    grade: str
    goal: str
    issued_by: str
    answered_by: str
    due: str
