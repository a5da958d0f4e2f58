"""`yiwang pack try`: walk a matter of a kind in memory, line by line, by the rules that the platform goes by.

A line is what is done next: `give post=dispatcher-1 unit=water`, `+2 hours`, `due` (until the next clock runs out or
the platform acts), `ended parts` (one of the matters under it ends), `back`, `quit`. It begins with `open title=…`, or
with `round R1` as the rhythm of its kind opens it for an object. An empty line shows where it stands, and before the
opening what the kind does beside its stages. Nothing is written anywhere.
"""

from __future__ import annotations

import argparse
import re
import shlex
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from yiwang.commands.frame.command import command
from yiwang.matters import draws, draws_people, forms
from yiwang.matters.beside_stages import beside_stages
from yiwang.matters.definition import Kind
from yiwang.matters.drawing_around import Around
from yiwang.matters.fields.documents import inputs
from yiwang.matters.fields.filling import title_of
from yiwang.matters.loading import Matters
from yiwang.matters.trial import Trial, Walked, world_of
from yiwang.org.pack_table import like
from yiwang.packs import loading
from yiwang.typed import moments
from yiwang.why import Incomplete, Refusal, Words, say

from .pack_kind import kind_in

_SPAN = re.compile(r"\+ *([0-9]{1,5}) *(minutes?|hours?|days?|分钟|小时|天)")
_UNITS = {"m": "minutes", "分": "minutes", "h": "hours", "小": "hours", "d": "days", "天": "days"}


@command("pack try")
def run_try(args: argparse.Namespace) -> int:
    pack = loading.read(args.folder)
    kind = kind_in(pack, args.kind)
    said = pack.part(Matters)
    world, people = world_of(pack.organisation, said.categories, said.duties, said.lists.of, said.results)
    at = moments.moment(args.at, world.district.zone) if args.at else datetime.now(world.district.zone)
    if at is None:
        raise Refusal(say("matters.not_a_date", value=args.at[:40]))
    trial = Trial(kind, world, people, at)
    for line in sys.stdin:
        text = line.strip()
        if text in ("quit", "q", "exit"):
            break
        for words in _next(trial, text):
            print(words.speak(args.lang) if isinstance(words, Words) else words, flush=True)
    return 0


def _next(trial: Trial, text: str) -> Iterator[Words | str]:
    """Do what a line says, and tell what came of it."""
    try:
        yield from _done(trial, text)
    except Incomplete as incomplete:
        for name, words in incomplete.fields.items():
            yield say("matters.try_wrong", field=name, why=words)
    except Refusal as refusal:
        yield say("matters.try_refused", why=refusal.receipt.claim)


def _done(trial: Trial, text: str) -> Iterator[Words | str]:
    first, _, _ = text.partition(" ")
    walked = len(trial.steps)
    if not trial.steps:
        if not text:
            yield from beside_stages(trial.kind, Around.of(trial.world))
            return
        _begin(trial, first, text)
    elif text == "back":
        trial.back()
    elif first == "ended":
        trial.end_under(text.removeprefix("ended").strip())
    elif (at := _until(trial, text)) is not None:
        for name in trial.wait_until(at):
            yield say("matters.try_itself", action=trial.kind.actions[name].title.mapping())
    elif first and text != "due":
        _known(trial, first)
        who, data = _said(trial, text[len(first) :], "")
        trial.act(who or _able(trial, first), first, data)
    for step in trial.steps[walked:]:
        yield from _drawn(trial, step)
    yield from _stands(trial)


def _known(trial: Trial, first: str) -> None:
    """Raises Refusal with what can be written, where a line begins with nothing that can be done."""
    if first in trial.kind.actions:
        return
    if first in ("open", "round"):
        raise Refusal(say("matters.try_open_already"))
    near = like(first, trial.kind.actions)
    if near:
        raise Refusal(say("matters.try_unknown_near", word=first[:40], near=near))
    known = [*trial.kind.actions, "+2 hours", "due", "back", "quit"]
    raise Refusal(say("matters.try_unknown", word=first[:40], kind=trial.kind.title.mapping(), known=known))


def _begin(trial: Trial, first: str, text: str) -> None:
    if first == "round":
        trial.go_round(text.removeprefix("round").strip())
        return
    who, data = _said(trial, text.removeprefix("open").strip(), "title" if "=" not in text else "")
    trial.begin(who or next(iter(trial.people)), data)


def _until(trial: Trial, text: str) -> datetime | None:
    """The moment to which a line lets time go by; None for a line that does not."""
    if text == "due":
        return trial.next_due()
    span = _SPAN.fullmatch(text)
    return trial.now + timedelta(**{_UNITS[span[2][0]]: int(span[1])}) if span else None


def _drawn(trial: Trial, step: Walked) -> Iterator[Words]:
    """What a step has drawn by lot, of how many, by which seed."""
    for name, said in draws.notes(step.data):
        title = title_of(name, trial.kind.fields[name])
        receipt = draws.receipt_of(said, title, draws_people.called(trial.kind, name, said, trial.world))
        yield say("matters.try_drawn", drawn=receipt.claim, n=len(said["pool"]), seed=said["seed"])


def _said(trial: Trial, text: str, alone: str) -> tuple[str, dict[str, Any]]:
    """(who, or nobody named; what they say) from `post=… field=value …`; words without a name are the field `alone`."""
    data: dict[str, Any] = {}
    try:
        parts = shlex.split(text)
    except ValueError:
        raise Refusal(say("matters.try_quotes")) from None
    for part in parts:
        name, equals, value = part.partition("=")
        if equals:
            data[name] = value
        elif alone:
            data[alone] = f"{data.get(alone, '')} {part}".strip()
    who = data.pop("post", "")
    if who and who not in trial.everybody:
        raise Refusal(say("matters.try_nobody", post=who[:60], known=[*trial.people][:12]))
    return who, data


def _able(trial: Trial, action: str) -> str:
    """Somebody who may do it now; anybody where nobody may."""
    for who in trial.everybody:
        if any(choice.name == action and choice.allowed for choice in trial.choices(who)):
            return who
    return next(iter(trial.people))


def _stands(trial: Trial) -> Iterator[Words | str]:
    """Where it stands, what runs, and what each may do."""
    kind, state, zone = trial.kind, trial.state, trial.world.district.zone
    stage = kind.stages[state["stage"]].title.mapping()
    yield say("matters.try_stands", at=trial.now.astimezone(zone), stage=stage)
    for clock in state.clocks():
        if clock.runs and clock.due:
            title = kind.clocks[clock.name].title.mapping()
            yield say("matters.try_clock", clock=title, due=clock.due.astimezone(zone))
    yield from _choices(trial, kind)


def _choices(trial: Trial, kind: Kind) -> Iterator[Words | str]:
    """Each action that somebody may do now, with the first who may and what it asks for."""
    able: dict[str, str] = {}
    for who in trial.everybody:
        for choice in trial.choices(who):
            if choice.allowed:
                able.setdefault(choice.name, who)
    for name, who in able.items():
        action = kind.actions[name]
        specs = forms.specs_of(kind, action)
        needs = [name for one in specs if forms.is_needed(action, one) for name in inputs(one, specs[one])]
        asked = "".join(f" {one}=…" for one in needs)
        yield say("matters.try_may", line=f"{name} post={who}{asked}", action=action.title.mapping())
