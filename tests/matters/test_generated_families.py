# ruff: noqa: E501 (a kind is easier to read with an action on a line)
"""Matters under matters, drawn by chance and lived by chance: none gets stuck, none is left behind, each act is once.

A drawn pair of kinds is a whole and its parts: parts for each of several units or for each row, with a step more or
less, waited for by a person or by the platform, left behind or not. YIWANG_FAMILIES says how many are lived.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from tests.support.district import make_district
from tests.support.tickets import at
from yiwang.matters import auditing, by_itself, forms, queries, store
from yiwang.matters.act import Act
from yiwang.matters.against import refusal
from yiwang.matters.clock_state import State
from yiwang.matters.kinds import kind_of, world
from yiwang.matters.models import Entry, Matter
from yiwang.org.session import acting_as
from yiwang.why import Incomplete, Refusal

DRAWN = 6
LIVED = int(os.environ.get("YIWANG_FAMILIES", "12"))
STEPS = 160
UNITS = ("water", "green", "bei", "nan")
POSTS = ("dispatcher-1", "dispatcher-2", "water-1", "green-1", "bei-1", "nan-1", "supervisor")


def title(name: str) -> dict[str, str]:
    return {"zh": f"名{name}", "en": name}


def whole(rng: Random, number: int) -> dict[str, Any]:
    """A kind whose first act opens parts and whose end waits for them, if it must."""
    rows, joined, optional = rng.random() < 0.5, rng.random() < 0.5, rng.random() < 0.5
    wait = "children.parts.open = 0"
    opens = {"as": "parts", "each": "of", "unit": "row.who" if rows else "item"}
    who = {"type": "unit", "title": title("who"), "required": True, "of": ["bureau", "street"]}
    day = {"type": "date", "title": title("day")}
    several = {"type": "list", "title": title("of"), "at_least": 1, "at_most": 4, "fields": {"who": who, "day": day}}
    kind: dict[str, Any] = {
        "matter": f"whole{number}", "title": title(f"whole{number}"), "version": "2026-01-01", "reference": "试验规则",
        "prefix": f"W{number}", "opens": {"desk": {"by": ["dispatcher"], "fields": ["title", "text"]}},
        "form": {"text": {"type": "text", "title": title("text"), "required": True}},
        "asks": {
            "of": several if rows else {"type": "units", "title": title("of"), "of": ["bureau", "street"], "at_most": 4},
            "why": {"type": "text", "title": title("why")},
        },
        "children": {"parts": {"kind": f"part{number}", "title": title("parts"), "optional": optional}},
        "stages": {
            "got": {"title": title("got"), "owner": "dispatcher"},
            "held": {"title": title("held"), "owner": "system" if joined else "dispatcher"},
            "over": {"title": title("over"), "final": True},
        },
        "actions": {
            "give": {"title": title("give"), "from": "got", "to": "held", "by": "dispatcher", "needs": ["of"], "opens": [opens]},
        },
        "clocks": {
            "giving": {"title": title("giving"), "starts": "got", "stops": ["held", "over"], "limit": "2 workdays"},
            "holding": {"title": title("holding"), "starts": "held", "stops": "over",
                        "limit": {"until": "children.parts.promised", "default": "30 days"}},
        },
    }  # fmt: skip
    if joined:
        kind["actions"]["join"] = {
            "title": title("join"),
            "from": "held",
            "to": "over",
            "by": "system",
            "does": {"when": wait},
        }
    else:
        kind["actions"]["close"] = {
            "title": title("close"),
            "from": "held",
            "to": "over",
            "by": "dispatcher",
            "when": wait,
        }
    if optional:
        kind["actions"]["leave"] = {
            "title": title("leave"),
            "from": ["got", "held"],
            "to": "over",
            "by": "dispatcher",
            "needs": ["why"],
        }
    if rng.random() < 0.5:
        kind["actions"]["late"] = {
            "title": title("late"),
            "from": "held",
            "by": "system",
            "does": {"overdue": "holding"},
            "raises": ["supervisor"],
        }
    return kind


def part(rng: Random, number: int) -> dict[str, Any]:
    """A kind of parts: done by its unit, looked at or not, perhaps taken back, perhaps over by itself."""
    looked, again, lapses = rng.random() < 0.5, rng.random() < 0.5, rng.random() < 0.5
    stages: dict[str, Any] = {"held": {"title": title("held"), "owner": "unit"}}
    if looked:
        stages["seen"] = {"title": title("seen"), "owner": "dispatcher"}
    stages |= {"done": {"title": title("done"), "final": True}, "gone": {"title": title("gone"), "final": True}}
    work = [name for name in ("held", "seen") if name in stages]
    actions: dict[str, Any] = {
        "do": {"title": title("do"), "from": "held", "to": "seen" if looked else "done", "by": "unit"},
        "drop": {"title": title("drop"), "from": work, "to": "gone", "by": "system"},
    }
    if looked:
        actions["look"] = {"title": title("look"), "from": "seen", "to": "done", "by": "dispatcher"}
    if again:
        actions["again"] = {"title": title("again"), "from": "done", "to": "held", "by": "unit", "at_most": 1}
    if lapses:
        actions["lapse"] = {
            "title": title("lapse"),
            "from": "held",
            "to": "gone",
            "by": "system",
            "does": {"after": "20 days"},
        }
    return {
        "matter": f"part{number}", "title": title(f"part{number}"), "version": "2026-01-01", "reference": "试验规则",
        "prefix": f"P{number}", "needs": ["unit"], "follows": "drop",
        "form": {"text": {"type": "text", "title": title("text"), "required": True}},
        "stages": stages, "actions": actions,
        "clocks": {"doing": {"title": title("doing"), "starts": work, "restarts": work, "stops": ["done", "gone"], "limit": "10 days"}},
    }  # fmt: skip


def write(pack: Path) -> None:
    for number in range(DRAWN):
        rng = Random(number)
        for kind in (whole(rng, number), part(rng, number)):
            text = yaml.safe_dump(kind, allow_unicode=True, sort_keys=False)
            (pack / "matters" / f"{kind['matter']}.yaml").write_text(
                text.replace("'2026-01-01'", "2026-01-01"), "utf-8"
            )


@pytest.fixture(scope="module")
def district(database: str) -> Any:
    return make_district(write)


def test_no_family_gets_stuck_and_no_part_outlives_its_whole(district: Any) -> None:
    people = {post: district.as_(post) for post in POSTS}
    for seed in range(LIVED):
        rng, now = Random(seed), at("2026-10-12T10:00")
        with acting_as(people["dispatcher-1"]) as asker:
            said = {"title": "一家", "text": "一家人"}
            one = store.open_matter(asker, f"whole{seed % DRAWN}", said, at=now)
        for _ in range(STEPS):
            now += timedelta(hours=rng.choice((1, 5, 30, 200)) * rng.random())
            by_itself.act_by_itself(district.system, now=now)
            by_itself.end_orphans(district.system, now=now)
            looked_at(district, one.id, now)
            open_ones = [*family(district, one.id, open_only=True)]
            if not open_ones:
                break
            somebody_acts(rng, people, rng.choice(open_ones), now)
        else:
            raise AssertionError(f"seed {seed}: {[(row.number, row.stage) for row, _ in family(district, one.id)]}")
    with acting_as(district.system) as asker:
        assert auditing.verify(asker).broken == []


def family(district: Any, matter: int, *, open_only: bool = False) -> Iterator[tuple[Matter, State]]:
    """The whole and its parts, with their states."""
    with acting_as(district.system) as asker:
        rows = [*Matter.objects.filter(pk=matter), *Matter.objects.filter(whole=matter).order_by("pk")]
        found = [(row, queries.state_of(asker, row)) for row in rows]
    yield from ((row, state) for row, state in found if not (open_only and row.closed_at))


def looked_at(district: Any, matter: int, now: datetime) -> None:
    """What holds whatever has happened: clocks run, counts are those of the parts, what time has brought was done."""
    (row, state), *parts = family(district, matter)
    assert [one.closed_at for one, _ in parts if one.closed_at is None] == [] or row.closed_at is None
    for one, of in [(row, state), *parts]:
        runs = [clock.name for clock in of.clocks() if clock.runs]
        assert bool(runs) is (one.closed_at is None), (one.number, one.stage, runs)
        assert one.acts_at is None or one.acts_at > now, (one.number, one.acts_at)
        assert one.closed_at or of["holder"] or of["holder_role"] == "system", "somebody's move"
    if row.closed_at and "leave" not in last_acts(district, matter):
        assert parts, "a whole that waits for its parts has had some"
        assert max(one.closed_at for one, _ in parts) <= row.closed_at or reopened(parts)
    if parts:
        open_ = sum(one.closed_at is None for one, _ in parts)
        counted = {name: state[f"children.parts.{name}"] for name in ("count", "open", "ended")}
        assert counted == {"count": len(parts), "open": open_, "ended": len(parts) - open_}
    with acting_as(district.system):
        keys = list(Entry.objects.filter(matter=matter).exclude(key=None).values_list("key", flat=True))
    assert len(keys) == len(set(keys))


def last_acts(district: Any, matter: int) -> list[str]:
    """What has been done to a matter."""
    with acting_as(district.system):
        return list(Entry.objects.filter(matter=matter).order_by("seq").values_list("action", flat=True))


def reopened(parts: list[tuple[Matter, State]]) -> bool:
    """Whether a part was taken up again after it had ended: then it may end once more after its whole."""
    return any(state.get("count.again") for _, state in parts)


def somebody_acts(rng: Random, people: dict[str, Any], whose: tuple[Matter, State], now: datetime) -> None:
    """One act by whoever may do it, if anybody may."""
    row, state = whose
    with acting_as(people["supervisor"]) as asker:
        kind, known = kind_of(asker, row.kind, row.kind_version), world(asker)
    may = [
        (name, post)
        for name in kind.by_stage[state["stage"]]
        for post, person in people.items()
        if refusal(kind, state, name, Act(name, now, {}, person.person, person.posts), known) is None
    ]
    if not may:
        return
    name, post = rng.choice(may)
    with acting_as(people[post]) as asker:
        try:
            store.act(asker, row.pk, name, answers(rng, forms.specs_of(kind, kind.actions[name])), at=now)
        except (Refusal, Incomplete):
            return


def answers(rng: Random, specs: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, spec in specs.items():
        units = sorted(rng.sample(UNITS, rng.randint(1, 3)))
        if spec.type == "units":
            found[name] = units
        elif spec.type == "list":
            found[name] = [{"who": unit, "day": f"2026-1{rng.randint(0, 2)}-2{rng.randint(0, 8)}"} for unit in units]
        else:
            found[name] = "字"
    return found
