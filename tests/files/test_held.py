"""The ledger holds files: their rows, and the bytes on the shelf; what happens to them in a day is not taken amiss."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.files.shelved import acting, kept, opened_for_water
from tests.ledger.forging import told, verify


@pytest.fixture
def matter(district: Any) -> int:
    return opened_for_water(district)


@contextmanager
def instead(row: Any, change: Callable[[bytes], bytes] | None) -> Iterator[None]:
    """Other bytes on the shelf, or none."""
    from yiwang.files.shelf import path_of

    path = path_of(row.sha256)
    before = path.read_bytes()
    path.unlink()
    if change is not None:
        path.write_bytes(change(before))
    yield
    path.write_bytes(before)


def test_bytes_that_changed_or_are_gone_are_named(district: Any, matter: int) -> None:
    row = kept(district, 60, noun="matter", subject=matter)
    read = verify(district).files
    assert told(verify(district)) == []
    assert read >= 1
    for change, says in (
        (None, "are not on the shelf"),
        (lambda content: content[:-1] + bytes([content[-1] ^ 1]), "were changed"),  # one bit, the same size
        (lambda content: content + b"\0", "were changed"),
    ):
        with instead(row, change):
            (line,) = told(verify(district))
            assert line.startswith(f"file:{row.pk}: ")
            assert says in line
            assert told(verify(district, f"file:{row.pk}")) == [line], "it is seen when one looks at it alone, too"
    assert told(verify(district)) == []


def test_the_same_bytes_are_read_once(district: Any, matter: int) -> None:
    kept(district, 61, noun="matter", subject=matter)
    before = verify(district).files
    kept(district, 61, noun="matter", subject=matter)
    assert verify(district).files == before


def test_what_happens_to_files_in_a_day_is_whole(district: Any, matter: int) -> None:
    """Kept, handed over, taken back by its person, cleared away by night."""
    from yiwang.files import shelf, store
    from yiwang.files.tidy import tidy

    handed, forgotten, old, young = (
        kept(district, seed, days=days) for seed, days in ((62, 0), (63, 0), (64, 2), (65, 0))
    )
    with acting(district) as asker:
        store.attach(asker, "matter", matter, [handed.pk])
        assert store.forget(asker, forgotten.pk)
        assert not store.forget(asker, forgotten.pk)
    assert tidy().rows >= 1
    assert not shelf.path_of(old.sha256).exists()
    assert told(verify(district)) == []
    os.unlink(shelf.path_of(young.sha256))  # belongs to nothing, and may be taken back at any moment
    assert told(verify(district)) == []


def test_what_was_cleaned_while_it_was_looked_at_is_not_missed(district: Any, matter: int, monkeypatch: Any) -> None:
    """The snapshot still names the old bytes, which the night has just taken away: asked again, they are not needed."""
    from yiwang.files import auditing, shelf

    row = kept(district, 66, noun="matter", subject=matter)
    path = shelf.path_of(row.sha256)
    before, hidden = path.read_bytes(), path.with_suffix(".away")
    look, asked = auditing.against, []

    def against(sha256: str) -> Any:
        if sha256 == row.sha256 and not asked:
            asked.append(sha256)
            path.rename(hidden)
            wrong = look(sha256)
            hidden.rename(path)
            return wrong
        return look(sha256)

    monkeypatch.setattr(auditing, "against", against)
    assert told(verify(district)) == []
    assert (asked, path.read_bytes()) == ([row.sha256], before)
