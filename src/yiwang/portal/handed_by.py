"""What whoever reported a matter has handed in of themselves: so many photos, so many papers."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.files.queries import FileRow
from yiwang.matters.fields.documents import numbers
from yiwang.matters.queries import OneMatter
from yiwang.matters.writing import letters_of
from yiwang.why import Words, say


def handed_by_reporter(matter: OneMatter) -> list[Words]:
    """How many photos and how many papers, each where there are any; nothing of what staff or another party handed in.

    A picture that is one of the documents a form names is a paper.
    """
    mine = [*_mine(matter)]
    fields, state = matter.kind.fields, matter.state
    named = [name for name, spec in fields.items() if spec.type == "files" and spec.documents]
    papers = {number for name in named for number in numbers(state.get(f"form.{name}"))}
    papers |= {file.pk for file in mine if not file.media_type.startswith("image/")}
    n = sum(file.pk in papers for file in mine)
    each = (("portal.photos", len(mine) - n), ("portal.papers", n))
    return [say(key, n=count) for key, count in each if count]


def _mine(matter: OneMatter) -> Iterator[FileRow]:
    """The files that no member of staff handed in, the platform did not write, and came by no party's door."""
    kind = matter.kind
    named = [name for name, spec in kind.fields.items() if spec.type == "files"]
    theirs = [entry.data for entry in matter.entries if entry.role in kind.parties]
    others = {number for data in theirs for name in named for number in numbers(data.get(name))}
    others |= {written.file.pk for written in letters_of(matter) if written.file}
    return (file for file in matter.evidence if file.person_id is None and file.pk not in others)
