"""Files that each are one of the documents that a field names: a lease, a copy of a licence. Pure.

Kept as {document: [numbers of files]}. What is handed in for a document takes the place of what stood for it; the
others keep what they have. A page sends `<field>.<document>`, other doors send the mapping itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from yiwang.expr import Bool, Type, Whole
from yiwang.typed.forms import noted
from yiwang.why import Words, say

from . import reading
from .reading import Seen
from .spec import FieldSpec

COUNT, COMPLETE = "count", "all_there"  # what a rule may ask beside each document


def sent(name: str, spec: FieldSpec, data: Mapping[str, Any]) -> dict[str, Any] | None:
    """What a page's form sends for the documents of a field; None where it sends none.

    >>> from .spec import Document
    >>> spec = FieldSpec(type="files", documents={"lease": Document({}), "licence": Document({})})
    >>> sent("papers", spec, {"papers.lease": [4], "papers.licence": []})
    {'lease': [4]}
    """
    return {
        code: files for code in spec.documents if (files := data.get(f"{name}.{code}")) not in (None, "", [])
    } or None


def inputs(name: str, spec: FieldSpec) -> list[str]:
    """The names under which a page's form sends the files of a field: one, or one for each document."""
    return [f"{name}.{code}" for code in spec.documents] or [name]


def read(
    name: str, spec: FieldSpec, raw: Any, seen: Seen, wrong: dict[str, Words], *, needed: bool
) -> dict[str, list[int]] | None:
    """The numbers of the files of each document that was handed in; None for nothing at all.

    needed  whether the field must be given: then every document that must be there is, with what stands already
    """
    given: dict[str, list[int]] = {}
    if raw is not None and not isinstance(raw, Mapping):
        wrong[name] = say("matters.which_document", documents=titles(spec, spec.documents))
        return None
    for code, numbers in (raw or {}).items():
        path = f"{name}.{str(code)[:40]}"
        if code not in spec.documents:
            wrong[path] = say("matters.no_such_document", documents=titles(spec, spec.documents))
        elif numbers not in (None, "", []):
            with noted(wrong, path):
                given[code] = reading.files(numbers, spec, seen)
            if len(given.get(code, ())) > (most := spec.documents[code].at_most):
                wrong[path] = say("matters.too_many_files", n=len(given[code]), most=most)
    wrong |= {f"{name}.{code}": say("matters.file_of_two") for code in _twice(given)}
    if needed and (lacking := missing(spec, stands(seen.state.get(f"form.{name}"), given))):
        wrong.setdefault(name, say("matters.documents_missing", documents=titles(spec, lacking)))
    return given or None


def _twice(given: Mapping[str, list[int]]) -> Iterator[str]:
    """The documents for which a file is handed in that another has already."""
    taken: set[int] = set()
    for code, numbers in given.items():
        if taken & {*numbers}:
            yield code
        taken |= {*numbers}


def stands(before: Any, given: Mapping[str, list[int]]) -> dict[str, list[int]]:
    """What a field has after something was handed in.

    >>> stands({"lease": [1], "plan": [2]}, {"plan": [3]})
    {'lease': [1], 'plan': [3]}
    """
    return {**(before if isinstance(before, Mapping) else {}), **given}


def add(fields: Mapping[str, FieldSpec], state: Mapping[str, Any], delta: dict[str, Any]) -> None:
    """Let what was handed in stand beside the documents that a matter has already."""
    for name, spec in fields.items():
        if spec.documents and (given := delta.get(f"form.{name}")):
            delta[f"form.{name}"] = stands(state.get(f"form.{name}"), given)


def missing(spec: FieldSpec, have: Mapping[str, list[int]]) -> list[str]:
    """The documents of which too few are there; where none must be there, all of them while there is nothing."""
    lacking = [code for code, one in spec.documents.items() if len(have.get(code) or ()) < one.at_least]
    return lacking or ([] if any(have.values()) else [*spec.documents])


def all_there(spec: FieldSpec, handed_in: Any) -> bool:
    """Whether every document that must be there stands already, so that nobody must hand in anything."""
    return bool(spec.documents) and not missing(spec, handed_in or {})


def titles(spec: FieldSpec, codes: Any) -> list[Any]:
    return [spec.documents[code].title.mapping() for code in codes]


def numbers(written: Any) -> Iterator[int]:
    """The numbers of all files of a field, of documents or not.

    >>> [*numbers({"lease": [4], "plan": [2, 3]})], [*numbers([1, 2])], [*numbers(None)]
    ([4, 2, 3], [1, 2], [])
    """
    for one in written.values() if isinstance(written, Mapping) else [written or ()]:
        yield from one


def facts(name: str, spec: FieldSpec, called: Any) -> Iterator[tuple[str, Type, str, Any, Words]]:
    """(fact, its type, its SQL, its value from what is kept, words) of what a rule may ask of the documents."""
    kept = f"m.facts->'form.{name}'"

    def sql(code: str) -> str:
        return f"coalesce(jsonb_array_length({kept}->'{code}'), 0)"

    for code, one in spec.documents.items():
        words = say("matters.fact_document", field=called, document=one.title.mapping())
        yield f"form.{name}.{code}", Bool, f"({sql(code)} > 0)", _has(code), words
    together = " + ".join(map(sql, spec.documents))
    yield f"form.{name}.{COUNT}", Whole, f"({together})::bigint", _count, say("matters.fact_how_many", field=called)
    enough = [f"{sql(code)} >= {one.at_least}" for code, one in spec.documents.items() if one.at_least]
    complete = " AND ".join(enough) or f"{together} > 0"
    words = say("matters.fact_documents_complete", field=called)
    yield f"form.{name}.{COMPLETE}", Bool, f"({complete})", lambda kept: not missing(spec, kept or {}), words


def _has(code: str) -> Any:
    return lambda kept: bool((kept or {}).get(code))


def _count(handed_in: Any) -> int:
    return sum(1 for _ in numbers(handed_in))
