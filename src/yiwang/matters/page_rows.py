"""What a page may read of a matter that `queries` hands out.

Pages name these shapes and never a table: what they show is asked for, and nothing is written by the way.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Protocol


class MatterRow(Protocol):
    """A matter in a list."""

    @property
    def pk(self) -> int: ...

    @property
    def number(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def called(self) -> Mapping[str, str] | str: ...

    @property
    def kind(self) -> str: ...

    @property
    def kind_version(self) -> date: ...

    @property
    def version(self) -> int: ...

    @property
    def stage(self) -> str: ...

    @property
    def category(self) -> str: ...

    @property
    def channel(self) -> str: ...

    @property
    def lead_id(self) -> int | None: ...

    @property
    def street_id(self) -> int | None: ...

    @property
    def lon(self) -> float | None: ...

    @property
    def lat(self) -> float | None: ...

    @property
    def created_at(self) -> datetime: ...

    @property
    def closed_at(self) -> datetime | None: ...

    @property
    def due_at(self) -> datetime | None: ...

    @property
    def due_clock(self) -> str: ...

    @property
    def facts(self) -> Mapping[str, Any]: ...
