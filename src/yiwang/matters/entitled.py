"""What a matter is called that the platform has given a title: kept in each language of the district. Pure.

A person's title stands in the language in which it was written. Where nobody wrote one, the words of the kind or of the
list are the title, and each reader reads them in their own language, as long as nobody has put another in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from yiwang.org import personal

TITLES = "titles"  # a fact that a matter is born with
Called: TypeAlias = Mapping[str, str] | str


def fact_of(titles: Mapping[str, str]) -> dict[str, Any]:
    """What a matter is born with; nothing where one of them tells of a person: it then has its masked title alone.

    >>> fact_of({"zh": "月检", "en": "Monthly check"})
    {'titles': {'zh': '月检', 'en': 'Monthly check'}}
    >>> fact_of({"zh": "张三 13800138000", "en": "x"})
    {}
    """
    told = any(personal.masked(text) != text for text in titles.values())
    return {} if told or len(titles) < 2 else {TITLES: dict(titles)}


def called(title: str, titles: Any) -> Called:
    """A title in each language in which it is kept; as it was written where somebody wrote it.

    >>> called("月检", {"zh": "月检", "en": "Monthly check"}), called("别的", {"zh": "月检", "en": "Monthly check"})
    ({'zh': '月检', 'en': 'Monthly check'}, '别的')
    """
    return titles if isinstance(titles, Mapping) and title in titles.values() else title


def every_title(state: Mapping[str, Any]) -> list[str]:
    """A matter's title in whichever language it can be read."""
    said = called(state["title"], state.get(TITLES))
    return [said] if isinstance(said, str) else [*said.values()]
