"""An outside party that is nobody, has no way in, or is shown what is kept apart is refused, with its mend."""

from __future__ import annotations

import pytest

from tests.matters.small_kind import CLASSES, FULL, UNITS, crew, small
from yiwang.matters import proof
from yiwang.matters.definition import kind_from

SOUND = """
parties: {firm: {title: {zh: 企业, en: Firm}, by: [unit, dispatcher], sees: [title, text, says]}}
asks.says: {type: text, title: {zh: 说明, en: Says}}
asks.clue: {type: text, title: {zh: 线索, en: Clue}, sensitivity: 2}
actions.tell: {title: {zh: 说明, en: Tell}, from: [sent, looking], by: firm, needs: [says]}
actions.wait.may: [clue]
"""


def found(change: str, **people: list[str]) -> list[str]:
    wrong = proof.complaints(kind_from(small(change)), units=UNITS, classes=CLASSES, crew=crew(**{**FULL, **people}))
    return [f"{path}: {words.speak('en')}" for path, words in wrong]


def test_a_sound_party_is_proven() -> None:
    assert found(SOUND) == []
    owner = (
        SOUND
        + "stages.looking.owner: firm\nactions.tell.to: over\nactions.tell.from: looking\nactions.tell.verifies: true\n"
    )
    assert found(owner) == [], "it may be its move"


BROKEN = [
    ("{firm: {", "{clerk: {", "parties.clerk", "is a role"),
    ("{firm: {", "{reporter: {", "parties.reporter", "is a role"),
    ("{firm: {", "{Firm: {", "parties.Firm", "cannot be the name"),
    ("by: firm", "by: unit", "parties.firm", "its code would be for nothing"),
    ("by: [unit, dispatcher]", "by: []", "parties.firm.by", "who may"),
    ("by: [unit, dispatcher]", "by: reporter", "parties.firm.by", "reporter"),
    ("sees: [title, text, says]", "sees: [nothing]", "parties.firm.sees", "nothing"),
    ("sees: [title, text, says]", "sees: [clue]", "parties.firm.sees", "kept apart"),
    ("needs: [says]", "needs: [files]", "actions.tell", "cannot give"),
    ("needs: [says]", "needs: [unit]", "actions.tell", "cannot give"),
    ("needs: [says]", "needs: [says], evidence: 1", "actions.tell.evidence", "cannot give"),
    ("needs: [says]", "needs: [says], handles: true", "actions.tell", "cannot say handles"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("right", "wrong", "where", "says"), BROKEN, ids=[f"{n} {says}" for n, (*_, says) in enumerate(BROKEN)]
)
def test_what_lets_nobody_in_or_tells_too_much_is_named(right: str, wrong: str, where: str, says: str) -> None:
    assert right in SOUND
    said = found(SOUND.replace(right, wrong, 1))
    assert any(one.startswith(f"{where}:") and says in one for one in said), said
