"""What the tests of proofs share: which kinds a proof has walked through, counted where it begins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from yiwang.matters import proof, proof_once


@pytest.fixture
def walked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The kinds that were walked through."""
    proof_once._complaints.cache_clear()
    names: list[str] = []
    whole = proof.complaints

    def counted(kind: Any, **more: Any) -> list[proof.Complaint]:
        names.append(kind.matter)
        return whole(kind, **more)

    monkeypatch.setattr(proof, "complaints", counted)
    yield names
    proof_once._complaints.cache_clear()
