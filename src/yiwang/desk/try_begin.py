"""How a trial begins on its page: behind which door, by whom, with which form; and what was pressed there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from yiwang.look.land import land
from yiwang.matters import asked, forms
from yiwang.matters.definition import DESK, Kind
from yiwang.matters.doors import PLACE
from yiwang.matters.fields.filling import title_of
from yiwang.matters.fields.spec import FieldSpec
from yiwang.matters.rounds import next_turn, turn_at
from yiwang.matters.trial import PLATFORM, REPORTER, Trial
from yiwang.org.asker import Asker
from yiwang.why import Refusal, Words, say

ROUND = "round"  # as a door: the rhythm of a kind opens it


@dataclass
class Tried:
    """What was pressed, and what came of it.

    who        as whom the next thing is done
    lost       the walk that was sent could not be read;  shortened: so many of its moves could not be made again
    tried, values, wrong, refused   what was not done, what was written for it, and why not
    """

    door: str = ""
    who: str = ""
    lost: bool = False
    shortened: int = 0
    tried: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    wrong: Mapping[str, Words] = field(default_factory=dict)
    refused: Refusal | None = None


def asked_at(kind: Kind, door: str) -> dict[str, FieldSpec]:
    """What can be said behind a door; by the platform itself, everything."""
    specs = forms.asked_at_opening(kind, door or DESK)
    here = kind.opens[door].fields if door else list(specs)
    first = [name for name in ("title", "text", "category") if name in specs]
    return {name: specs[name] for name in [*first, *(one for one in specs if one not in first)] if name in here}


def openers(trial: Trial, door: str) -> list[str]:
    """Who may open it behind a door: posts, the reporter where everybody may, else the platform."""
    said = trial.kind.opens.get(door)
    posts = [code for code, post in trial.world.district.posts.items() if said and post.role in said.by]
    everybody_ = [REPORTER] if said and said.anybody else []
    return [*everybody_, *posts] or [PLATFORM]


def beginning(asker: Asker, trial: Trial, said: Tried) -> dict[str, Any]:
    kind, door = trial.kind, said.door
    doors = [(name, f"desk.door_{name}") for name in kind.opens] + ([(ROUND, "desk.try_round")] if kind.round else [])
    context: dict[str, Any] = {"doors": doors, "door": door, "beginning": True}
    if door == ROUND:
        return context | _of_round(asker, trial)
    specs = asked_at(kind, door)
    usual = {"channel": kind.opens[door].channel, "urgency": kind.usual_urgency} if door else {}
    needed = {name for name, spec in specs.items() if spec.required}
    fields = list(asked.fields(specs, needed, said.values or usual, said.wrong, trial.world, asker.clearance))
    named = {one["name"] for one in fields} | {PLACE, "at"}
    placed = bool(door) and PLACE in kind.opens[door].fields and trial.world.district.has_map
    return context | {
        "fields": counted_files(fields),
        "openers": [(one, called_by(trial, one)) for one in openers(trial, door)],
        "place": placed,
        "drawing": land(asker).drawing() if placed else None,
        "elsewhere": [words for name, words in said.wrong.items() if name not in named],
    }


def _of_round(asker: Asker, trial: Trial) -> dict[str, Any]:
    """The objects for which its rhythm opens one, with the turn that is open today and the next."""
    how, calendar = trial.kind.round, trial.world.calendar
    assert how is not None
    today = trial.now.astimezone(trial.world.district.zone).date()
    objects = trial.world.lists.get(trial.kind.form[how.each].list_, {}).values() if how.each else ()
    listed = [one for one in objects if one.listed and how.times_for(one)]
    times = how.times_for(listed[0]) if listed else how.most if not how.each else 0
    return {
        "objects": [(one.code, one.name) for one in listed],
        "each": title_of(how.each, trial.kind.form[how.each]) if how.each else None,
        "turn": turn_at(how, times, today, calendar),
        "next_turn": next_turn(how, times, today, calendar),
    }


def counted_files(fields: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of files only how many there are is asked, of each document for itself: none is kept."""
    fields = [each for one in fields for each in ([_counted(one, part) for part in one["documents"]] or [one])]
    for shown in fields:
        if shown["type"] == "files":
            said = shown["value"]
            value = len(said) if isinstance(said, list | tuple) else said
            shown |= {"asked": "line", "type": "number", "measure": say("desk.try_files"), "value": value}
    return fields


def _counted(field: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """A document of a field, as a field."""
    said = field["value"].get(document["code"], "") if isinstance(field["value"], dict) else ""
    part = {name: document[name] for name in ("name", "title", "needed")}
    wrong = document["wrong"] or field["wrong"]
    return {**field, **part, "id": f"{field['id']}-{document['code']}", "value": said, "wrong": wrong, "documents": []}


def called_by(trial: Trial, who: str) -> Any:
    """A post with its unit, the reporter, the platform."""
    post = trial.world.district.posts.get(who)
    if who in trial.kind.parties:
        return trial.kind.parties[who].title.mapping()
    if post is None:
        return say(f"desk.role_{who}") if who in (REPORTER, PLATFORM) else who
    return say("desk.try_post", post=post.title, unit=trial.world.district.by_code[post.unit].short)
