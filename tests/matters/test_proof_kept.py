"""A kind that was proven is not proven again by the next command; what is wrong is found each time, with its walk."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.matters.small_kind import CLASSES, FULL, NOBODY_LEADS, UNITS, crew, small
from yiwang.matters import proof, proof_kept, proof_once
from yiwang.matters.definition import kind_from


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "PROVEN", tmp_path / "proven")
    return tmp_path / "proven"


def by_the_next_command(change: str = "") -> list[proof.Complaint]:
    """As a process of its own asks, which remembers nothing."""
    proof_once._complaints.cache_clear()
    return proof_kept.complaints(kind_from(small(change)), UNITS, CLASSES, crew(**FULL))


def test_what_was_proven_is_not_walked_again(notes: Path, walked: list[str]) -> None:
    assert by_the_next_command() == by_the_next_command() == []
    assert len(walked) == 1
    assert by_the_next_command("reference: another") == []
    assert len(walked) == 2
    assert len([*notes.iterdir()]) == 2


def test_what_is_wrong_is_found_each_time(notes: Path, walked: list[str]) -> None:
    first = by_the_next_command(NOBODY_LEADS)
    assert first
    assert by_the_next_command(NOBODY_LEADS) == first
    assert len(walked) == 2
    assert not notes.exists()


def test_another_code_proves_anew(notes: Path, walked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert by_the_next_command() == []
    monkeypatch.setattr(proof_kept, "_code", lambda: b"another")
    assert by_the_next_command() == []
    assert len(walked) == 2


def test_a_note_that_cannot_be_kept_is_no_fault(notes: Path, walked: list[str]) -> None:
    notes.write_text("no folder")
    assert by_the_next_command() == by_the_next_command() == []
    assert len(walked) == 2


def test_the_oldest_notes_go(notes: Path, walked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof_kept, "MOST_KEPT", 3)
    for number in range(5):
        assert by_the_next_command(f"reference: number {number}") == []
    assert len([*notes.iterdir()]) == 3
    assert by_the_next_command("reference: number 4") == []
    assert len(walked) == 5


def test_two_processes_ask_the_same_question(tmp_path: Path) -> None:
    """Whatever the order in which a process keeps a set, the question reads alike."""
    ask = (
        "from tests.matters.small_kind import CLASSES, FULL, UNITS, crew, small\n"
        "from yiwang.matters.definition import kind_from\n"
        "from yiwang.matters.proof_once import Question\n"
        "print(Question.of(kind_from(small('')), UNITS, CLASSES, crew(**FULL)).said)\n"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", ask], env={"PYTHONHASHSEED": seed, "PYTHONPATH": "src:."},
            check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2],
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(said) == 1
