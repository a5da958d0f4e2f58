"""A checklist in a form: every item of an object's own list is answered, and what is not in order is described. Pure.

Kept as rows {list, item, title, ok, note, photos}, so that an entry says what was asked, whatever the list says later.
A page sends `<field>.<row>.ok`, `.note` and `.photos`; other doors send a list of {item, ok, note, photos}.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from yiwang.typed.forms import noted
from yiwang.why import Words, say

from ..objects import ObjectFacts, fact_of_object
from . import reading
from .reading import Seen
from .spec import FieldSpec

BAD, COUNT = "bad", "count"  # what a rule may ask: how many are not in order, how many there are
COLUMNS = ("item", "title", "note")  # of a row, that what it opens may take over
ANSWERS = ("item", "ok", "note", "photos")
_NOTE = FieldSpec(type="text", at_least=2, at_most=1000)
_PHOTOS = FieldSpec(type="files")


def with_list(spec: FieldSpec, state: Mapping[str, Any]) -> FieldSpec:
    """The field with the checklist of the object that the matter names; with none where the object has none."""
    if spec.type != "checklist":
        return spec
    return replace(spec, list_=str(state.get(fact_of_object(spec.of[0], "checklist")) or ""))


def items(spec: FieldSpec, seen: Seen) -> list[ObjectFacts]:
    """What is asked, in the order of the list."""
    return [one for one in seen.world.lists.get(spec.list_, {}).values() if one.listed]


def read(name: str, spec: FieldSpec, raw: Any, seen: Seen, wrong: dict[str, Words]) -> list[dict[str, Any]]:
    """The rows that are kept; what is missing or wrong is said of its own row, `checked.2.note`."""
    asked = items(spec, seen)
    if not isinstance(raw, list | tuple) or not all(isinstance(row, Mapping) for row in raw):
        wrong[name] = say("matters.no_rows")
        return []
    said = {str(row.get("item")): row for row in raw}
    if foreign := sorted(said.keys() - {one.code for one in asked}):
        wrong[name] = say("matters.no_such_item", items=[one[:40] for one in foreign][:6])
        return []
    language = seen.world.district.languages[0]
    faults: dict[str, Words] = {}
    answers = [
        {"list": spec.list_, "item": one.code, "title": one.name.get(language, one.code)}
        | _answer(f"{name}.{number}", said.get(one.code, {}), seen, faults)
        for number, one in enumerate(asked)
    ]
    wrong |= faults
    return answers


def _answer(path: str, row: Mapping[str, Any], seen: Seen, wrong: dict[str, Words]) -> dict[str, Any]:
    for foreign in row.keys() - {*ANSWERS}:
        wrong[f"{path}.{foreign}"] = say("matters.no_such_field", field=str(foreign)[:40])
    if row.get("ok") in (None, ""):
        wrong[f"{path}.ok"] = say("matters.item_not_answered")
        return {}
    answer: dict[str, Any] = {}
    with noted(wrong, f"{path}.ok"):
        answer["ok"] = reading.yes(row["ok"], _NOTE, seen)
    note = row.get("note")
    if answer.get("ok") is False and note in (None, ""):
        wrong[f"{path}.note"] = say("matters.item_without_note")
    if note not in (None, ""):
        with noted(wrong, f"{path}.note"):
            answer["note"] = reading.text(note, _NOTE, seen)
    if row.get("photos"):
        with noted(wrong, f"{path}.photos"):
            answer["photos"] = reading.files(row["photos"], _PHOTOS, seen)
    return answer


def bad(rows: Any) -> list[Mapping[str, Any]]:
    """The rows of what is not in order.

    >>> [row["item"] for row in bad([{"item": "a", "ok": True}, {"item": "b", "ok": False}])]
    ['b']
    """
    return [row for row in rows or () if row.get("ok") is False]


def photos(rows: Any) -> Iterator[int]:
    """The numbers of all files that rows name."""
    for row in rows or ():
        yield from row.get("photos") or ()


def sql_of_bad(stored: str) -> str:
    """The number of what is not in order, over the JSON of the rows."""
    rows = f"(CASE WHEN jsonb_typeof({stored}) = 'array' THEN {stored} ELSE '[]'::jsonb END)"
    return f"(SELECT count(*) FROM jsonb_array_elements({rows}) r WHERE r->'ok' = 'false'::jsonb)::bigint"
