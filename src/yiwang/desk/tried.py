"""What the page of a trial shows: who may do what now and why not the rest, the clocks, the walk so far."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from yiwang.matters import asked, draws, draws_people, ending, forms
from yiwang.matters.act import Choice
from yiwang.matters.capacity import called
from yiwang.matters.children import fact_of_children
from yiwang.matters.fields.filling import title_of as title_of_field
from yiwang.matters.fields.shown import shown
from yiwang.matters.kinds import title_of
from yiwang.matters.trial import Trial, Walked
from yiwang.matters.walk import Waited, Walk
from yiwang.org.asker import Asker
from yiwang.why import Words, say

from .shown import assignable, clocks_of, said_in
from .try_begin import Tried, beginning, called_by, counted_files

MOST_SHOWN = 12  # people who may do something, of whom each has a line


def context(asker: Asker, trial: Trial, walk: Walk, said: Tried) -> dict[str, Any]:
    shared = {
        "here": "kinds",
        "kind": trial.kind,
        "title": trial.kind.title.mapping(),
        "now": trial.now,
        "began": said.values.get("at") or f"{trial.now.astimezone(trial.world.district.zone):%Y-%m-%dT%H:%M}",
        "said": said,
    }
    return shared | (_standing(asker, trial, walk, said) if trial.steps else beginning(asker, trial, said))


# --- as it stands ---------------------------------------------------------------------------------------------------


def whose_turn(trial: Trial, who: str) -> str:
    """As whom to go on: the same as before while they may do something, else the first who may."""
    if who in trial.everybody and trial.able(who):
        return who
    can = next((one for one in trial.everybody if trial.able(one)), "")
    return can or (who if who in trial.everybody else next(iter(trial.people)))


def _standing(asker: Asker, trial: Trial, walk: Walk, said: Tried) -> dict[str, Any]:
    kind, state = trial.kind, trial.state
    stage = kind.stages[state["stage"]]
    able = {who: names for who in trial.everybody if (names := trial.able(who))}
    return {
        "stage": stage.title.mapping(),
        "stage_name": state["stage"],
        "over": trial.over,
        "ended": ending.shown(kind, state, trial.world),
        "owner": called(kind, stage.owner, state, trial.world, trial.now) if stage.owner else None,
        "due": trial.next_due(),
        "able": [
            (who, called_by(trial, who), [kind.actions[name].title.mapping() for name in names])
            for who, names in list(able.items())[:MOST_SHOWN]
        ],
        "more_able": max(len(able) - MOST_SHOWN, 0),
        "people": [(who, called_by(trial, who)) for who in trial.everybody],
        "as_whom": called_by(trial, said.who),
        "actions": _actions(asker, trial, said),
        "clocks": clocks_of(kind, state, trial.now),
        "under": [
            (name, part.title.mapping(), n)
            for name, part in kind.children.items()
            if (n := state.get(fact_of_children(name, "open")))
        ],
        "form": list(_form(trial)),
        "steps": list(_walked(trial, walk)),
        "moves": len(walk.moves),
    }


def _actions(asker: Asker, trial: Trial, said: Tried) -> dict[str, list[dict[str, Any]]]:
    by_place: dict[str, list[dict[str, Any]]] = {"open": [], "closed": [], "elsewhere": []}
    for choice in trial.choices(said.who):
        shown: dict[str, Any] = {"name": choice.name, "title": choice.action.title.mapping()}
        if choice.allowed:
            mine = choice.name == said.tried
            shown |= {"open": mine, "unplaced": _unplaced(choice, said) if mine else []}
            shown |= {"fields": _fields(asker, trial, choice, said if mine else Tried())}
            shown["needs"] = [field["title"] for field in shown["fields"] if field["needed"]]
            by_place["open"].append(shown)
        else:
            here = trial.state["stage"] in choice.action.stages
            shown |= {"refusal": choice.refusal, "reference": choice.action.reference}
            by_place["closed" if here else "elsewhere"].append(shown)
    return by_place


def _fields(asker: Asker, trial: Trial, choice: Choice, said: Tried) -> list[dict[str, Any]]:
    specs = forms.specs_now(trial.kind, choice.action, trial.state)
    needed = {name for name in specs if forms.is_needed(choice.action, name)}
    usual = {"unit": trial.state.get("suggested") or "", "category": trial.state.get("category") or ""}
    fields = list(asked.fields(specs, needed, said.values or usual, said.wrong, trial.world, asker.clearance))
    for field in fields:
        field["id"] = f"{choice.name}-{field['name']}"
        if field["type"] == "unit":
            field["options"] = assignable(asker, trial.kind if field["name"] == "unit" else None)
    return counted_files(fields)


def _unplaced(choice: Choice, said: Tried) -> list[Words]:
    """What was wrong beside the fields that are asked for."""
    asked_for = {*choice.action.asked, "files"}
    return [words for name, words in said.wrong.items() if name.partition(".")[0] not in asked_for]


def _form(trial: Trial) -> Iterator[tuple[Any, Any]]:
    """What was said so far, field by field."""
    for name, spec in trial.kind.fields.items():
        value = trial.state.get(f"form.{name}")
        if value not in (None, "", []):
            yield title_of_field(name, spec), shown(spec, value, trial.world)


def _walked(trial: Trial, walk: Walk) -> Iterator[dict[str, Any]]:
    """Each step in words; of every move the first, from which one can go back to it."""
    begins = [steps for steps, _ in trial.before]
    for number, move in enumerate(walk.moves):
        until = begins[number + 1] if number + 1 < len(begins) else len(trial.steps)
        steps = trial.steps[begins[number] : until]
        if isinstance(move, Waited):
            yield {"at": move.until, "title": say("desk.try_waited"), "n": number + 1, "waited": True}
        for place, step in enumerate(steps):
            yield _step(trial, step) | {"n": number + 1 if not (place or isinstance(move, Waited)) else 0}


def _step(trial: Trial, step: Walked) -> dict[str, Any]:
    kind = trial.kind
    under = kind.children.get(step.action)
    title = say("desk.try_ended_under", title=under.title.mapping()) if under else title_of(kind, step.action)
    return {
        "at": step.at,
        "title": title,
        "who": called_by(trial, step.who),
        "said": list(said_in(kind, step.data, trial.world)),
        "stage": kind.stages[step.state["stage"]].title.mapping(),
        "drawn": [
            draws.receipt_of(
                one,
                title_of_field(name, kind.fields[name]),
                draws_people.called(kind, name, one, trial.world),
            )
            for name, one in draws.notes(step.data)
        ],
        "opened": [
            say("desk.try_opened", title=(kind.children.get(name) or kind.causes[name]).title.mapping(), n=n)
            for name, n in _how_many(step).items()
        ],
    }


def _how_many(step: Walked) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in step.opened:
        counts[one.name] = counts.get(one.name, 0) + 1
    return counts
