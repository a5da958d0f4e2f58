"""What a page may read of plans, their statements and goals that `queries` hands out.

Pages name these shapes and never a table: what they show is asked for, and nothing is written by the way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Protocol


class PlanRow(Protocol):
    """A plan in review."""

    @property
    def pk(self) -> int: ...

    @property
    def title(self) -> str: ...

    @property
    def year(self) -> int: ...

    @property
    def text(self) -> str: ...

    @property
    def items(self) -> list[Any]: ...


class StatementRow(Protocol):
    """A statement in review: `read` is what the reader said, `goal` there once it is adopted."""

    @property
    def pk(self) -> int: ...

    @property
    def plan_id(self) -> int: ...

    @property
    def status(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def quote(self) -> str: ...

    @property
    def quote_offset(self) -> int: ...

    @property
    def indicator(self) -> str: ...

    @property
    def comparator(self) -> str: ...

    @property
    def value(self) -> Decimal | None: ...

    @property
    def value2(self) -> Decimal | None: ...

    @property
    def unit(self) -> str: ...

    @property
    def period(self) -> str: ...

    @property
    def due(self) -> date | None: ...

    @property
    def stretch(self) -> bool: ...

    @property
    def time_frame(self) -> str: ...

    @property
    def lead_id(self) -> int | None: ...

    @property
    def co(self) -> Sequence[int]: ...

    @property
    def read(self) -> Mapping[str, Any]: ...

    @property
    def doubts(self) -> Sequence[dict[str, Any]]: ...

    @property
    def confidence(self) -> float: ...

    @property
    def origin_id(self) -> int | None: ...

    @property
    def goal(self) -> Any: ...
