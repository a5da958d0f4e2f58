"""The files of a matter as its page shows them: letters, documents by their names, before beside after, the rest."""

from __future__ import annotations

from typing import Any

from yiwang.files.queries import FileRow
from yiwang.matters.fields.documents import missing
from yiwang.matters.fields.filling import title_of
from yiwang.matters.fields.pairs import pairs_of
from yiwang.matters.letters import notes
from yiwang.matters.queries import OneMatter, ended_elsewhere
from yiwang.matters.writing import letters_of
from yiwang.why import Words, say


def papers_of(matter: OneMatter) -> dict[str, Any]:
    """What a page shows: `letters`, `documents` (field, each with its files, what is missing), `pairs` and `loose`;
    `placed`, whether any file stands in documents or pairs; `history`, why there are no letters where some might be
    looked for."""
    files = {file.pk: file for file in matter.evidence}
    fields, shown = matter.kind.fields, set[int]()

    def taken(number: int | None) -> FileRow | None:
        shown.add(number or 0)
        return files.get(number or 0)

    documents = []
    for name, spec in fields.items():
        have = matter.state.get(f"form.{name}") or {}
        if spec.documents and (have or name in matter.kind.form):
            each = [(one.title.mapping(), [*map(taken, have.get(code, ()))]) for code, one in spec.documents.items()]
            lacking = [code for code in missing(spec, have) if spec.documents[code].at_least]
            titles = [] if ended_elsewhere(matter) else [spec.documents[code].title.mapping() for code in lacking]
            documents.append({"title": title_of(name, spec), "each": each, "missing": titles})
    pairs = [
        (pair, [(taken(one), taken(other)) for one, other in pair.rows]) for pair in pairs_of(fields, matter.state)
    ]
    placed = not shown.isdisjoint(files)
    letters = [*letters_of(matter)]
    shown |= {one.file.pk for one in letters if one.file}
    loose = [file for file in matter.evidence if file.pk not in shown]
    return {
        "documents": documents,
        "pairs": pairs,
        "loose": loose,
        "placed": placed,
        "letters": letters,
        "history": _history(matter, keeps=bool(documents)),
    }


def _history(matter: OneMatter, *, keeps: bool) -> Words | None:
    """Why letters and documents that there could be are not here; None where none could be, or all are.

    keeps  whether its form asks for documents
    """
    kind = matter.kind
    if ended_elsewhere(matter):
        return say("desk.papers_elsewhere") if kind.letters or keeps else None
    unwritten = {
        name
        for entry in matter.entries
        if entry.action in kind.actions
        for name in {*kind.actions[entry.action].writes} - {name for name, _ in notes(entry.data)}
    }
    titles = [letter.title.mapping() for name, letter in kind.letters.items() if name in unwritten]
    return say("desk.letters_unwritten", letters=titles) if titles else None
