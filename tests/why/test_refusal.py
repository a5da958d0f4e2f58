"""One failure that people read: what it carries, and that each room's own is one of it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from yiwang.why import Conflict, Incomplete, NotAllowed, NotThere, Receipt, Refusal, Unreadable, attempt, say

SRC = Path(__file__).resolve().parents[2] / "src" / "yiwang"
FACES = ("wall", "desk", "board", "portal", "api", "people", "look")
NO = say("why.no")


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (Refusal(NO), 409),
        (Refusal(Receipt(NO), status=422), 422),
        (NotAllowed(NO), 403),
        (NotThere(), 404),
        (NotThere(NO, status=422), 422),
        (Incomplete({"title": NO}), 422),
        (Conflict(NO), 409),
        (Unreadable(NO), 422),
    ],
)
def test_each_has_a_sentence_in_both_languages_and_a_status(refusal: Refusal, status: int) -> None:
    assert refusal.status == status
    for language in ("zh", "en"):
        assert refusal.sentence(language) == refusal.words.speak(language) != ""


def test_what_is_missing_is_told_field_by_field_and_stands_in_the_receipt() -> None:
    refusal = Incomplete({"title": say("why.no"), "text": say("why.yes")})
    assert refusal.fields == {"title": say("why.no"), "text": say("why.yes")}
    assert [reason.claim for reason in refusal.receipt.because] == list(refusal.fields.values())


def test_an_attempt_gives_the_refusal_and_lets_faults_through() -> None:
    def refuse() -> int:
        raise Conflict(NO)

    assert isinstance(attempt(refuse), Conflict)
    assert attempt(lambda n: n + 1, 1) == 2
    with pytest.raises(ZeroDivisionError):
        attempt(lambda: 1 // 0)


def test_faces_catch_hardly_anything_by_hand() -> None:
    """They ask with `attempt`, or let the one mapping answer; fewer than two places a face remain."""
    caught = [
        f"{path.relative_to(SRC)}:{node.lineno}"
        for face in FACES
        for path in (SRC / face).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and any(isinstance(one, ast.Name) and one.id in globals() for one in ast.walk(node.type or ast.Pass()))
    ]
    assert [one for one in caught if "commands" not in one] == []
