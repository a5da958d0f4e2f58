"""Where one paragraph stands in a plan."""

from __future__ import annotations

from dataclasses import dataclass

from .block import Block
from .frames import Frame
from .owners import Owners


@dataclass(slots=True)
class Place:
    """Where one paragraph stands.

    `body` is where its own sentences begin; `heading` says that it is nothing but a heading, `silent` that nothing is
    read from it; `owners` come from the columns of a table.
    """

    block: Block
    body: int = 0
    path: tuple[str, ...] = ()
    item_no: str | None = None
    item_title: str | None = None
    starts_item: bool = False
    lead: str = ""
    frame: Frame | None = None
    heading: bool = False
    silent: bool = False
    owners: Owners | None = None

    @property
    def section(self) -> str:
        return "/".join(part for part in (*self.path, self.lead) if part)
