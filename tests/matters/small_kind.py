"""A small sound kind of a district of no demo: tests break it in one place each."""

from __future__ import annotations

from typing import Any

import yaml

from tests.support.roles import ROLES
from yiwang.matters.crew import Crew

UNITS = {"centre", "office", "north", "south"}
CLASSES = [("lift.stuck", "complaint"), ("lift.ask", "consult")]
FULL = {
    "dispatcher": ["centre", "centre"],
    "clerk": ["north", "south"],
    "supervisor": ["office"],
    "grid_worker": ["north"],
}
NOBODY_LEADS = "stages.sent.owner: unit\nactions.send.needs: []"  # a change of it that is wrong
SMALL = """
matter: lift
title: {zh: 电梯故障, en: Lift fault}
version: 2026-01-01
reference: 试验规则
prefix: DT
public: true
form:
  text: {type: text, title: {zh: 内容, en: Text}, required: true}
  grade:
    type: enum
    title: {zh: 等级, en: Grade}
    values: {small: {zh: 小, en: Small}, great: {zh: 大, en: Great}}
    required: true
asks:
  done: {type: text, title: {zh: 结果, en: Result}}
  why: {type: text, title: {zh: 理由, en: Reason}}
  days: {type: number, title: {zh: 天数, en: Days}}
  safe: {type: bool, title: {zh: 安全, en: Safe}}
stages:
  got: {title: {zh: 已收, en: Got}, owner: dispatcher}
  sent: {title: {zh: 已派, en: Sent}, owner: unit}
  looking: {title: {zh: 核查, en: Looking}, owner: dispatcher}
  over: {title: {zh: 办结, en: Over}, final: true}
actions:
  send:
    title: {zh: 派, en: Send}
    from: got
    to: sent
    by: dispatcher
    needs: [unit]
  mend:
    title: {zh: 修, en: Mend}
    from: sent
    to: looking
    by: unit
    needs: [done]
    handles: true
  wait:
    title: {zh: 等, en: Wait}
    from: sent
    by: dispatcher
    needs: [why]
    when: not clock.mending.paused
    pauses: [mending]
  go_on:
    title: {zh: 续, en: Go on}
    from: sent
    by: dispatcher
    when: clock.mending.paused
    continues: [mending]
  again:
    title: {zh: 重做, en: Again}
    from: looking
    to: sent
    by: dispatcher
    needs: [why]
    verifies: true
    at_most: 2
  finish:
    title: {zh: 结, en: Finish}
    from: looking
    to: over
    by: dispatcher
    needs: [safe]
    verifies: true
clocks:
  sending: {title: {zh: 派单, en: Sending}, starts: got, stops: sent, limit: 1 workday}
  mending:
    title: {zh: 修理, en: Mending}
    starts: sent
    restarts: again
    stops: mend
    limit: {by: form.grade, small: 5 workdays, great: 1 workday, default: 3 workdays}
  looking_at: {title: {zh: 看, en: Looking}, starts: looking, restarts: looking, stops: [over, again], limit: 1 workday}
routing:
  - {to: street of place, because: {zh: 试验规则, en: trial rule}}
"""


def small(change: str = "") -> dict[str, Any]:
    """The kind as YAML gives it, with `change` (YAML: dotted path -> part, null removes it)."""
    whole: dict[str, Any] = yaml.safe_load(SMALL)
    for path, part in (yaml.safe_load(change) or {}).items():
        *way, last = path.split(".")
        at = whole
        for name in way:
            at = at.setdefault(name, {})
        if part is None:
            at.pop(last)
        else:
            at[last] = part
    return whole


def crew(**posts: list[str]) -> Crew:
    """role -> the units in which somebody holds it, a person for each time that it is named."""
    rows = [(role, unit, f"{role}{n}") for role, units in posts.items() for n, unit in enumerate(units)]
    codes = [{"code": who, "role": role, "unit": unit} for role, unit, who in rows]
    return Crew.of(codes, [{"username": who, "post": who} for _, _, who in rows], ["centre"], ROLES)
