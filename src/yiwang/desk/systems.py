"""The directory of the district (一网目录): every system that its documents name, what carries it, where it opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from yiwang.look import speech
from yiwang.look.asked import Asked
from yiwang.look.gate import StaffRequest, staff_only
from yiwang.look.page import page_of_block
from yiwang.nouns import register
from yiwang.org.queries import facts
from yiwang.systems.definition import Directory
from yiwang.systems.queries import STATES, Carrier, Standing, Standings, directory_of

MAIN = "main"
MARKS = {"running": "full", "part": "half", "empty": "dashed", "absent": "ring"}


@dataclass(frozen=True, slots=True)
class Line:
    """One system in the directory. `fades`: it is not what was searched or filtered for."""

    standing: Standing
    href: str
    chosen: bool
    fades: bool

    @property
    def mark(self) -> str:
        return MARKS[self.standing.state]

    @property
    def state(self) -> str:
        return f"desk.systems.{self.standing.state}"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and the lines below it."""

    title: Any
    lines: list[Line]
    fades: bool

    @property
    def running(self) -> int:
        return sum(line.standing.state in ("running", "part") for line in self.lines)


@dataclass(frozen=True, slots=True)
class Link:
    """A carrier, and where it leads; "" where the asker's roles do not see it."""

    carrier: Carrier
    href: str
    open: str = ""
    overdue: str = ""


class Sheet:
    """The directory at one moment, as asked: what is filtered and searched for, and which system is looked at."""

    def __init__(self, request: StaffRequest, directory: Directory) -> None:
        asked = Asked.of_address(request)
        self._asker, self._directory = request.asker, directory
        self.only = asked.written("only")
        self.q = asked.written("q").strip()[:200]
        self.now = timezone.now()
        self._at = asked.whole("at")

    @cached_property
    def standings(self) -> list[Standing]:
        return list(Standings(self._asker, self._directory, self.now))

    @cached_property
    def chosen(self) -> Standing | None:
        """The system that the address names, else the first that was searched for."""
        if self._at is None:
            return next((one for one in self.standings if self._meant(one)), None)
        return next((one for one in self.standings if one.system.number == self._at), None)

    @property
    def wrong(self) -> bool:
        """Whether the address names a system that is not there."""
        return self._at is not None and self.chosen is None

    @property
    def state(self) -> str:
        """The sentence that says how the chosen one stands."""
        return f"desk.systems.{self.chosen.state}_says" if self.chosen else ""

    @property
    def group(self) -> Any:
        """The heading under which the chosen one stands."""
        return self._directory.groups[self.chosen.system.group].mapping() if self.chosen else None

    @property
    def waits(self) -> Any:
        """For what the rest of the chosen one waits; None where it is carried whole."""
        name = self.chosen.system.waits if self.chosen else ""
        return self._directory.waiting[name].mapping() if name else None

    @property
    def filters(self) -> Iterator[tuple[str, str, int, str, bool]]:
        """(words, mark, how many, address, chosen)."""
        searched = {"q": self.q} if self.q else {}
        yield "desk.systems.all", "", len(self.standings), f"?{urlencode(searched)}", not self.only
        for name in (MAIN, *STATES):
            number = sum(_is(one, name) for one in self.standings)
            address = f"?{urlencode({'only': name, **searched})}"
            yield f"desk.systems.{name}", MARKS.get(name, ""), number, address, self.only == name

    @property
    def meant(self) -> int:
        """How many are what was searched or filtered for."""
        return sum(map(self._meant, self.standings))

    @property
    def missed(self) -> str:
        """What nothing was found for: the words, or a filter that is none."""
        return self.q or self.only

    @property
    def sections(self) -> Iterator[Section]:
        """In the order in which the systems name them."""
        for name in dict.fromkeys(one.system.group for one in self.standings):
            lines = [self._line(one) for one in self.standings if one.system.group == name]
            yield Section(self._directory.groups[name].mapping(), lines, all(line.fades for line in lines))

    def _line(self, standing: Standing) -> Line:
        number = standing.system.number
        fields = {"at": number} | ({"only": self.only} if self.only else {}) | ({"q": self.q} if self.q else {})
        return Line(standing, f"?{urlencode(fields)}", standing is self.chosen, not self._meant(standing))

    def _meant(self, one: Standing) -> bool:
        return (not self.only or _is(one, self.only)) and all(word in _said(one) for word in self.q.casefold().split())

    @property
    def carriers(self) -> Iterator[tuple[str, list[Link]]]:
        """(what sort, the carriers of it) of the chosen one."""
        for sort in ("kind", "indicator", "page"):
            links = [_link(one) for one in self.chosen.carriers if one.sort == sort] if self.chosen else []
            if links:
                yield f"desk.systems.by.{sort}", links

    @property
    def opens(self) -> str:
        """Where the chosen one opens."""
        carrier = self.chosen.opens if self.chosen else None
        if carrier is None:
            return ""
        if carrier.sort == "kind":
            return f"{reverse('desk:matters')}?{urlencode({'kind': carrier.name})}"
        return _link(carrier).href

    @property
    def seen_by(self) -> list[Any]:
        """Roles that see a kind which the asker does not see, by their titles."""
        hidden = {one.name for one in self.chosen.carriers if not one.seen} if self.chosen else set()
        roles = facts(self._asker).roles.values()
        return [role.title for role in roles if any(role.sees(kind) for kind in hidden)]


def _is(one: Standing, name: str) -> bool:
    return one.system.main if name == MAIN else one.state == name


def _said(standing: Standing) -> str:
    """Everything by which a system is found: its number, names, and those of what carries it."""
    titles: Iterable[Any] = (standing.system.title.mapping(), *(carrier.title for carrier in standing.carriers))
    names = [
        text for title in titles for text in (title.values() if isinstance(title, dict) else [speech.speak(title)])
    ]
    return " ".join([str(standing.system.number), *standing.system.also, *names]).casefold()


def _link(carrier: Carrier) -> Link:
    if not carrier.seen:
        return Link(carrier, "")
    if carrier.sort == "kind":
        behind = {name: f"{reverse('wall:cases', args=[name])}?{urlencode({'kind': carrier.name})}" for name in _COUNTS}
        return Link(carrier, reverse("desk:kind", args=[carrier.name]), **behind)
    if carrier.sort == "indicator":
        return Link(carrier, reverse("wall:rate", args=[carrier.name]))
    block = next(block for block in register.blocks() if block.name == carrier.name)
    return Link(carrier, page_of_block(block) or "")


_COUNTS = ("open", "overdue")


@staff_only
def page(request: StaffRequest) -> HttpResponse:
    """The whole sheet, or, for a row that was chosen, its panel alone."""
    directory = directory_of(request.asker)
    if directory is None:
        raise Http404
    sheet = Sheet(request, directory)
    if sheet.wrong:
        raise Http404
    alone = bool(request.headers.get("HX-Request"))
    name = "desk/system.html" if alone else "desk/systems.html"
    return render(request, name, {"here": "systems", "sheet": sheet})
