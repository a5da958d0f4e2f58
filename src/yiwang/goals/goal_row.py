"""What a page may read of a goal's row."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol


class GoalRow(Protocol):
    """A goal of which the report says something."""

    @property
    def pk(self) -> int: ...

    @property
    def title(self) -> str: ...

    @property
    def section(self) -> str: ...

    @property
    def nature(self) -> str: ...

    @property
    def value(self) -> Decimal | None: ...

    @property
    def unit(self) -> str: ...
