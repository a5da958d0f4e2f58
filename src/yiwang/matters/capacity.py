"""In which capacity somebody acts on a matter: in a role, for the unit in charge, on a roster, as who handled it; and
whom independence keeps out of it (R1.7). Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from yiwang.org.asker import PostHeld
from yiwang.org.roles import DESK, EVERYWHERE, NOTHING, UNIT
from yiwang.org.roster import Roster, on_duty
from yiwang.why import Words, say

from .act import Act
from .action import Action
from .clock_state import State
from .definition import Kind
from .panel import sits
from .world import World

NO_POST = ("system", "reporter")  # who acts and holds none
# what a role acts for -> the fact that names the unit where its holders do; what is done everywhere is done at none
DONE_AT = {DESK: "desk", UNIT: "lead"}


def authority(action: Action, state: State, act: Act, world: World) -> tuple[str, PostHeld | None] | None:
    """In which capacity (and post) somebody may do an action; None when in none."""
    for by in action.actors:
        if act.role and by == act.role:  # the platform, the reporter, an outside party
            return by, None
        if (post := post_in(by, state, act, world)) is not None:
            return by, post
    return None


def post_in(by: str, state: State, act: Act, world: World) -> PostHeld | None:
    """The post in which somebody does what `by` says; None where they hold no such post."""
    if (seated := sits(by, state, act.person)) is not None:  # in person: nobody stands in for them
        return act.posts[0] if seated and act.posts and act.stands_for is None else None
    place, roster = place_of_duty(by, state, world), world.district.rosters.get(by)
    for post in act.posts:
        handled = by == "handler" and not {*act.behind}.isdisjoint(state.get("handlers") or ())
        if fits(by, post, place) or handled or (roster and _asked(roster, post, act, world)):
            return post
    return None


def _asked(roster: Roster, post: PostHeld, act: Act, world: World) -> bool:
    """Whether it is for the holder of a post: who is on duty when it is done, or who leads the roster."""
    return post.code in (roster.lead, on_duty(roster, act.at.astimezone(world.district.zone)).post)


def fits(by: str, post: PostHeld, place: str | None) -> bool:
    """Whether what `by` does at a unit is for the holder of a post; `filtering` asks the same of rows."""
    if by == UNIT:
        return post.does.for_the_unit and post.unit_code == place
    return by == post.role and (post.does.place == EVERYWHERE or post.unit_code == place)


def place_of_duty(by: str, state: State, world: World) -> str | None:
    """The unit for which it is done: the desk's, the one in charge; None for what is done everywhere."""
    where = UNIT if by == UNIT else world.district.roles.get(by, NOTHING).place
    return state.get(DONE_AT.get(where, ""))


def called(kind: Kind, by: str, state: State, world: World, at: datetime | None = None) -> Words:
    """Who may, as people call them: by the title of the role, and of the unit where it hangs on one; of a roster, who
    is on duty; of a party or a panel, as the kind calls it."""
    if by in kind.own_actors:
        return say("matters.by_own", who=kind.own_actors[by].mapping())
    if (roster := world.district.rosters.get(by)) and at is not None:
        asked = on_duty(roster, at.astimezone(world.district.zone))
        post = world.district.posts.get(asked.post)
        words = "matters.by_lead_of_roster" if asked.gap else "matters.by_roster"
        return say(words, roster=roster.title.mapping(), post=post.title if post else asked.post)
    unit = unit_name(place_of_duty(by, state, world), world)
    role = world.district.roles.get(by)
    if role is None:
        return say(f"matters.by_{by}", unit=unit)
    title = {language: text[:1].lower() + text[1:] for language, text in role.title.items()}
    return say("matters.by_role" if role.place == EVERYWHERE else "matters.by_role_of", role=title, unit=unit)


def unit_name(code: str | None, world: World) -> Mapping[str, str] | str:
    return world.district.by_code[code].name if code in world.district.by_code else "—"


def not_independent(kind: Kind, state: State, action: Action, act: Act) -> Words | None:
    """Who handled a matter never verifies it, nor does their unit (R1.7); no setting changes that.

    Who acts for another is both: neither may have handled it, nor done what this act asks of somebody else.
    Where the desk itself handled it (a direct reply), it is verified there all the same, by another person: only the
    desk may verify, and nobody else would be left. So is what was handled by somebody who stood in because nobody else
    was left (`recused`): their unit has not handled it.
    """
    for other in action.unlike:
        if not {*act.behind}.isdisjoint(state.get(f"by.{other}") or ()):
            return say("matters.done_by_yourself", action=kind.actions[other].title.mapping())
    if not action.verifies:
        return None
    if not {*act.behind}.isdisjoint(state.get("handlers") or ()):
        return say("matters.handled_by_yourself")
    units = set(state.get("handling_units") or ()) - {"", state.get("desk")}
    if act.posts and units.issuperset(post.unit_code for post in act.posts):
        return say("matters.handled_by_your_unit")
    if act.stands_for and not units.isdisjoint(post.unit_code for post in act.stands_for.own):
        return say("matters.handled_by_your_unit")
    return None
