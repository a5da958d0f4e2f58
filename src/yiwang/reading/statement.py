"""What the reader gives: statements that can be checked, and the numbered items of a plan with their owners."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

Kind = Literal["target", "result", "milestone"]


@dataclass(slots=True)
class Statement:
    """One number that says something, or one end state that can be ticked, with the place it stands at.

    Offsets count characters of the original text. `value` is in `unit`; 万 is multiplied out for things that are
    counted and stays in the unit for amounts (万平方米). `due` is the day by which it is promised (R0.11), None
    for what lasts or is past. `missing` names what keeps a commitment from being judged: number, indicator, base,
    definition, owner, date, end_state; `mend` is a better wording. `rule` is the chain of grammar rules.
    """

    kind: Kind
    section: str
    item_no: str | None
    quote: str
    quote_offset: int
    number: str | None
    number_offset: int | None
    indicator: str
    comparator: str
    value: Decimal | None
    value2: Decimal | None
    unit: str | None
    measure: str
    period: str
    due: date | None = None
    approx: bool = False
    stretch: bool = False
    scope: str = "district"
    lead_unit: str | None = None
    co_units: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    time_frame: str = "this_year"
    judgeable: bool = True
    missing: list[str] = field(default_factory=list)
    mend: str | None = None
    rule: str = ""
    confidence: float = 1.0
    value_text: str | None = None
    implied: bool = False
    named: bool = False
    recurring: bool = False
    verb: str | None = None
    basis: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The fields as plain values, in the order of the class; flags that are off and empty extras are left out."""
        row = asdict(self)
        row["due"] = self.due.isoformat() if self.due else None
        row |= {name: _in_json(row[name]) for name in ("value", "value2")}
        for extra in ("value_text", "implied", "named", "recurring", "verb", "basis"):
            if not row[extra]:
                del row[extra]
        if self.number_offset is None:
            del row["number"], row["number_offset"]
        return row


def _in_json(value: Decimal | None) -> int | float | None:
    """A number of JSON, which knows no other; `value` itself stays exact."""
    return None if value is None else int(value) if value == value.to_integral_value() else float(value)
