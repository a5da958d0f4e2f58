"""The course of a grid event: filed, dispatched, put right, checked by somebody else."""

from __future__ import annotations

from yiwang.matters.act import Act

from .courses import HAND_BACK, Course
from .office import DAY


def course(on: Course) -> list[Act]:
    """Every act from the first to the last, in order."""
    voice, scene = on.company.stage.voice, on.scene
    on.wait(on.minutes(8, 0.5))
    if on.chance(0.015):
        on.do("reject", on.dispatcher(), reason="现场已无此情况，不符合立案条件")
        return on.acts
    on.do("file", on.dispatcher())
    on.wait(on.minutes(8, 0.5))
    unit = on.company.duty(scene)
    if on.chance(on.company.habits(unit).wrong * 0.5) and unit != scene.spot.street:
        street = scene.spot.street
        on.do("dispatch", on.dispatcher(), unit=street)
        on.work(min(on.minutes(35, 0.5), HAND_BACK))
        on.do("refuse", on.clerk(street), basis=voice.one(on.rng, "refusals")["basis"], suggested_unit=unit)
        on.wait(on.minutes(10, 0.6))
    on.do("dispatch", on.dispatcher(), unit=unit)
    _handled(on, unit)
    _verified(on, unit)
    return sorted(on.acts, key=lambda act: act.at)


def _handled(on: Course, unit: str) -> None:
    """Urgent ones by the wall clock within four hours, the others within a working day."""
    voice, habits, scene = on.company.stage.voice, on.company.habits(unit), on.scene
    dispatched, late = on.at, on.chance(habits.late)
    clerk = on.clerk(unit)
    if scene.leaf.urgent:
        on.wait(on.rng.uniform(3, 18))
        on.do("accept", clerk)
        on.wait(on.rng.uniform(230, 900) if late else on.rng.betavariate(2, 3) * 200)
    else:
        on.work(on.minutes(25, 0.6))
        on.do("accept", clerk)
        on.work(DAY * on.rng.uniform(1.05, 2.8) if late else DAY * min(0.8, on.rng.betavariate(1.6, 3.2)))
    limit = "4 hours" if scene.leaf.urgent else "1 workday"
    on.acts += on.urged(dispatched, limit, on.at)
    on.do("feedback", clerk, result=voice.result(on.rng, scene.leaf))


def _verified(on: Course, unit: str) -> None:
    """On the spot by a grid worker of the street where the street itself did not do it, else by the desk."""
    voice = on.company.stage.voice
    street = on.scene.spot.street
    clerk = next(act for act in reversed(on.acts) if act.action == "feedback")
    for times in range(3):
        on.work(on.minutes(75, 0.6))
        spot_check = unit != street and on.company.staff.has(street, "grid_worker") and on.chance(0.7)
        who = on.company.staff.of(on.rng, street, "grid_worker") if spot_check else on.dispatcher()
        if times < 2 and on.chance(0.05):
            on.do("rework", who, reason=voice.one(on.rng, "reworks"))
            on.work(DAY * on.rng.uniform(0.1, 0.9))
            on.acts.append(
                Act("feedback", on.at, {"result": voice.result(on.rng, on.scene.leaf)}, clerk.person, clerk.posts)
            )
            continue
        on.do("verify", who, found="solved" if on.chance(0.93) else "better")
        return
