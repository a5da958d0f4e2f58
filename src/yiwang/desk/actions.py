"""What can be done to a matter and why not the rest: each action with its form, or with the reason against it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone

from yiwang.matters import asked, forms, granting, rules
from yiwang.matters.act import Act, Choice
from yiwang.matters.action import Action
from yiwang.matters.definition import Kind
from yiwang.matters.fields.documents import all_there
from yiwang.matters.fields.filling import title_of
from yiwang.matters.fields.shown import shown as in_words
from yiwang.matters.fields.spec import FieldSpec
from yiwang.matters.kinds import world
from yiwang.matters.plain import SEALED
from yiwang.matters.queries import OneMatter
from yiwang.matters.templates import prefilled
from yiwang.matters.world import World
from yiwang.org.asker import Asker
from yiwang.why import Words, say

from . import uploads
from .shown import assignable
from .stepped_back import colleagues

_DRAFTED = ("text", "enum", "date", "number", "money")  # what a draft is made of
USUAL = "A"  # the key of the usual next step, whatever that is


def actions_of(
    asker: Asker, matter: OneMatter, now: Any, tried: str, values: Any, wrong: dict[str, Words] | None
) -> dict[str, list[dict[str, Any]]]:
    """The actions open to me, each with its form, and the others with the reason against them."""
    act = Act.of(asker, "", now)
    known = world(asker)
    shown: dict[str, list[dict[str, Any]]] = {"open": [], "closed": [], "elsewhere": []}
    for choice in rules.choices(matter.kind, matter.state, act, known):
        part: dict[str, Any] = {"name": choice.name, "title": choice.action.title.mapping(), "key": choice.action.key}
        if choice.allowed:
            mine = choice.name == tried
            part |= {
                "href": reverse("desk:do", args=[matter.row.number, choice.name]),
                "fields": _fields(asker, matter, choice, values if mine else None, (wrong or {}) if mine else {}),
                "needs": _needs(matter.kind, choice.action),
                "asked": _asked_for(matter, choice.name, known),
                "open": mine,
                "token": uuid.uuid4().hex,
                "usual": False,
            }
            shown["open"].append(part)
        else:
            part |= {"refusal": choice.refusal, "reference": choice.action.reference}
            # what belongs to another stage is folded away: refused all the same, with its reason
            here = matter.row.stage in choice.action.stages
            shown["closed" if here else "elsewhere"].append(part)
    _name_the_usual(shown["open"], _can_be_usual(matter))
    return shown


def _can_be_usual(matter: OneMatter) -> Callable[[str], bool]:
    """Whether an action can be the usual next step: never one that asks another for more time or to be left out of the
    rates, and of an ended matter only what answers to such a request."""
    asks, asked = granting.asking(matter.kind), granting.asked_now(matter.kind, matter.state)
    ended = matter.kind.stages[matter.row.stage].final
    return lambda name: name in asked if ended else name not in asks


def _name_the_usual(open_: list[dict[str, Any]], can_be: Callable[[str], bool]) -> None:
    """The usual next step, where one can be, stands first and has the key A beside its own: the one that its kind gives
    that key, else the first."""
    steps = [part for part in open_ if can_be(part["name"])]
    usual = next((part for part in steps if part["key"].upper() == USUAL), steps[0] if steps else None)
    if usual is not None:
        open_.remove(usual)
        open_.insert(0, usual)
        usual["usual"] = True
    for part in open_:
        part["shown_keys"] = [key for key in dict.fromkeys((part["key"].upper(), USUAL * part["usual"])) if key]
        part["keys"] = " ".join(part["shown_keys"]).lower()


def _asked_for(matter: OneMatter, name: str, known: World) -> list[Words]:
    """What was asked for of whoever would grant it by this action: how much more time, for which reason."""
    kind, asked_of = matter.kind, matter.state.get(granting.ASKED_OF) or {}
    said: list[Words] = []
    for ask in (ask for ask, grants in granting.grants(kind) if grants == name and ask in asked_of):
        given = _last_of(matter, ask) or {}
        named = [(field, kind.fields[field]) for field in kind.actions[ask].asked if field in kind.fields]
        said += [
            say("desk.answer", field=title_of(field, spec), value=in_words(spec, given[field], known))
            for field, spec in named
            if given.get(field) not in (None, "", [])
        ]
    return said


def _last_of(matter: OneMatter, action: str) -> Mapping[str, Any] | None:
    """What was entered when an action was done last; None where it never was."""
    return next((one.data for one in reversed(matter.entries) if one.action == action), None)


def _needs(kind: Kind, action: Action) -> list[Any]:
    specs = forms.specs_of(kind, action)
    needed = (name for name in specs if forms.is_needed(action, name) and not specs[name].asked_when)
    return [title_of(name, specs[name]) for name in needed]


def _fields(
    asker: Asker, matter: OneMatter, choice: Choice, values: Any, wrong: dict[str, Words]
) -> list[dict[str, Any]]:
    """What an action asks for; `values` is None where nothing has been written yet."""
    specs = forms.specs_now(matter.kind, choice.action, matter.state)
    needed = {name for name, spec in specs.items() if forms.is_needed(choice.action, name)
              and not all_there(spec, matter.state.get(f"form.{name}"))}  # fmt: skip
    begins = _usual(matter) | prefilled(matter.kind, specs, matter.state, timezone.now(), world(asker))
    begins |= _written_before(matter, choice, specs)
    written = begins if values is None else values
    fields = list(asked.fields(specs, needed, written, wrong, world(asker), asker.clearance))
    for field in fields:
        name, type_ = field["name"], field["type"]
        field |= {"id": f"{choice.name}-{name}", "names_send": name == "unit"}  # whom it goes to stands on the button
        if type_ == "unit":
            field["options"] = assignable(asker, matter.kind if name == "unit" else None)
        elif type_ == "colleague" and (specs[name].recuses or specs[name].readmits):
            field["options"] = colleagues(matter, world(asker))
    uploads.show(asker, fields, written)
    return fields


def _usual(matter: OneMatter) -> dict[str, str]:
    """What fields begin with, beside what the kind says: the suggested unit, the present category."""
    return {"unit": matter.state.get("suggested") or "", "category": matter.row.category}


def _written_before(matter: OneMatter, choice: Choice, specs: Mapping[str, FieldSpec]) -> dict[str, Any]:
    """What this same action gave before and still stands, where it drafts a long text of its own: what was sent back is
    gone on with. Nothing of which words are kept apart, since a mask would take their place."""
    last = _last_of(matter, choice.name)
    if last is None or not _drafts(matter.kind, choice, specs):
        return {}
    return {
        name: last[name]
        for name, spec in specs.items()
        if spec.type in _DRAFTED and last.get(name) and last[name] == matter.state.get(f"form.{name}")
        and not spec.personal and not spec.sensitivity and name not in (last.get(SEALED) or ())
    }  # fmt: skip


def _drafts(kind: Kind, choice: Choice, specs: Mapping[str, FieldSpec]) -> bool:
    """Whether it writes a long text that no other act writes, or handles the matter by one; never what asks another."""
    if choice.action.verifies or choice.name in granting.asking(kind):
        return False
    long = {name for name, spec in specs.items() if spec.type == "text" and spec.at_most > asked.LONG}
    others = {name for other, action in kind.actions.items() if other != choice.name for name in action.asked}
    return bool({*choice.action.needs} & (long if choice.action.handles else long - others))
