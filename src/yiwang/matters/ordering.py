"""A kind that a red goal opens: its words for how grave an order is, for issuing and for answering it. Pure."""

from __future__ import annotations

from msgspec import Struct

DOOR = "goal"


class Ordering(Struct, forbid_unknown_fields=True, frozen=True):
    """What the platform must know of a kind to supervise a goal by it (R5.9).

    grade        the field of the form that says how grave it is: its values are the grades of goals.yaml
    issued_by    the action by which the platform hands it to the lead unit
    answered_by  the action by which the unit answers;  due  the clock within which it must
    goal         of a kind as it was kept before: a field that said once more which goal it is about. Nothing fills it
                 now, nor does a page show it, and no new kind says it: an order's source is the link
    """

    grade: str
    issued_by: str
    answered_by: str
    due: str
    goal: str = ""
