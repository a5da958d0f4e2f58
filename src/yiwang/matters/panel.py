"""What a pack's file may say of people who answer in person: experts who are asked, a committee that votes. Pure.

Who sits on a panel stands in a field of the matter, as it is then; each answers once for each time that the matter
comes into a stage in which the panel is asked. Answers are kept by person, and a few numbers of them are facts of the
matter, so that conditions, receipts and indicators read them like any other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from typing import Any, Literal, Protocol

from msgspec import Struct, field

from yiwang.expr import Bool, Type, Whole
from yiwang.org.titles import Title
from yiwang.why import Words, say

ASKED = ("members", "responded", "open")
VOTED = ("cast", "for", "against", "abstained", "quorum")
TELLS = ("cast", "for", "against", "abstained")  # facts that tell how it stands
ROOT = "votes."
SEATED = "seated."  # a fact: the numbers of the people who sit on a panel
BALLOTS = "ballots."  # a fact: number of a person -> [what they voted, the moment]
AWAITED = "awaited"  # a fact: who has yet to answer where the matter stands now (recusal.mark_of)
SEATED_UNITS = "seated_units"  # a fact: the units of everybody who sits or ever sat: they see the matter
OF_TYPES = ("colleague", "colleagues")
ALL = "all"


class Panel(Struct, forbid_unknown_fields=True, frozen=True, rename={"for_": "for"}):
    """People who answer in person, each once: `by` names the panel, and nobody stands in for them.

    of        the field that says who they are
    vote      the field in which each votes; none said: an opinion is asked, and nothing is counted but who gave one
    for       its values that are a vote for it;  abstains  those that are none for or against
    quorum    how many must answer before it counts: a number, a share ("2/3") or "all" of those who take part
    secret    "until_decided": who votes sees no vote of others, and nobody any, until the matter has gone on
    abstains  its values that are counted apart
    """

    title: Title
    of: str
    vote: str = ""
    for_: list[str] = field(default_factory=list)
    abstains: list[str] = field(default_factory=list)
    quorum: int | str = ""
    secret: Literal["", "until_decided"] = ""

    @property
    def share(self) -> Fraction | None:
        """The share that must answer; None where a number must, or nothing that can be read is said.

        >>> Panel(title=Title("x"), of="y", quorum="2/3").share, Panel(title=Title("x"), of="y", quorum=3).share
        (Fraction(2, 3), None)
        """
        if self.quorum == ALL:
            return Fraction(1)
        above, line, below = str(self.quorum).partition("/")
        if not line or not (above.isdecimal() and below.isdecimal()) or not int(below):
            return None
        return Fraction(int(above), int(below))

    def stands(self, answered: int, members: int) -> bool:
        """Whether enough have answered; nothing is rounded."""
        if isinstance(self.quorum, int):
            return answered >= self.quorum > 0
        return self.share is not None and answered > 0 and answered >= self.share * members


def fact_of_panel(name: str, part: str) -> str:
    """The fact in which a matter keeps what is known of a panel's answers.

    >>> fact_of_panel("committee", "for")
    'votes.committee.for'
    """
    return f"{ROOT}{name}.{part}"


def parts_of(panel: Panel) -> tuple[str, ...]:
    return (*ASKED, *VOTED) if panel.vote else ASKED


def facts_of_panels(panels: Mapping[str, Panel]) -> Iterator[tuple[str, Type, str, Words]]:
    """(fact, type, how the database casts it, what people call it) of what rules may know of panels."""
    for name, panel in panels.items():
        for part in parts_of(panel):
            type_, cast = (Bool, "boolean") if part == "quorum" else (Whole, "bigint")
            words = say(f"matters.fact_votes_{part}", panel=panel.title.mapping())
            yield fact_of_panel(name, part), type_, cast, words


def panel_of(panels: Collection[str], actors: Collection[str]) -> str:
    """The panel whose action it is; empty where it is none's."""
    return next((by for by in actors if by in panels), "")


class Acting(Protocol):
    """An action: who does it, and in which stages."""

    @property
    def actors(self) -> list[str]: ...

    @property
    def stages(self) -> list[str]: ...


def asked_in(panels: Collection[str], actions: Collection[Acting]) -> dict[str, frozenset[str]]:
    """panel -> the stages in which it is asked."""
    return {name: frozenset(s for one in actions if name in one.actors for s in one.stages) for name in panels}


def is_of_a_panel(fact: str) -> bool:
    """Whether a fact holds what the platform keeps of panels: numbers, codes and moments."""
    return fact.startswith((ROOT, SEATED, BALLOTS)) or fact in (AWAITED, SEATED_UNITS)


def sits(by: str, state: Mapping[str, Any], person: int | None) -> bool | None:
    """Whether somebody sits on a panel; None where nobody does, or it is none."""
    seated = state.get(f"{SEATED}{by}")
    return None if seated is None else person in seated
