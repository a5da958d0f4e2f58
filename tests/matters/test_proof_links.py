"""What a kind says of matters that are one thing is proven: who, where, what is alike (R1.13, R2.12)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.matters.small_kind import CLASSES, FULL, UNITS, crew, small
from yiwang.matters import proof
from yiwang.matters.definition import kind_from

SOUND = {"by": "dispatcher", "from": ["got", "sent"], "within": {"metres": 100, "days": 3}, "same": ["category"]}
AGAIN = {"within": "20 days", "same": ["form.grade"], "or": ["reporter", "place"]}
DOOR = {"desk": {"by": ["dispatcher"], "fields": ["title", "text", "grade", "category", "place", "reporter"]}}


def found(change: dict[str, Any]) -> list[tuple[str, str]]:
    kind = kind_from(small() | {"opens": DOOR, **change})
    every = proof.complaints(kind, units=UNITS, classes=CLASSES, crew=crew(**FULL))
    return [(path, words.speak("en")) for path, words in every]


def test_what_is_sound_is_proven() -> None:
    assert found({"merge": SOUND, "repeats": AGAIN}) == []


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"merge": {**SOUND, "by": []}}, "merge.by"),
        ({"merge": {**SOUND, "by": "nobody"}}, "merge.by"),
        ({"merge": {**SOUND, "by": "reporter"}}, "merge.by"),
        ({"merge": {**SOUND, "by": "system"}}, "merge.by"),
        ({"merge": {**SOUND, "from": "gone"}}, "merge.from"),
        ({"merge": {**SOUND, "from": "over"}}, "merge.from"),
        ({"merge": {"by": "dispatcher"}}, "merge"),
        ({"merge": {**SOUND, "within": {"metres": -1}}}, "merge.within.metres"),
        ({"merge": {**SOUND, "within": {"days": -1}}}, "merge.within.days"),
        ({"merge": {**SOUND, "same": ["colour"]}}, "merge.same[0]"),
        ({"merge": {**SOUND, "same": ["reporter"]}}, "merge.same[0]"),
        ({"merge": {**SOUND, "same": ["form.colour"]}}, "merge.same[0]"),
        ({"merge": SOUND, "opens": {"desk": {"by": ["dispatcher"], "fields": ["title", "text", "grade"]}}},
         "merge.within.metres"),
        ({"repeats": {"within": "20 days"}}, "repeats"),
        ({"repeats": {**AGAIN, "within": "5 workdays"}}, "repeats.within"),
        ({"repeats": {**AGAIN, "within": "0 days"}}, "repeats.within"),
        ({"repeats": {**AGAIN, "within": "long"}}, "repeats.within"),
        ({"repeats": {**AGAIN, "metres": 0}}, "repeats.metres"),
        ({"repeats": {**AGAIN, "same": ["form.done"]}}, "repeats.same[0]"),
        ({"repeats": {**AGAIN, "or": ["channel"]}}, "repeats.or[0]"),
    ],
)  # fmt: skip
def test_each_slip_is_named_where_it_stands(change: dict[str, Any], path: str) -> None:
    assert path in [where for where, _ in found(change)], found(change)


CAUSE = {"kind": "lift", "title": {"zh": "另一台", "en": "another"}, "undo": "dispatcher"}
KNOWN = {"type": "matter", "of": ["lift"], "title": {"zh": "编号", "en": "Number"}}


def leads(cause: dict[str, Any] | None = None, opens: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """The small kind, of which an answer may lead to another lift, or to one that is there."""
    kind = small()
    kind["asks"]["known"] = {**KNOWN, **more.pop("known", {})}
    kind["actions"]["mend"]["may"] = more.pop("may", ["known"])
    kind["actions"]["mend"]["opens"] = [{"as": "others", **(opens or {"matter": "known"})}]
    return {"asks": kind["asks"], "actions": kind["actions"], "causes": {"others": {**CAUSE, **(cause or {})}}, **more}


def test_what_may_lead_to_another_is_proven() -> None:
    assert found(leads()) == []


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (leads({"undo": []}), "causes.others.undo"),
        (leads({"undo": "reporter"}), "causes.others.undo"),
        (leads({"undo": "nobody"}), "causes.others.undo"),
        (leads(known={"of": ["hoist"]}), "actions.mend.opens[0].matter"),
        (leads(known={"type": "text", "of": []}), "actions.mend.opens[0].matter"),
        (leads(may=[]), "actions.mend.opens[0].matter"),
        (leads(opens={"matter": "nothing"}), "actions.mend.opens[0].matter"),
        (leads(children={"others": {"kind": "lift", "title": CAUSE["title"], "optional": True}}), "causes.others"),
        ({"causes": {"others": CAUSE}}, "causes.others"),
        (leads(opens={"as": "strangers"}), "actions.mend.opens[0].as"),
    ],
)
def test_each_slip_of_what_leads_to_another_is_named(change: dict[str, Any], path: str) -> None:
    assert path in [where for where, _ in found(change)], found(change)


@pytest.mark.parametrize(
    ("fact", "what"),
    [
        ("repeats.count > 2", "repeats"),
        ("repeats.after_end > 0", "repeats"),
        ("callers > 2", "merge"),
        ("led_to.count > 0", "causes"),
    ],
)
def test_a_condition_on_what_is_never_counted_is_named(fact: str, what: str) -> None:
    routing = [
        {"to": "north", "when": fact, "because": {"zh": "x", "en": "x"}},
        {"to": "south", "because": {"zh": "x", "en": "x"}},
    ]
    said = dict(found({"routing": routing}))
    assert f"no {what}" in said["routing[0].when"]
    assert found({"routing": routing, "merge": SOUND, "repeats": AGAIN, **leads()}) == []
