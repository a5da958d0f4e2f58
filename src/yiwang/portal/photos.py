"""What a resident is shown of the files of their matter: what its kind says is told, and nothing else."""

from __future__ import annotations

from typing import Any

from yiwang.files.queries import FileRow
from yiwang.matters.fields.documents import numbers
from yiwang.matters.fields.filling import title_of
from yiwang.matters.fields.pairs import pairs_of
from yiwang.matters.queries import OneMatter
from yiwang.matters.writing import letters_of


def shown_to_reporter(matter: OneMatter) -> dict[int, FileRow]:
    """number -> the file, of those that are told."""
    fields = matter.kind.fields
    told = {name for name, spec in fields.items() if spec.told and spec.type == "files"}
    told |= {fields[name].beside for name in told}
    mine = {one.file.pk for one in letters_of(matter) if one.file and one.letter.told}
    mine |= {number for name in told for number in numbers(matter.state.get(f"form.{name}"))}
    return {file.pk: file for file in matter.evidence if file.pk in mine}


def photos_of(matter: OneMatter) -> dict[str, Any]:
    """`pairs`, before beside after, and `single`: (title, its files) of what stands beside nothing."""
    fields, files = matter.kind.fields, shown_to_reporter(matter)
    pairs = [
        (pair, [(files.get(one or 0), files.get(other or 0)) for one, other in pair.rows])
        for pair in pairs_of(fields, matter.state)
        if pair.told
    ]
    paired = {spec.beside for spec in fields.values()} | {name for name, spec in fields.items() if spec.beside}
    single: list[tuple[Any, list[FileRow]]] = []
    for letter in (one for one in letters_of(matter) if one.letter.told and one.file):
        single.append((letter.letter.title.mapping(), [file for file in (letter.file,) if file]))
    for name, spec in fields.items():
        if spec.type == "files" and spec.told and name not in paired:
            mine = [files[one] for one in numbers(matter.state.get(f"form.{name}")) if one in files]
            single += [(title_of(name, spec), mine)] if mine else []
    return {"pairs": pairs, "single": single}
