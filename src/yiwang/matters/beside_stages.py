"""What a kind does that its stages do not show, each as a sentence: what it opens, its rhythm, its draws. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from yiwang.why import Words, say

from .clock_state import limit_of
from .definition import Kind
from .drawing_around import Around, at_gates, on_duty_for, shapes
from .drawing_papers import papers
from .draws import Draw
from .fields.filling import title_of
from .rounds import Round, days_of


def beside_stages(kind: Kind, around: Around) -> Iterator[Words]:
    """In the order in which a drawing has them below its boxes."""
    for sort, parts in (("under", kind.children), ("leads_to", kind.causes)):
        for name, part in parts.items():
            acts = [one.title.mapping() for one in kind.actions.values() if name in [o.as_ for o in one.opens]]
            yield say(f"matters.draw_{sort}", title=part.title.mapping(), actions=acts)
    if kind.merge is not None:
        yield say("matters.draw_merge")
    if kind.parties:
        yield say("matters.draw_parties", parties=[one.title.mapping() for one in kind.parties.values()])
    for panel in kind.panels.values():
        sort = "_votes" if panel.vote else ""
        yield say(f"matters.draw_panel{sort}", panel=panel.title.mapping(), quorum=str(panel.quorum))
    if kind.recusal is not None:
        acts = [one.title.mapping() for one in kind.actions.values() if kind.takes_out(one)]
        up: list[Any] = [around.roles.get(role, role) for role in kind.recusal.roles]
        yield say("matters.draw_recusal", acts=acts, roles=up)
    if kind.round is not None:
        yield rhythm(kind, kind.round)
    yield from shapes(kind)
    for action in kind.actions.values():
        for how in action.draws:
            yield _lot(kind, action.title.mapping(), how)
    yield from papers(kind)
    for queue in kind.queues.values():
        title = queue.title.mapping()
        if queue.library is None:
            yield say("matters.draw_queue", title=title)
        else:
            alike = [say(f"matters.alike_{one}") for one in queue.library.alike]
            yield say("matters.draw_library", title=title, alike=alike)
    yield from on_duty_for(kind, around)
    yield from at_gates(kind, around)


def rhythm(kind: Kind, how: Round) -> Words:
    """How often it begins by itself, for what, and how long it may take."""
    days = days_of(how.every)
    said = [say("matters.every_days", n=days) if days else say(f"matters.every_{how.every}"), _times(how)]
    if how.each:
        said.append(say("matters.rhythm_each", field=title_of(how.each, kind.form[how.each])))
    if how.opens == "first workday":
        said.append(say("matters.rhythm_workday"))
    if how.within:
        said.append(say("matters.rhythm_within", limit=limit_of(how.within).words()))
    if how.since:
        said.append(say("matters.rhythm_since", day=how.since))
    return say("matters.draw_round", said=said)


def _times(how: Round) -> Words:
    if isinstance(how.times, int):
        return say("matters.rhythm_times", n=how.times)
    each = [say("matters.of_class", name=name, n=n) for name, n in how.times.items()]
    return say("matters.rhythm_classes", said=each)


def _lot(kind: Kind, action: Any, how: Draw) -> Words:
    """What an action draws, how many of what."""
    field = title_of(how.field, kind.fields[how.field])
    many = [say("matters.of_class", name=name, n=n) if name else n for name, n in how.shares()]
    key = "matters.draw_lot_seeded" if how.seed else "matters.draw_lot"
    seed = title_of(how.seed, kind.fields[how.seed]) if how.seed else ""
    return say(key, action=action, field=field, many=many, seed=seed)
