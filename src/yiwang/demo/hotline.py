"""The course of a hotline ticket: assigned, perhaps handed back, contacted, handled, verified, perhaps reworked."""

from __future__ import annotations

from yiwang.matters.act import Act

from .courses import HAND_BACK, Course
from .office import DAY
from .staff import REPORTER, Actor

LIMITS = {"consult": 1, "suggestion": 1, "request": 5, "complaint": 5, "praise": 5}  # working days, to pace by
_IN_VAIN = 0.08  # share of call-backs at which nobody answers the first time


def course(on: Course) -> list[Act]:
    """Every act from the first to the last, in order."""
    _received(on)
    if on.chance(0.008):
        on.do("decline", on.dispatcher(), reason=on.company.stage.voice.one(on.rng, "declines"))
        return on.acts
    right = on.company.duty(on.scene)
    unit = _assigned(on, right)
    on.work(on.minutes(35))
    clerk = on.clerk(unit)
    on.do("accept", clerk)
    _handled(on, unit, clerk)
    _verified(on, unit, clerk)
    return sorted(on.acts, key=lambda act: act.at)


def _received(on: Course) -> None:
    """A dispatcher reads it: at once by day, partly in the morning when it came at night."""
    night = on.at.hour + 8 in (22, 23, 24, 25, 26, 27, 28, 29)
    if night and not on.scene.leaf.urgent and not on.chance(on.company.stage.year.night_desk):
        on.wait((30 - on.at.hour - 8) * 60 - on.at.minute + on.rng.uniform(0, 90))
    on.wait(min(on.minutes(6 if on.scene.leaf.urgent else 22), 100))


def _assigned(on: Course, right: str) -> str:
    """To the unit whose duty it is, or first to a wrong one, which hands it back."""
    street = on.scene.spot.street
    others = [unit for unit in (street, "bureau-construction", "bureau-enforcement", "bureau-housing") if unit != right]
    wrong = on.rng.choice(others) if on.chance(on.company.habits(right).wrong) else ""
    times = 0
    while wrong:
        on.do("assign", on.dispatcher(), unit=wrong)
        on.work(min(on.minutes(40, 0.5), HAND_BACK) if times == 0 else 20)
        back = on.company.stage.voice.one(on.rng, "refusals")["basis"]
        if times == 2:
            on.do("dispute", on.clerk(wrong), basis=back)
            on.work(on.minutes(90))
            reason = on.company.stage.voice.one(on.rng, "arbitrations")
            on.do("arbitrate", on.dispatcher(), unit=right, reason=reason)
            return right
        on.do("refuse", on.clerk(wrong), basis=back, suggested_unit=right)
        on.wait(on.minutes(12))
        times += 1
        if not on.chance(0.16):
            break
    on.do("assign", on.dispatcher(), unit=right)
    return right


def _handled(on: Course, unit: str, clerk: Actor) -> None:
    """First contact, work, perhaps more time, the answer."""
    voice, habits, leaf = on.company.stage.voice, on.company.habits(unit), on.scene.leaf
    limit = LIMITS[leaf.class_]
    start = next(act.at for act in on.acts if act.action == "assign")
    contacted = on.minutes(70, 0.9) if not on.chance(habits.contact_late) else DAY * on.rng.uniform(1.1, 1.9)
    if on.chance(habits.late):
        needed = DAY * (limit + on.rng.uniform(0.15, 3.2))
    elif on.chance(habits.quick):
        needed = min(on.minutes(140), DAY * 0.7)
    else:
        needed = DAY * limit * min(0.9, on.rng.betavariate(2.2, 2.2 / habits.pace - 2.2))
    accepted, contacted = on.at, min(contacted, needed - 3)
    on.work(max(contacted, 2))
    way = on.rng.choices(("phone", "visit", "message"), (8, 1.5, 0.5))[0]
    on.do("contact", clerk, contact_way=way, contact_result=voice.one(on.rng, "contacts"))
    if limit == 5 and needed > DAY * 2.2 and on.chance(0.06):
        _asked_for_time(on, clerk)
        needed += DAY * on.rng.uniform(0.5, 3.0) if on.acts[-1].action == "extend" else 0
    on.at = max(on.company.office.later(accepted, needed), on.at)
    on.wait(1)
    if on.acts[-1].action != "extend":
        on.acts += on.urged(start, f"{limit} workdays", on.at)
    on.do("answer", clerk, result=voice.answer(on.rng, leaf))


