"""The JSON Schema of receipts (draft 2020-12), for those who read `Receipt.to_json` with another program.

The number at the end of its `$id` rises when a program made for the number before cannot read what is written now.
"""

from __future__ import annotations

from typing import Any

from .json_form import AT, KEY, NAMED


def _named(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """An object of one member that says what its content is."""
    return {"type": "object", "properties": {name: schema}, "required": [name], "additionalProperties": False}


_VALUE = {"$ref": "#/$defs/value"}
_TEXT = {"type": "string"}
_TEXT_OR_NONE = {"type": ["string", "null"]}
_OF_A_NAME = [
    _named(one.name, {"type": "string", "pattern": f"^{one.pattern}$"} if one.pattern else {"type": "integer"})
    for one in NAMED
]

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:yiwang:receipt:1",
    "title": "Receipt",
    "description": "Why a value or a decision is what it is: a claim, what came of it, and the reasons under it.",
    "$ref": "#/$defs/receipt",
    "$defs": {
        "receipt": {
            "type": "object",
            "properties": {
                "claim": {"description": "what is held true", "anyOf": [_TEXT, {"$ref": "#/$defs/words"}]},
                "value": _VALUE | {"description": "what came of it; left out where nothing could be computed"},
                "because": {"type": "array", "items": {"$ref": "#/$defs/receipt"}, "description": "in reading order"},
                "source": _TEXT_OR_NONE
                | {"description": "law, notice, file with its line, or a reference like matter:12"},
                "at": _TEXT_OR_NONE | {"pattern": f"^{AT.pattern}$", "description": "ISO 8601 instant with its offset"},
            },
            "required": ["claim"],
            "additionalProperties": False,
        },
        "words": {
            "description": "a sentence of the catalogues and what fills its places",
            "type": "object",
            "properties": {
                "words": {"type": "string", "pattern": f"^{KEY}$"},
                "args": {"type": "object", "additionalProperties": _VALUE},
            },
            "required": ["words", "args"],
            "additionalProperties": False,
        },
        "title": {
            "description": "a text in several languages",
            "type": "object",
            "propertyNames": {"pattern": "^[a-z]{2}$"},
            "additionalProperties": _TEXT,
            "minProperties": 1,
        },
        "value": {
            "anyOf": [
                {"type": ["null", "boolean", "integer", "string"]},
                {"$ref": "#/$defs/words"},
                {"$ref": "#/$defs/title"},
                *_OF_A_NAME,
                _named("list", {"type": "array", "items": _VALUE}),
                _named(
                    "mapping",
                    {"type": "array", "items": {"type": "array", "items": _VALUE, "minItems": 2, "maxItems": 2}},
                ),
            ]
        },
    },
}
