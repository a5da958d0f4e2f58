"""What a pack's file may say of a letter, and what an entry keeps of one that was written. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from yiwang.org.titles import Title

NOTE = (
    "letter."  # in an entry's data: letter.<name> -> the file and its digest; no field of a form has a dot in its name
)


class Letter(Struct, forbid_unknown_fields=True, frozen=True, rename={"otherwise": "or"}):
    """A letter that an action writes: kept as a file of the matter, with its digest in the entry.

    text       its words, with facts in braces: {form.result}, {unit}, {number}, {today}, {reporter}
    or         fact -> what stands there where it is not known
    told       whether who reported the matter is shown it
    """

    title: Title
    text: Title
    otherwise: dict[str, Title] = field(default_factory=dict)
    told: bool = False


def notes(data: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """(letter, {file, sha256}) of what an entry has written."""
    yield from ((name.removeprefix(NOTE), said) for name, said in data.items() if name.startswith(NOTE))
