"""Proves the panels of a kind: there are such people, each is named before they are asked, enough can answer, nothing
counts before that, and nobody's silence holds a matter up for ever. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from yiwang.expr import nodes
from yiwang.org.roles import WORDS
from yiwang.why import Words, say

from .action import Action
from .crew import Crew
from .definition import BUILT_IN, Kind
from .fields.spec import NAME, FieldSpec
from .panel import OF_TYPES, TELLS, Panel, fact_of_panel
from .parties import LONGEST

Complaint = tuple[str, Words]


def complaints(kind: Kind, crew: Crew) -> Iterator[Complaint]:
    """(path in the file, what is wrong), as far as names exist."""
    for part, specs in (("form", kind.form), ("asks", kind.asks)):
        for field, asked in specs.items():
            if asked.type in OF_TYPES and not crew.everybody:
                yield from _roles(f"{part}.{field}.of", asked, kind, crew)
    for name, panel in kind.panels.items():
        path, spec = f"panels.{name}", kind.fields.get(panel.of)
        if not NAME.fullmatch(name) or len(name) > LONGEST:
            yield path, say("matters.party_name", name=name[:60], n=LONGEST)
        elif name in WORDS or name in kind.parties or (not crew.everybody and crew.knows(name)):
            yield path, say("matters.party_is_role", name=name)
        if spec is None or spec.type not in OF_TYPES:
            yield f"{path}.of", say("matters.panel_of_whom", field=panel.of, known=list(OF_TYPES))
        acts = {one: action for one, action in kind.actions.items() if name in action.actors}
        if not acts:
            yield path, say("matters.panel_idle", name=name)
        for one, action in acts.items():
            yield from _act(kind, name, panel, one, action)
        yield from _votes(kind, path, panel)
        if spec is not None and spec.type in OF_TYPES:
            yield from _enough(path, panel, spec, crew)


def _roles(path: str, spec: FieldSpec, kind: Kind, crew: Crew) -> Iterator[Complaint]:
    """Whom a field can name hold posts of roles that exist and see the kind."""
    for role in spec.of:
        if role not in crew.roles:
            yield path, say("matters.owner_unknown", owner=role, known=[*crew.roles])
        elif not crew.sees(role, kind.matter):
            yield path, say("matters.role_blind", role=role, kind=kind.matter)


def _act(kind: Kind, name: str, panel: Panel, act: str, action: Action) -> Iterator[Complaint]:
    """What is done on a panel is done by its people alone, and changes nothing but their own answer."""
    path, own = f"actions.{act}", kind.asks_panel[name]
    if action.actors != [name]:
        yield f"{path}.by", say("matters.panel_alone", name=name)
    to = [action.to, *(outcome.to for outcome in action.outcomes)]
    if any(stage in own for stage in to if stage):
        yield f"{path}.to", say("matters.panel_begins_anew", action=act)
    taken = sorted({*action.asked} & (BUILT_IN - {"files"}))
    if taken or action.handles or action.draws or action.opens or action.does or action.extends:
        yield path, say("matters.panel_only_answers", action=act)
    if panel.vote and panel.vote not in action.needs:
        yield f"{path}.needs", say("matters.panel_needs_vote", action=act, field=panel.vote)
    if panel.secret and {*action.asked} - {panel.vote}:
        yield f"{path}.needs", say("matters.secret_asks_more", action=act, field=panel.vote)


def _votes(kind: Kind, path: str, panel: Panel) -> Iterator[Complaint]:
    """A vote is one of the values of a field; some are for it, some against."""
    if not panel.vote:
        if panel.for_ or panel.abstains or panel.quorum or panel.secret:
            yield path, say("matters.panel_without_vote")
        return
    spec = kind.asks.get(panel.vote)
    if spec is None or spec.type != "enum":
        yield f"{path}.vote", say("matters.vote_is_enum", field=panel.vote)
        return
    voting = {name for name, one in kind.panels.items() if one.vote == panel.vote}
    asking = [(one, action.actors) for one, action in kind.actions.items() if panel.vote in action.asked]
    others = [one for one, actors in asking if voting.isdisjoint(actors)]
    if others:
        yield f"{path}.vote", say("matters.vote_of_others", field=panel.vote, action=others[0])
    for what, values in (("for", panel.for_), ("abstains", panel.abstains)):
        for value in values:
            if value not in spec.values:
                yield f"{path}.{what}", say("matters.no_such_vote", value=value, known=[*spec.values])
    if not panel.for_:
        yield f"{path}.for", say("matters.vote_for_what")
    elif {*panel.for_} & {*panel.abstains} or not {*spec.values} - {*panel.for_} - {*panel.abstains}:
        yield f"{path}.for", say("matters.vote_against_what", known=[*spec.values])


def _enough(path: str, panel: Panel, spec: FieldSpec, crew: Crew) -> Iterator[Complaint]:
    """As many as must answer can be named, and are."""
    most = 1 if spec.type == "colleague" else spec.at_most
    there = crew.together(spec.of) if spec.of and not crew.everybody else None
    least = max(spec.at_least, 1) if spec.type == "colleagues" else 1
    if there is not None and there < least:
        yield f"{path}.of", say("matters.panel_few", field=panel.of, n=there, wanted=least)
    if not panel.vote:
        return
    if isinstance(panel.quorum, int):
        n = min(most, most if there is None else there)
        if not 1 <= panel.quorum <= n:
            yield f"{path}.quorum", say("matters.quorum_never", quorum=panel.quorum, n=n)
        elif least < panel.quorum:
            yield f"{path}.quorum", say("matters.quorum_of_few", quorum=panel.quorum, n=least, field=panel.of)
    elif panel.share is None or not 0 < panel.share <= 1:
        yield f"{path}.quorum", say("matters.quorum_how", quorum=str(panel.quorum))


# --- what can come about ------------------------------------------------------------------------------------------


def lives(kind: Kind) -> Iterator[Complaint]:
    """(path in the file, what is wrong) of what a panel's answers, or the want of them, can lead to."""
    for name, panel in kind.panels.items():
        for stage in kind.stages:
            if stage in kind.asks_panel[name]:
                if (walk := _unnamed(kind, panel, stage)) is not None:
                    walked = _told(kind, walk)
                    yield f"panels.{name}.of", say("matters.panel_unnamed", field=panel.of, stage=stage, walk=walked)
                if not any(_leaves(kind, name, stage, action) for action in _of_others(kind, name, stage)):
                    walked = _told(kind, _way(kind, stage))
                    yield f"stages.{stage}", say("matters.panel_holds_up", name=name, stage=stage, walk=walked)
        for act, action in kind.actions.items():
            yield from _early(kind, name, panel, act, action)


