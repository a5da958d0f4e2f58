"""Whether a value that a file writes down is one that its field can have. Pure."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from yiwang.typed.forms import Wrong
from yiwang.why import Words, say

from .reading import Seen
from .spec import FieldSpec
from .types import TYPES

_ALONE = frozenset(  # types whose values can be judged without looking at the district
    "text number money date bool enum choices person phone email uscc matter".split()
)
# types whose values nobody writes into a definition
NEVER_WRITTEN = frozenset({"files", "list", "line", "area", "colleague", "colleagues"})


def why_not(spec: FieldSpec, value: Any) -> Words | None:
    """What is wrong with a value; None where it is one of the field's, or only the district could tell."""
    if spec.type in NEVER_WRITTEN:
        return say("matters.never_written", type=spec.type)
    if spec.type not in _ALONE:
        return None
    try:
        TYPES[spec.type].read([value] if spec.type == "choices" else value, spec, _NOTHING_SEEN)
    except Wrong as wrong:
        return wrong.words
    return None


_NOTHING_SEEN: Any = Seen(None, datetime(2026, 1, 1, tzinfo=UTC))  # type: ignore[arg-type]
