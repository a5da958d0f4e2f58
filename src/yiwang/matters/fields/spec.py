"""What a pack's file may say of one field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct, field

from yiwang.org.titles import Title
from yiwang.typed.sizes import Size

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")  # of whatever a rule, a page's form or a query calls by its name
FieldType = Literal[
    "text",
    "number",
    "money",
    "date",
    "instant",
    "bool",
    "enum",
    "choices",
    "unit",
    "units",
    "category",
    "person",
    "colleague",
    "colleagues",
    "phone",
    "email",
    "uscc",
    "id_number",
    "matter",
    "object",
    "objects",
    "line",
    "area",
    "files",
    "list",
    "checklist",
]


class Document(Struct, forbid_unknown_fields=True, frozen=True):
    """One of the documents that a field of files asks for.

    at_least  how many files there are of it wherever the field must be given; 0: it may be left out
    at_most   how many there may be
    """

    title: Title
    at_least: int = 0
    at_most: int = 10


class Template(Struct, forbid_unknown_fields=True, frozen=True, rename={"otherwise": "or"}):
    """What a text begins with when it is asked for.

    text       with facts of the matter in braces: {form.address}, {unit}, {number}, {today}
    or         fact -> what stands there where it is not known
    """

    text: Title
    otherwise: dict[str, Title] = field(default_factory=dict)


class FieldSpec(Struct, forbid_unknown_fields=True, frozen=True, rename={"list_": "list"}):
    """One thing that a form or an action asks for.

    values      of an enum or choices: code -> title
    personal    masked everywhere and kept apart (R9.3)
    sensitivity  from 1 on the words are kept apart and shown as dots; they are opened for a purpose by those whose role
                may see as much
    at_least, at_most   the fewest and the most signs of a text, choices or rows
    least, most         the range of a number or an amount of money; of a line a length (5 km, 300 m), of an area a size
                (20 ha, 300 mu, 500 m2, 2 km2)
    measure     what a number counts in, shown behind it
    of          the kinds of unit that a unit may be of, the kinds of matter that a matter may be of; empty: any; of a
                checklist: the field that names the object by whose list is asked
    default     what a form begins with
    computed    an expression over the matter: never asked, worked out whenever a fact changes (design §10.15)
    asked_when  an expression over the matter and what is being entered: not asked otherwise
    fields      of a list: what each row asks for
    list        of an object or objects: the list of the pack (lists/<name>.csv) on which they stand
    question    how the person concerned is asked
    recuses     who is named takes no part in the matter from then on: a colleague, or everybody of a unit (回避)
    readmits    who is named takes part again
    documents   of files: which documents it takes, each file being one of them
    beside      of files: the field whose photos stand beside these, before and after: none without those
    told        whether who reported it is shown it: its files, or what was entered
    template    of a text that an action asks for: what its form begins with
    type      what its values are
    required  whether one cannot be opened without it
    """

    type: FieldType = "text"
    title: Title | None = None
    values: dict[str, Title] = field(default_factory=dict)
    required: bool = False
    personal: bool = False
    sensitivity: int = 0
    at_least: int = 0
    at_most: int = 4000
    least: Size | None = None
    most: Size | None = None
    measure: Title | None = None
    of: list[str] = field(default_factory=list)
    default: str | int | float | bool | None = None
    computed: str = ""
    asked_when: str = ""
    list_: str = ""
    fields: dict[str, FieldSpec] = field(default_factory=dict)
    question: Title | None = None
    recuses: bool = False
    readmits: bool = False
    documents: dict[str, Document] = field(default_factory=dict)
    beside: str = ""
    told: bool = False
    template: Template | None = None

    @property
    def goes_outside(self) -> bool:
        """Whether somebody outside may be shown it: it is neither kept apart nor tells what is inside."""
        inside = ("colleague", "colleagues", "checklist")
        return not (self.personal or self.sensitivity or self.type in inside)

    def texts(self) -> Iterator[tuple[str, str]]:
        """(path, expression) of every expression in it."""
        yield from ((what, text) for what in ("computed", "asked_when") if (text := getattr(self, what)))
