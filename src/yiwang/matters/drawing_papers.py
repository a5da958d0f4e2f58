"""What a kind writes, takes and shows of files, as sentences for below its drawing. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from yiwang.why import Words, say

from .definition import Kind
from .fields.filling import title_of


def papers(kind: Kind) -> Iterator[Words]:
    """One for each letter, each field of documents, what must be there marked, and each pair of before and after."""
    for name, letter in kind.letters.items():
        acts = [one.title.mapping() for one in kind.actions.values() if name in one.writes]
        yield say("matters.draw_letter", letter=letter.title.mapping(), actions=acts)
    for name, spec in kind.fields.items():
        if spec.documents:
            each: list[Any] = [
                say("matters.draw_must", document=one.title.mapping()) if one.at_least else one.title.mapping()
                for one in spec.documents.values()
            ]
            yield say("matters.draw_documents", field=title_of(name, spec), documents=each)
        if spec.beside in kind.fields:
            before = title_of(spec.beside, kind.fields[spec.beside])
            yield say("matters.draw_pair", before=before, after=title_of(name, spec))
