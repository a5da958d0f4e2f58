"""What the reader gives of a numbered item of a plan: its title and its owners."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any


@dataclass(slots=True)
class Item:
    """One numbered item of the plan, or (kind "measure") a passage without a number that names its owners.

    `units` are all responsible units in the order of the text, the lead first; `equal_owners` that they share the
    duty alike (R5.3).
    """

    item_no: str
    title: str
    quote_offset: int
    lead_unit: str | None = None
    co_units: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    section: str = ""
    due: date | None = None
    kind: str = "item"
    end_offset: int = 0
    equal_owners: bool = False

    def to_json(self) -> dict[str, Any]:
        row = asdict(self)
        row["due"] = self.due.isoformat() if self.due else None
        return row
