"""Files that a resident hands in where a form asks for them. They are kept in the transaction of the act that names
them, or not at all: a passer-by has nothing of their own that waits."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from yiwang.files import store as files
from yiwang.files.definition import PAPERS, Clean
from yiwang.look.gate import AskedRequest
from yiwang.matters.fields.documents import inputs
from yiwang.matters.fields.spec import FieldSpec
from yiwang.matters.store import NOUN
from yiwang.org.asker import Asker
from yiwang.why import Refusal, attempt

Handed = dict[str, list[Clean]]  # input of the form -> its files


def stand_ins(request: AskedRequest, specs: Mapping[str, FieldSpec]) -> dict[str, list[int]]:
    """As many numbers as there are files for each input: enough to say what else is wrong, before any is looked at."""
    numbers = count(1)
    sent = {name: request.FILES.getlist(name) for name in _asked(specs)}
    return {name: [next(numbers) for _ in each] for name, each in sent.items() if each}


def handed_in(request: AskedRequest, specs: Mapping[str, FieldSpec]) -> Handed:
    """The files of a form, cleaned. Raises Refusal, at the field that holds what cannot be taken."""
    handed: Handed = {}
    for name, spec in specs.items():
        if spec.type != "files":
            continue
        uploads = [(one, file) for one in inputs(name, spec) for file in request.FILES.getlist(one)]
        cleaned = attempt(files.prepare, [file for _, file in uploads], PAPERS)
        if isinstance(cleaned, Refusal):
            raise Refusal(cleaned.receipt, fields={name: cleaned.words}, status=cleaned.status)
        for (one, _), clean in zip(uploads, cleaned, strict=True):
            handed.setdefault(one, []).append(clean)
    return handed


def keep(platform: Asker, handed: Handed, matter: int | None = None) -> dict[str, list[int]]:
    """The numbers under which they are kept: of a matter, or of nothing until it is opened."""
    noun = NOUN if matter is not None else ""
    return {
        name: [files.keep(platform, one, noun=noun, subject=matter).pk for one in each] for name, each in handed.items()
    }


def _asked(specs: Mapping[str, FieldSpec]) -> list[str]:
    return [one for name, spec in specs.items() if spec.type == "files" for one in inputs(name, spec)]
