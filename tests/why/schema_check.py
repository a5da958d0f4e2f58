"""As much of JSON Schema 2020-12 as the receipt's schema uses; an unknown keyword is an error, not a pass."""

from __future__ import annotations

import re
from typing import Any

TYPES = {
    "null": lambda it: it is None,
    "boolean": lambda it: isinstance(it, bool),
    "integer": lambda it: isinstance(it, int) and not isinstance(it, bool),
    "string": lambda it: isinstance(it, str),
    "array": lambda it: isinstance(it, list),
    "object": lambda it: isinstance(it, dict),
}
NOTES = {"$schema", "$id", "title", "description", "$defs"}


def fits(it: Any, schema: dict[str, Any], root: dict[str, Any] | None = None) -> bool:
    """Whether JSON `it` satisfies `schema`."""
    root = root or schema
    return all(_holds(it, word, wanted, schema, root) for word, wanted in schema.items() if word not in NOTES)


def _holds(it: Any, word: str, wanted: Any, schema: dict[str, Any], root: dict[str, Any]) -> bool:
    match word:
        case "$ref":
            return fits(it, root["$defs"][wanted.rpartition("/")[2]], root)
        case "anyOf":
            return any(fits(it, one, root) for one in wanted)
        case "type":
            return any(TYPES[name](it) for name in ([wanted] if isinstance(wanted, str) else wanted))
        case "pattern":
            return not isinstance(it, str) or re.search(wanted, it) is not None
        case "items":
            return not isinstance(it, list) or all(fits(one, wanted, root) for one in it)
        case "maxItems":
            return not isinstance(it, list) or len(it) <= wanted
        case "minItems" | "minProperties":
            return not isinstance(it, list if word == "minItems" else dict) or len(it) >= wanted
        case "propertyNames":
            return not isinstance(it, dict) or all(fits(name, wanted, root) for name in it)
        case "required":
            return not isinstance(it, dict) or set(wanted) <= it.keys()
        case "properties":
            return not isinstance(it, dict) or all(fits(it[n], s, root) for n, s in wanted.items() if n in it)
        case "additionalProperties":
            rest = it.keys() - schema.get("properties", {}).keys() if isinstance(it, dict) else ()
            return not rest if wanted is False else all(fits(it[name], wanted, root) for name in rest)
    raise AssertionError(f"the schema uses a keyword that is not checked here: {word}")
