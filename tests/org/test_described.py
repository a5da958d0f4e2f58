"""Whoever writes a pack in an editor is told what each field means (design §4)."""

from __future__ import annotations

import pytest

from yiwang.nouns.pack import schemas
from yiwang.org.titles import schema


@pytest.mark.parametrize("name", sorted(schemas()))
def test_every_field_of_a_definition_is_described(name: str) -> None:
    definitions = schema(schemas()[name])["$defs"]
    silent = [
        f"{code}.{field}"
        for code, definition in definitions.items()
        for field, property_ in definition.get("properties", {}).items()
        if len(property_.get("description", "")) < 5
    ]
    assert silent == []
