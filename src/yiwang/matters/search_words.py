"""The words of a matter and of each of its entries, as they are kept to be found. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .definition import Kind
from .fields.spec import FieldSpec
from .fields.types import TYPES
from .objects import Lists, codes_in

APART = "\x1f"  # between two fields: no word is found across it
REPORTER, BEGINNING = 0, 1  # the rows of a matter's words beside those of its entries


def began_with(kind: Kind, state: Mapping[str, Any], lists: Lists) -> str:
    """The words of a matter itself: title, form, channel."""
    form = (said(spec, state.get(f"form.{name}"), lists) for name, spec in kind.form.items() if is_in_words(spec))
    return joined([state.get("title"), state.get("form.text"), state.get("channel"), *form])


def reported_by(state: Mapping[str, Any]) -> str:
    """What everybody to whom the reporter shows may see of them."""
    return joined([state.get("reporter.name"), state.get("reporter.phone")])


def written(kind: Kind, data: Mapping[str, Any], lists: Lists) -> str:
    """The words of one entry."""
    return joined([said(spec, data.get(name), lists) for name, spec in kind.fields.items() if is_in_words(spec)])


def is_in_words(spec: FieldSpec) -> bool:
    return (TYPES[spec.type].worded or bool(spec.list_)) and not spec.personal


def said(spec: FieldSpec, value: Any, lists: Lists) -> Any:
    """What is found of a value: of objects their codes and their names."""
    if not spec.list_:
        return value
    known = lists.get(spec.list_, {})
    codes = codes_in(spec, value)
    return joined([*codes, *(name for code in codes if code in known for name in known[code].name.values())])


def joined(parts: Iterable[Any]) -> str:
    return APART.join(str(part).replace(APART, " ") for part in parts if part not in (None, ""))
