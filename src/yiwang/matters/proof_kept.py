"""What was proven stays proven from one command to the next, too.

Of a kind in which nothing is wrong an empty file is kept, named by a digest of all that its proof looked at and of the
platform's own code. Who writes a kind waits for that one alone, and a site that starts again for none. What is wrong is
never kept: it is found anew, with its walk.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from . import proof, proof_once
from .crew import Crew
from .definition import Kind

MOST_KEPT = 2_000  # notes; the oldest go first


def complaints(
    kind: Kind,
    units: Iterable[str],
    classes: Iterable[tuple[str, str]],
    crew: Crew,
    results: Mapping[str, str] | None = None,
) -> list[proof.Complaint]:
    """As `proof.complaints`."""
    asked = proof_once.Question.of(kind, units, classes, crew, results)
    note = Path(settings.PROVEN) / sha256(_code() + asked.said[0].encode() + b"\0" + asked.said[1]).hexdigest()
    with suppress(OSError):  # a folder that cannot be read has no notes
        note.stat()
        return []
    wrong = proof_once.complaints(asked)
    if not wrong:
        with suppress(OSError):  # a note that cannot be kept is a proof made again
            _keep(note)
    return wrong


def _keep(note: Path) -> None:
    note.parent.mkdir(parents=True, exist_ok=True)
    note.touch()
    notes = sorted(note.parent.iterdir(), key=lambda one: one.stat().st_mtime)
    for old in notes[:-MOST_KEPT]:
        old.unlink(missing_ok=True)


@lru_cache(1)
def _code() -> bytes:
    """The Python that runs and every file of the platform: another proof may see another fault."""
    whole = sha256(sys.version.encode())
    root = Path(__file__).parents[1]
    for file in sorted(root.rglob("*.py")):
        whole.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return whole.digest()
