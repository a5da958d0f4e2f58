"""What a noun says of itself: one frozen value in its room's `noun.py`, which imports nothing but this file.

Whoever starts a command reads all of them, so what is heavy is named and looked up when it is needed, as Django's
settings do: a model "matters.Matter", a page "wall:matter", a value of a module "yiwang.matters.loading:PART".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reference:
    """What a receipt refers to as "NAME:KEY".

    page   the page that shows it, by its name; its one argument is the key
    model  the table whose rows it refers to by number: who sees the row may open it. "" for a figure, which is counted
           from what its reader sees
    part   the page of a part of it ("NAME:KEY?part=PART"), whose arguments are the key and the part
    """

    page: str
    model: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the app bar; roles begin their day at one (`home` in roles.yaml).

    words  the key of its title
    pages  the pages that may show it, by name; the first that exists does
    whole  whether it shows the whole district: there the day of its head begins
    when   (asker) -> whether there is anything to show, by name; "" where there always is
    audits whether it is for those who audit, behind all others; nobody's day begins there
    alarm  how many in it want attention, by name ((asker) -> number); "" for a block that has no such number
    """

    name: str
    words: str
    pages: tuple[str, ...]
    whole: bool = False
    when: str = ""
    audits: bool = False
    alarm: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A receipt that can be computed again by its id "NAME:…" (nouns.ids).

    shape    what stands between the colon and `#` or `=`, as a regular expression with the groups of `ids.Id`
    example  such an id
    again    what computes it, by name (nouns.again.Compute)
    parts    what a reference to it may ask for behind `?`; none for what has no parts
    """

    shape: str
    example: str
    again: str
    parts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Noun:
    """Everything that other rooms need to know of a noun.

    name        its room
    after       the nouns on which it stands: they come before it wherever nouns stand in a row
    references  what receipts refer to, by the word before the colon
    blocks      its blocks of the app bar, from left to right
    topics      what the live stream tells of it (run/live.py)
    asked       what can be computed again, by the word before the colon
    pack        the part of a pack that it reads, by name (nouns.pack.Part)
    schemas     the files of that part, and the types by which they are read, by name
    """

    name: str
    after: tuple[str, ...] = ()
    references: Mapping[str, Reference] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()
    topics: tuple[str, ...] = ()
    asked: Mapping[str, Asked] = field(default_factory=dict)
    pack: str = ""
    schemas: Mapping[str, str] = field(default_factory=dict)