def _asked_for_time(on: Course, clerk: Actor) -> None:
    """Asked before it is due (R2.6), granted by the desk in most cases."""
    voice = on.company.stage.voice
    on.work(DAY * on.rng.uniform(0.6, 1.2))
    days = on.rng.choice((3, 5, 5, 10))
    on.do("ask_extension", clerk, workdays=days, reason=voice.one(on.rng, "extensions"))
    on.work(on.minutes(60, 0.5))
    if on.chance(0.85):
        on.do("extend", on.dispatcher())
    else:
        on.do("deny_extension", on.dispatcher(), reason="原时限内可以办结，请抓紧")


def _verified(on: Course, unit: str, clerk: Actor) -> None:
    """The callback; what is not solved goes back, twice at most, or is explained."""
    voice, habits, leaf = on.company.stage.voice, on.company.habits(unit), on.scene.leaf
    solved_share = 0.97 if leaf.class_ in ("consult", "praise") else habits.solved
    for times in range(3):
        on.work(on.minutes(170, 0.7))
        if on.chance(_IN_VAIN):
            on.do("call_in_vain", on.dispatcher(), note=voice.one(on.rng, "remarks", "unreached"))
            on.work(on.minutes(200, 0.6))
        reached, solved = on.chance(0.9), on.chance(solved_share)
        if not reached:
            on.do("verify", on.dispatcher(), reached=False, note=voice.one(on.rng, "remarks", "unreached"))
            return
        mood = _mood(on, solved)
        note = voice.one(on.rng, "remarks", mood)
        on.do("verify", on.dispatcher(), reached=True, solved=solved, satisfaction=mood, note=note)
        if solved and mood != "dissatisfied":
            break
        on.work(on.minutes(120))
        if solved or times == 2 or not on.chance(0.38):
            on.do("explain", on.dispatcher(), reason=voice.one(on.rng, "explanations"))
            break
        on.do("rework", on.dispatcher(), reason=voice.one(on.rng, "reworks"))
        late = on.chance(habits.late * 1.5)
        on.work(DAY * (3 + on.rng.uniform(0.2, 2)) if late else DAY * on.rng.uniform(0.2, 2.4))
        on.do("answer", clerk, result=voice.answer(on.rng, leaf))
        solved_share = min(0.93, solved_share + 0.03)
    _afterwards(on, clerk, solved, mood)


def _mood(on: Course, solved: bool) -> str:
    weights = (76, 20, 4) if solved else (8, 40, 52)
    return str(on.rng.choices(("satisfied", "fair", "dissatisfied"), weights)[0])


def _afterwards(on: Course, clerk: Actor, solved: bool, mood: str) -> None:
    """Some rate it themselves; a few judgements are taken out of the rates, with a reason."""
    if on.chance(0.07):
        on.wait(on.rng.uniform(60, 12 * 1440))
        on.do("rate", REPORTER, solved=solved, satisfaction=mood)
        if not solved or mood == "dissatisfied":
            _again(on, clerk)
    elif mood == "dissatisfied" and on.chance(0.12):
        on.work(DAY * on.rng.uniform(1, 3))
        office = on.company.world.district.supervision.code
        code = on.rng.choice(("out_of_scope", "unreasonable", "conditions"))
        reason = on.company.stage.voice.one(on.rng, "excludes")
        on.do("propose_exclusion", on.dispatcher(), exclude_code=code, reason=reason)
        on.work(DAY * on.rng.uniform(0.2, 2))
        on.do("exclude", on.company.staff.of(on.rng, office, "supervisor"))


def _again(on: Course, clerk: Actor) -> None:
    """Said not to be solved after it was closed: handled a second time, then rated anew by some."""
    voice, habits = on.company.stage.voice, on.company.habits(on.scene.spot.street)
    on.work(on.minutes(120))
    on.do("rework", on.dispatcher(), reason=voice.one(on.rng, "reworks"))
    on.work(DAY * (3.2 if on.chance(habits.late) else on.rng.uniform(0.3, 2.2)))
    on.do("answer", clerk, result=voice.answer(on.rng, on.scene.leaf))
    on.work(on.minutes(170, 0.7))
    note = voice.one(on.rng, "remarks", "fair")
    on.do("verify", on.dispatcher(), reached=True, solved=True, satisfaction="fair", note=note)
    if on.chance(0.4):
        on.wait(on.rng.uniform(60, 6 * 1440))
        on.do("rate", REPORTER, solved=True, satisfaction="fair")
