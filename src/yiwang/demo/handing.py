"""What people of the demo hand in where a form asks for files: drawn pictures, as many as are needed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from random import Random
from typing import Any

from yiwang.files import store as files
from yiwang.files.definition import EVIDENCE
from yiwang.matters.fields.spec import FieldSpec
from yiwang.org.asker import Asker

from .pictures import picture

_PHOTO = "现场"  # what is handed in where evidence is needed


def handed_in(
    asker: Asker,
    rng: Random,
    specs: Mapping[str, FieldSpec],
    needed: Collection[str],
    state: Mapping[str, Any],
    evidence: int = 0,
) -> dict[str, Any]:
    """The files of whatever must be given. Call inside `acting_as` of who gives them.

    state  what stands already: what was photographed before, say
    """
    wanted = {name for name in needed if name in specs and specs[name].type == "files"}
    wanted |= {before for name in wanted if (before := specs[name].beside) and not state.get(f"form.{before}")}
    data: dict[str, Any] = {}
    for name in sorted(wanted & specs.keys()):
        documents = specs[name].documents
        must = {code: one.at_least for code, one in documents.items() if one.at_least} or dict.fromkeys(documents, 1)
        data[name] = {code: _photos(asker, rng, n) for code, n in must.items()} if documents else _photos(asker, rng, 1)
    if evidence:
        data["files"] = _photos(asker, rng, evidence)
    return data


def _photos(asker: Asker, rng: Random, n: int) -> list[int]:
    shots = [picture(rng, f"{_PHOTO}{number}.jpg") for number in range(1, n + 1)]
    return [files.keep(asker, one).pk for one in files.prepare(shots, EVIDENCE)]
