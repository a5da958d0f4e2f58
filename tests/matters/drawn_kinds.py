"""Kinds of matter by chance: most of them are refused, those that are proven can be lived."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.matters.small_kind import small

OWNERS = ("dispatcher", "unit", "supervisor")
GUARDS = (
    None, None, None, "form.grade = 'small'", "form.grade <> 'small'", "form.days > 3", "form.days <= 3", "form.safe",
    "not form.safe", "unit is null", "unit is not null", "count.a0 < 2", "count.a1 > 0", "count.a0 >= count.a1",
    "now > created_at + interval '2 days'", "category.class = 'complaint'", "form.mood in ('red', 'blue')",
    "coalesce(form.mood, 'red') = 'red'", "at.a1 is null", "in.s1 is not null", "form.days * 2 < 7",
)  # fmt: skip


def title(name: str) -> dict[str, str]:
    return {"zh": f"名{name}", "en": name}


def drawn(rng: Random) -> dict[str, Any]:
    """A kind by chance."""
    kind = small()
    names = [f"s{n}" for n in range(rng.randint(2, 5))]
    kind["asks"]["mood"] = {
        "type": "enum", "title": title("mood"), "values": {one: title(one) for one in ("red", "blue", "grey")},
    }  # fmt: skip
    kind["form"]["grade"]["required"] = rng.random() < 0.6
    owners = {name: rng.choice(OWNERS) for name in names}
    owners[names[0]] = rng.choice(("dispatcher", "dispatcher", "supervisor", "unit"))
    kind["stages"] = {name: {"title": title(name), "owner": owner} for name, owner in owners.items()}
    kind["stages"]["end"] = {"title": title("end"), "final": True}
    kind["actions"] = {}
    for n in range(rng.randint(len(names), 2 * len(names) + 1)):
        kind["actions"][f"a{n}"] = _action(rng, n, names, owners)
    every = [name for name in names if rng.random() < 0.95] or names
    kind["clocks"] = {
        "all": {"title": title("all"), "starts": every, "restarts": every, "stops": "end", "limit": "3 workdays"}
    }
    return kind


def _action(rng: Random, n: int, names: list[str], owners: dict[str, str]) -> dict[str, Any]:
    start = names[n] if n < len(names) else rng.choice(names)
    found: dict[str, Any] = {"title": title(f"a{n}"), "from": start, "by": owners[start]}
    if rng.random() < 0.25:
        found["by"] = [owners[start], rng.choice((*OWNERS, "reporter", "grid_worker", "handler"))]
    if n < len(names):
        found["to"] = [*names, "end"][n + 1]
    elif rng.random() < 0.85:
        found["to"] = rng.choice([*names, "end"])
    pool = ("days", "safe", "mood", "grade", "unit", "category", "done")
    found["needs"] = sorted({one for one in pool if rng.random() < 0.25} | ({"unit"} if start == names[0] else set()))
    found["may"] = sorted({one for one in pool if rng.random() < 0.1} - set(found["needs"]))
    chain = n < len(names) and rng.random() < 0.7
    guard = rng.choice(GUARDS)
    if guard and not chain:
        found[rng.choice(("when", "when", "unless"))] = guard
    if rng.random() < 0.25 and not chain:
        found["at_most"] = rng.randint(1, 3)
    if rng.random() < 0.12 and not chain:
        found["within"] = "4 hours"
    if rng.random() < 0.2:
        found["handles"] = True
    if found.get("to") == "end" or rng.random() < 0.1:
        found["verifies"] = True
    return found