def _of_others(kind: Kind, name: str, stage: str) -> list[Action]:
    return [kind.actions[one] for one in kind.by_stage[stage] if name not in kind.actions[one].actors]


def _leaves(kind: Kind, name: str, stage: str, action: Action) -> bool:
    """Whether an action leads out of a stage however few have answered: by a person, or in time by the platform."""
    does = action.does
    if action.actors == ["system"] and (does is None or not does.timed):
        return False
    said = [action.when, action.unless, does.when if does else None]
    hangs = any(text and _facts(kind, text) & {*_every(name)} for text in said)
    return not hangs and any(to != stage for to in action.leads_to(stage))


def _every(name: str) -> Iterator[str]:
    return (fact_of_panel(name, part) for part in ("members", "responded", "open", "quorum", *TELLS))


def _facts(kind: Kind, text: str) -> set[str]:
    return {node.name for node in nodes.walk(kind.expressions[text].node) if isinstance(node, nodes.Fact)}


def _early(kind: Kind, name: str, panel: Panel, act: str, action: Action) -> Iterator[Complaint]:
    """What asks how a vote stands asks first whether enough have voted."""
    tells = {fact_of_panel(name, part) for part in TELLS}
    stands = fact_of_panel(name, "quorum")
    asked_first = [action.when, action.does.when if action.does else None]
    settled = any(text and stands in _facts(kind, text) for text in asked_first)
    texts = [*asked_first, action.unless, *(outcome.when for outcome in action.outcomes)]
    texts += [check.that for check in action.checks]
    for text in (text for text in texts if text):
        facts = _facts(kind, text)
        settled = settled or stands in facts  # an outcome before it has asked, or this one does
        if facts & tells and not settled:
            yield f"actions.{act}", say("matters.before_quorum", action=act, text=text, quorum=stands)


def _unnamed(kind: Kind, panel: Panel, stage: str) -> list[str] | None:
    """The shortest way to a stage on which nobody has named who sits on the panel; None where there is none."""
    spec = kind.fields.get(panel.of)
    if panel.of in kind.form and spec is not None and spec.required and not spec.asked_when:
        return None
    drawing = {one for one, action in kind.actions.items() if any(how.field == panel.of for how in action.draws)}
    naming = drawing | {one for one, action in kind.actions.items() if panel.of in action.needs}
    return next(_ways(kind, stage, naming), None)


def _way(kind: Kind, stage: str) -> list[str]:
    return next(_ways(kind, stage, set()), [])


def _ways(kind: Kind, stage: str, but: set[str]) -> Iterator[list[str]]:
    """The shortest way to a stage, none of its acts one of `but`; nothing where there is none."""
    before: dict[str, list[str]] = {kind.first: []}
    waiting = [kind.first]
    while waiting:
        here = waiting.pop(0)
        if here == stage:
            yield before[here]
            return
        for act in kind.by_stage[here]:
            for to in kind.actions[act].leads_to(here):
                if act not in but and to not in before:
                    before[to] = [*before[here], act]
                    waiting.append(to)


def _told(kind: Kind, walk: list[str]) -> list[Any]:
    return [say("matters.birth"), *(kind.actions[one].title.mapping() for one in walk)]
