"""The files of a form on the desk: each field has its own, and what an earlier try has uploaded is not sent again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.urls import reverse

from yiwang.files import queries
from yiwang.files import store as files
from yiwang.files.definition import EVIDENCE
from yiwang.look.asked import Asked
from yiwang.look.gate import StaffRequest
from yiwang.look.speech import spoken
from yiwang.matters.fields.documents import inputs
from yiwang.matters.fields.reading import file_numbers
from yiwang.matters.fields.spec import FieldSpec
from yiwang.org.asker import Asker
from yiwang.why import say

KEPT = "kept"  # before the names of what an earlier try has uploaded
PHOTOS = ".photos"  # of an item of a checklist
FILES = "files"  # what an action is proven with, whatever its kind asks for


def take(request: StaffRequest, asker: Asker, specs: Mapping[str, FieldSpec], data: dict[str, Any]) -> None:
    """Put the numbers of all files into `data`: those just uploaded, and those that an earlier try has kept already.

    Until the action is done they belong to nothing and show to their uploader alone, who finds them in the form again.
    Raises Incomplete for a number that is none, NotKept for a file that cannot be taken.
    """
    for name in [*_of_files(specs), *_of_checks(request, specs)]:
        data[name] = Asked.of_form(request).every(_kept(name))
        fresh = files.prepare(request.FILES.getlist(name), EVIDENCE)
        for one in fresh:
            if one.as_it_came:
                messages.warning(request, spoken("files.as_it_came", name=one.name))
        data[name] = [*data[name], *(files.keep(asker, one).pk for one in fresh)]


def show(asker: Asker, fields: Iterable[dict[str, Any]], values: Mapping[str, Any]) -> None:
    """Add to the fields of a form what an earlier try has uploaded and still belongs to nothing."""
    for field in fields:
        if field["type"] == "files":
            field |= _shown(asker, field["name"], values) | {"hint": say("desk.files_hint")}
        for row in field["checks"]:
            row |= _shown(asker, f"{row['path']}{PHOTOS}", values)
        for document in field["documents"]:
            document |= _shown(asker, document["name"], values)


def _shown(asker: Asker, name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    loose = queries.loose(asker, file_numbers(values.get(name) or ""))
    kept = [{"number": file.pk, "name": file.name, "href": reverse("desk:evidence", args=[file.pk])} for file in loose]
    return {"kept": kept, "kept_name": _kept(name)}


def _of_files(specs: Mapping[str, FieldSpec]) -> list[str]:
    asked = [one for name, spec in specs.items() if spec.type == "files" for one in inputs(name, spec)]
    return list(dict.fromkeys([FILES, *asked]))


def _of_checks(request: StaffRequest, specs: Mapping[str, FieldSpec]) -> list[str]:
    """The files of the items of checklists that were sent, now or by an earlier try: `checked.2.photos`."""
    checks = tuple(f"{name}." for name, spec in specs.items() if spec.type == "checklist")
    earlier = (name.removeprefix(f"{KEPT}.") for name in Asked.of_form(request) if name.startswith(f"{KEPT}."))
    sent = dict.fromkeys([*request.FILES, *earlier])
    return [name for name in sent if name.endswith(PHOTOS) and name.startswith(checks)]


def _kept(name: str) -> str:
    """Under which name a form sends again what was uploaded for a field."""
    return KEPT if name == FILES else f"{KEPT}.{name}"
