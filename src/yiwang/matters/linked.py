"""Which other matters one hangs together with: what its ledger says of each link, and how a link is called. Pure.

A link is a row of `matters_link`, from one matter to another. The facts of a matter name its links, so that each
changes with an entry of its ledger: a verification finds a row that no ledger speaks of, and one that is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .clock_state import Delta

MERGED, REPEATS, CAUSED = "merged", "repeats", "caused"
LINKED = "linked"  # of both: the links in which a matter stands, as `Link.text` writes them
INTO = "merged.into"  # of the one that waits: the number of the other
ONE_WITH = "merged"  # of the same: whether it is one with another
WAITS = "merged.waits"  # whether it waits for the end of the other; nothing can be done to it meanwhile
COUNTED_WITH = "merged.once"  # whether it is left out of rates and of what is open, as the other is counted there
BEFORE = "merged.before"  # what merging changed of it, as it was before
CALLERS = "callers"  # of the other: how many reported it, itself and those that wait for it
REPEATED = "repeats.count"  # how many matters of its kind it repeats
REPEATED_AFTER = "repeats.after_end"  # how many of these had ended by then
REPEATED_OF = "repeats.of"  # their numbers, the newest first
LED_TO = "led_to.count"  # of the one that led to others: how many these are
_TO, _FROM = ">", "<"


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """One end of a link: of which kind, whether it leads away from this matter, and the number at its other end."""

    kind: str
    leads_away: bool
    other: str

    @property
    def text(self) -> str:
        """As the facts of a matter keep it.

        >>> Link("merged", True, "RX-20261012-0001").text
        'merged>RX-20261012-0001'
        """
        return f"{self.kind}{_TO if self.leads_away else _FROM}{self.other}"


def with_link(state: Mapping[str, Any], link: Link) -> Delta:
    """What changes of a matter with one link more."""
    return {LINKED: sorted({*(state.get(LINKED) or ()), link.text})}


def without_link(state: Mapping[str, Any], link: Link) -> Delta:
    """What changes of a matter when a link is undone."""
    return {LINKED: sorted({*(state.get(LINKED) or ())} - {link.text})}


def repeating(earlier: Mapping[str, bool]) -> Delta:
    """The facts of a new matter that repeats earlier ones (number -> whether it had ended); of one that repeats none
    there is nothing to say."""
    if not earlier:
        return {}
    links = sorted(Link(REPEATS, True, number).text for number in earlier)
    counts = {REPEATED: len(earlier), REPEATED_AFTER: sum(earlier.values())}
    return {**counts, REPEATED_OF: list(earlier), LINKED: links}


def usual(fact: str) -> Any:
    """What a fact of links is where nothing was ever said of it; None for any other fact."""
    return _USUAL.get(fact)


_USUAL: Mapping[str, Any] = {ONE_WITH: False, CALLERS: 1, REPEATED: 0, REPEATED_AFTER: 0, LED_TO: 0}
EVERY = frozenset(_USUAL)
