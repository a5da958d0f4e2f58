"""What an address or a form asks for, typed: one way to read each sort of value, with bounds (`yiwang.typed`).

asked = Asked(request.GET)
asked.whole("page", least=1, most=10_000) or 1
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, tzinfo

from django.core.exceptions import BadRequest
from django.http import QueryDict

from yiwang.typed import moments
from yiwang.typed.numbers import LARGEST, whole, wholes


class Asked:
    """The fields of a query or a form. What cannot be read is as if it were not there (but for `version`)."""

    def __init__(self, given: QueryDict) -> None:
        self._given = given

    def __contains__(self, name: str) -> bool:
        return name in self._given

    def text(self, name: str, *, most: int = 200) -> str:
        """Without blanks around it; nothing when it is longer than `most`, for half a text means something else."""
        found = str(self._given.get(name, "")).strip()
        return found if len(found) <= most else ""

    def whole(self, name: str, *, least: int = 0, most: int = LARGEST) -> int | None:
        return whole(self._given.get(name, ""), least=least, most=most)

    def version(self) -> int | None:
        """What its writer last saw, where the form says so; BadRequest for what is no version.

        Read as absent it would switch off the check that nobody else wrote meanwhile.
        """
        number = self.whole("version", most=2**31 - 1)
        if number is None and "version" in self._given:
            raise BadRequest("no version")
        return number

    def wholes(self, name: str) -> list[int]:
        """Every whole number under this name."""
        return wholes(self._given.getlist(name))

    def year(self, name: str) -> int | None:
        return moments.year(self._given.get(name, ""))

    def moment(self, name: str, zone: tzinfo | None = None) -> datetime | None:
        """A moment with its offset (or in `zone`)."""
        return moments.moment(self._given.get(name, ""), zone)

    def choice(self, name: str, among: Collection[str], otherwise: str = "") -> str:
        found = self._given.get(name, "")
        return found if found in among else otherwise
