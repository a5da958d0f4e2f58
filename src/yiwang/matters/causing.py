"""Taking away the link from a matter to one that it led to: with a reason, by who may, and nothing else changes."""

from __future__ import annotations

from datetime import datetime

from yiwang.ledger import clock
from yiwang.org.asker import Asker
from yiwang.org.session import acting_as, for_the_district
from yiwang.why import Incomplete, NotThere, Receipt, Refusal, say

from . import disclosure, following, queries, rows, rows_linked, unattended
from .act import Act, Decision
from .capacity import called
from .clock_state import Delta, State
from .definition import Kind
from .draft import Draft
from .identity import whole
from .kinds import kind_of, world
from .linked import CAUSED, LED_TO, LINKED, Link, without_link
from .merging import post_of, reason_wrong
from .queries import OneMatter
from .store import write
from .under_a_key import content_of, done_before

UNCAUSE = "link.uncause"


def may_undo(asker: Asker, matter: OneMatter) -> bool:
    """Whether the asker is one of those who take such links away."""
    act = Act.of(asker, UNCAUSE, matter.row.created_at)
    return post_of(_roles(matter.kind), matter.state, act, world(asker)) is not None


def undo(
    asker: Asker, matter: int, other: str, reason: str, *, at: datetime | None = None, key: str | None = None
) -> bool:
    """A matter did not lead to another after all; that one goes on. False: it was done before under the key.

    Call inside `acting_as`. Raises NotThere where the asker does not see both, Incomplete (the reason), Refusal, and
    Conflict where the key was used for something else.
    """
    key = None if key is None else whole(key)
    held, there = rows.hold(asker, matter, key), queries.one(asker, number=other)
    if held is None or there is None:
        raise NotThere
    kind, known, state = kind_of(asker, held.state["kind"], held.kind_version), world(asker), held.state
    content = content_of(asker, kind, {"other": other, "reason": reason}) if key is not None else None
    if held.repeated:
        done_before(asker, held.repeated, matter, UNCAUSE, key, content)
        return False
    link = Link(CAUSED, True, other)
    if link.text not in (state.get(LINKED) or ()):
        raise Refusal(Receipt(say("matters.uncause_nothing", number=state["number"]), False))
    moment = max(at or clock.now(), held.last_at)
    step = Act.of(asker, UNCAUSE, moment, {"reason": reason.strip()}, "system" if asker.system else "")
    if not (may := post_of(_roles(kind), state, step, known)):
        who = [called(kind, by, state, known) for by in _roles(kind)]
        raise Refusal(Receipt(say("matters.not_yours", who=who), False, (), kind.reference))
    if wrong := reason_wrong(reason, there.state):
        raise Incomplete({"reason": wrong})
    delta: Delta = {LED_TO: state.get(LED_TO, 1) - 1, **without_link(state, link)}
    following.follow(kind, state, delta, moment, known)
    earlier, draft = State(state), Draft.resume(kind, known, held)
    draft.known_names = disclosure.named_in(matter, state, step.data.values())
    draft.append(UNCAUSE, delta, step, step.data, key, Decision(delta, step.data, may[1], may[0]), content)
    unattended.set_off(draft, moment)
    write(asker, matter, draft, earlier, moment)
    with acting_as(for_the_district(asker)):
        rows_linked.untie(CAUSED, matter, there.row.pk)
    return True


def _roles(kind: Kind) -> list[str]:
    return sorted({role for cause in kind.causes.values() for role in cause.roles})
