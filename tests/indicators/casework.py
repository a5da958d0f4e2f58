"""Work on matters as people do it, at chosen times: what the tests of indicators are counted from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.support.district import TestDistrict

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai; a week without days off
IN_NORTH, IN_SOUTH = (121.91, 31.03), (121.91, 31.01)


def at(days: float) -> datetime:
    """So many days after the Monday."""
    return MONDAY + timedelta(days=days)


class Casework:
    """The people of one district, acting."""

    def __init__(self, district: TestDistrict) -> None:
        self.district = district

    def open(self, title: str, *, days: float = 0.0, kind: str = "hotline", **more: Any) -> int:
        from yiwang.matters import store
        from yiwang.org.session import acting_as

        place = more.pop("place", IN_NORTH)
        data = {"title": title, "text": title, "category": "drain.blocked", **more}
        with acting_as(self.district.as_("dispatcher-1")) as asker:
            return store.open_matter(asker, kind, data, at=at(days), place=place).id

    def act(self, post: str, matter: int, action: str, days: float, **data: Any) -> None:
        from yiwang.matters import store
        from yiwang.org.session import acting_as

        with acting_as(self.district.as_(post)) as asker:
            store.act(asker, matter, action, data, at=at(days))

    def handled(
        self,
        title: str,
        *,
        days: float = 0.0,
        unit: str = "water",
        contact: float | None = 0.5,
        answer: float | None = 2.0,
        reached: bool = True,
        solved: bool | None = True,
        satisfaction: str | None = "satisfied",
        place: tuple[float, float] = IN_NORTH,
    ) -> int:
        """One ticket from call to callback; `contact` and `answer` are days after it came in, None for never.

        What is not solved, or not liked, is closed with an explanation.
        """
        matter = self.open(title, days=days, place=place)
        self.act("dispatcher-1", matter, "assign", days, unit=unit)
        self.act(f"{unit}-1", matter, "accept", days + 0.05)
        if contact is not None:
            self.act(f"{unit}-1", matter, "contact", days + contact, contact_way="phone", contact_result="已说明")
        if answer is not None:
            self.act(f"{unit}-1", matter, "answer", days + answer, result="已办")
            said = {
                name: value for name, value in (("solved", solved), ("satisfaction", satisfaction)) if value is not None
            }
            self.act("dispatcher-2", matter, "verify", days + answer + 0.1, reached=reached, **said)
            if solved is False or satisfaction == "dissatisfied":
                self.act("dispatcher-2", matter, "explain", days + answer + 0.15, reason="条件暂不具备，已说明")
        return matter
