"""The reporter's word after the answer: solved or not, content or not, and why. Which words there are says the kind.

What they said stands: nobody else changes it (design §10.12). What comes of it is told from the same clocks that are
measured (§10.11).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from yiwang.matters import asked, clocks, forms, rules
from yiwang.matters.act import Act, Choice
from yiwang.matters.action import Action
from yiwang.matters.clock_state import State
from yiwang.matters.definition import Kind
from yiwang.matters.fields.spec import FieldSpec
from yiwang.matters.queries import OneMatter
from yiwang.matters.world import World
from yiwang.why import Words, say


@dataclass(frozen=True, slots=True)
class Sent:
    """A form of the reporter that was not taken: what they wrote, and what is wrong with it by field."""

    action: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    wrong: Mapping[str, Words] = field(default_factory=dict)

    def of(self, action: str) -> Sent:
        """The same for its own action, nothing for another."""
        return self if action == self.action else Sent()


REPORTER = "reporter"


def open_to(role: str, matter: OneMatter, now: datetime, known: World) -> list[Choice]:
    """Every action that is the reporter's or an outside party's, with the reason against it if there is one."""
    act = Act("", now, role=role)
    return [one for one in rules.choices(matter.kind, matter.state, act, known) if role in one.action.actors]


def forms_of(matter: OneMatter, now: datetime, known: World, sent: Sent, role: str = REPORTER) -> list[dict[str, Any]]:
    """The forms that somebody outside can send now, the one that was not taken as they filled it in."""
    shown = []
    for choice in open_to(role, matter, now, known):
        if choice.allowed:
            specs = forms.specs_now(matter.kind, choice.action, matter.state)
            mine = sent.of(choice.name)
            put = list(asked.fields(specs, choice.action.needs, mine.values, mine.wrong, known))
            for one in put:
                one["id"], one["title"] = f"{choice.name}-{one['name']}", _question(specs[one["name"]], one["title"])
            shown.append({"name": choice.name, "title": choice.action.title.mapping(), "fields": put})
    return shown


def _question(spec: FieldSpec, title: Any) -> Any:
    return spec.question.mapping() if spec.question else title


def asked_again(spec: FieldSpec, value: str, wrong: Words) -> Words:
    """What is wrong with an answer, by the question as it stands on the page where nothing was chosen."""
    if spec.question and spec.type in ("enum", "bool") and not value:
        return say("portal.choose_one", question=spec.question.mapping())
    return wrong


def said_before(matter: OneMatter, role: str = REPORTER) -> Words | None:
    """What somebody outside reads who has had their own say since it was last closed: of a rating that it is one.

    An action may be open to several of them; what another has said by it is not theirs.
    """
    kind, ended = matter.kind, matter.state.get("closed_at")
    for entry in reversed(matter.entries):
        action = kind.actions.get(entry.action)
        if action is not None and entry.role == role in action.actors and (ended is None or entry.at >= ended):
            return say("portal.rated" if _rates(kind, action) else "portal.word_taken")
    return None


def _rates(kind: Kind, action: Action) -> bool:
    return kind.rating is not None and kind.rating.of in action.asked


def why_not(matter: OneMatter, now: datetime, known: World, role: str = REPORTER) -> Any:
    """Why somebody outside can say nothing where they are asked: the time is over, say."""
    here = [one for one in open_to(role, matter, now, known) if matter.row.stage in one.action.stages]
    return next((one.refusal.claim for one in here if one.refusal), None)


def what_comes_now(kind: Kind, action: str, state: State, known: World) -> Words:
    """What happens next, after somebody outside has spoken by an action: where it goes and until when."""
    stage = kind.stages[state["stage"]]
    promised = [
        (clock.since, clock.due, clock.name)
        for clock in clocks.running(state)
        if clock.since and clock.due and not kind.clocks[clock.name].internal
    ]
    if stage.final or not promised:
        return say("portal.thanks_rated" if _rates(kind, kind.actions[action]) else "portal.thanks")
    _, due, clock = max(promised, key=lambda promise: promise[0])  # the promise made last
    local = due.astimezone(known.district.zone)
    return say("portal.thanks_next", stage=stage.title.mapping(), clock=kind.clocks[clock].title.mapping(), due=local)
