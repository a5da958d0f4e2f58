"""Many matters to the units that were suggested for them: first what would go where and what stays, then the sending.

Which step that is says each matter's kind: the one of its stage that asks for nothing but a unit.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from yiwang.look.asked import Asked
from yiwang.look.gate import StaffRequest, sent_only, staff_only
from yiwang.look.speech import in_a_row, language, listed, speak, spoken
from yiwang.matters import queries, store
from yiwang.matters.act import Act
from yiwang.matters.against import refusal
from yiwang.matters.definition import Kind
from yiwang.matters.kinds import kind_of, world
from yiwang.matters.page_rows import MatterRow
from yiwang.matters.queries import MatterKey
from yiwang.matters.world import World
from yiwang.org.asker import Asker
from yiwang.org.district import UnitFacts
from yiwang.org.queries import deserted
from yiwang.why import NotThere, Refusal, attempt, say

from .links import inbox_filter, way_back

MOST = 500  # matters that are assigned at once; more are counted and left
_TOKEN = re.compile(r"[0-9a-f]{32}")
_TICKET = re.compile(r"(?P<version>[0-9]{1,9}) (?P<action>\S+) (?P<unit>\S+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Step:
    """One matter of a batch: the action and the unit that it goes to, or `why_not`."""

    row: MatterRow
    action: str = ""
    unit: UnitFacts | None = None
    why_not: Any = None

    @property
    def ticket(self) -> str:
        """What a form carries of it: number, the version that was shown, action, unit."""
        return f"{self.row.number} {self.row.version} {self.action} {self.unit.code if self.unit else ''}"


@dataclass(frozen=True, slots=True)
class Part:
    """Matters of a batch under one title: a unit that they go to, or a reason why they do not.

    nobody_there  nobody acts for that unit today
    """

    title: Any
    steps: list[Step]
    nobody_there: bool = False


@staff_only
@sent_only
def bulk(request: StaffRequest) -> HttpResponse:
    """Ticked matters, or all of the list: what would go where; sent when the form says so."""
    if Asked.of_form(request).ticked("sure"):
        _send(request)
        return HttpResponseRedirect(_back(request))
    back = _back(request)
    asker, now = request.asker, timezone.now()
    rows, left = _chosen(request, asker, back, now)
    if not rows:
        messages.error(request, spoken("desk.bulk_none"))
        return HttpResponseRedirect(back)
    steps = [step_of(asker, row, now) for row in rows]
    context = {
        "here": "inbox",
        "counts": {"inbox": len(queries.waiting(asker, now=now))},
        "going": parts(steps, going=True, nobody_at=deserted(asker, _units(steps), now=now)),
        "staying": parts(steps, going=False),
        "n": sum(1 for step in steps if step.unit),
        "of": len(steps),
        "left": left,
        "most": MOST,
        "back": back,
        "key": uuid.uuid4().hex,
    }
    return render(request, "desk/bulk.html", context)


def _back(request: StaffRequest) -> str:
    return way_back(request, Asked.of_form(request).written("back"), reverse("desk:inbox"))


def _chosen(request: StaffRequest, asker: Asker, back: str, now: datetime) -> tuple[list[MatterRow], int]:
    """The matters that were ticked, or all of the list that `back` shows; and how many of them are too many."""
    form = Asked.of_form(request)
    if form.ticked("all"):
        wanted = inbox_filter(_given(back))
        listed_ = queries.waiting(asker, now=now, queue=wanted.queue)
        pks = [one.pk for one in queries.fitting(asker, listed_, wanted, now=now)]
        rows = queries.most_pressing_first(queries.matters(asker).filter(pk__in=pks[:MOST]))
        return list(rows), max(0, len(pks) - MOST)
    numbers = list(dict.fromkeys(form.every("number")))
    rows = queries.most_pressing_first(queries.matters(asker).filter(number__in=numbers[:MOST]))
    return list(rows), max(0, len(numbers) - MOST)


def _given(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


def step_of(asker: Asker, row: MatterRow, now: datetime) -> Step:
    """Where a matter would go, or why it would not."""
    kind, known = kind_of(asker, row.kind, row.kind_version), world(asker)
    names = [name for name in kind.by_stage[row.stage] if kind.actions[name].needs == ["unit"]]
    if not names:
        return Step(row, why_not=say("desk.bulk_no_step", stage=kind.stages[row.stage].title.mapping()))
    state, act = queries.state_of(asker, row), Act.of(asker, "", now)
    against = [(name, refusal(kind, state, name, act, known)) for name in names]
    allowed = next((name for name, refusal in against if refusal is None), None)
    if allowed is None:
        return Step(row, why_not=against[0][1].claim if against[0][1] else None)
    unit = known.district.by_code.get(state.get("suggested") or "")
    return Step(row, allowed, unit) if unit else Step(row, why_not=say("desk.bulk_no_suggestion"))


def _units(steps: Iterable[Step]) -> set[str]:
    return {step.unit.code for step in steps if step.unit}


def parts(steps: Iterable[Step], *, going: bool, nobody_at: Collection[str] = ()) -> list[Part]:
    """The steps by where they go, or by why they stay; the largest part first."""
    by_title: dict[str, Part] = {}
    for step in steps:
        if bool(step.unit) is going:
            title = step.unit.name if step.unit else step.why_not
            nobody_there = step.unit is not None and step.unit.code in nobody_at
            by_title.setdefault(speak(title), Part(title, [], nobody_there)).steps.append(step)
    return sorted(by_title.values(), key=lambda part: -len(part.steps))


# --- sending --------------------------------------------------------------------------------------------------------


def _send(request: StaffRequest) -> None:
    """Each by itself, so that one refusal does not stop the others; returns what was done and what was not."""
    asker, known = request.asker, world(request.asker)
    form = Asked.of_form(request)
    key = form.written("key")
    key = key if _TOKEN.fullmatch(key) else uuid.uuid4().hex
    done: dict[str, int] = {}
    refused: dict[str, list[str]] = {}
    tickets = [ticket.partition(" ") for ticket in form.every("send")[:MOST]]
    keys = queries.keys_of(asker, [number for number, _, _ in tickets])
    for number, _, rest in tickets:
        unit, reason = _one(asker, known, keys.get(number), rest, f"bulk:{asker.person}:{key}:{number}")
        if reason:
            refused.setdefault(reason, []).append(number)
        else:
            done[unit] = done.get(unit, 0) + 1
    _tell(request, known, done, refused)


def _one(asker: Asker, known: World, key_of_matter: MatterKey | None, rest: str, key: str) -> tuple[str, str]:
    """(code of the unit that it went to, why it did not)."""
    ticket = _TICKET.fullmatch(rest)
    if ticket is None or key_of_matter is None or ticket["unit"] not in known.district.by_code:
        return "", spoken("desk.bulk_unknown")
    action, code = ticket["action"], ticket["unit"]
    if not _sends(key_of_matter.kind, action):
        return "", spoken("desk.bulk_unknown")
    done = attempt(store.act, asker, key_of_matter.id, action, {"unit": code}, key=key, version=int(ticket["version"]))
    if isinstance(done, NotThere):
        return "", spoken("desk.bulk_unknown")
    if isinstance(done, Refusal):
        return "", in_a_row(speak(words) for words in done.fields.values()) or done.sentence(language())
    return code, ""


def _sends(kind: Kind, action: str) -> bool:
    return action in kind.actions and kind.actions[action].needs == ["unit"]


def _tell(request: StaffRequest, known: World, done: dict[str, int], refused: dict[str, list[str]]) -> None:
    """What went where, and which of these units has nobody; what did not go, and why."""
    units = known.district.by_code
    if done:
        names = {code: units[code].short or units[code].name for code in done}
        where = listed(spoken("desk.bulk_to", unit=names[code], n=n) for code, n in done.items())
        messages.success(request, spoken("desk.bulk_done", n=sum(done.values()), where=where))
        for code in sorted(deserted(request.asker, done, now=timezone.now())):
            messages.warning(request, spoken("desk.nobody_there", unit=units[code].name))
    for reason, numbers in refused.items():
        messages.error(request, spoken("desk.bulk_refused", n=len(numbers), reason=reason, numbers=listed(numbers)))
    if not done and not refused:
        messages.error(request, spoken("desk.bulk_none"))
