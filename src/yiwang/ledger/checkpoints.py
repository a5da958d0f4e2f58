"""Checkpoints: what had been written up to a moment, in one signed line that can be kept elsewhere (design §6).

A checkpoint holds the ends of all chains that have grown since the one before (its leaves), and the hash of the one
before. So all of them together hold every chain, each end is written once, and a verification looks at each once.

It is taken in one snapshot and keeps nobody waiting. Which entries are new is asked by their numbers; numbers are drawn
before they are committed, so a number may still come in below one that is there already. Each checkpoint therefore
keeps the highest number drawn before its snapshot (`reached`), and the first transaction that had not begun then
(`snapshot`). Once every transaction before that one has ended, nothing can come in below `reached` any more: from there
on the next checkpoint need not look back further (`marks`).
"""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from yiwang.org import session
from yiwang.org.installed import Installed
from yiwang.org.installed import district as installed

from . import chain, clock, keys, rooms, signing
from .models import Checkpoint, Leaf

_LOCK = 0x79697761  # one checkpoint at a time
LINE = re.compile(
    r"^yiwang-checkpoint-1 (?P<district>\S+) (?P<n>\d+) (?P<at>\S+) (?P<leaves>\d+) (?P<root>[0-9a-f]{64})"
    r" (?P<prev>[0-9a-f]{64}) (?P<algorithm>sha256|sm3) (?P<signed_by>[0-9a-f]{16}) (?P<signature>\S+)$"
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """One checkpoint as it is printed: everything that is hashed and signed, so that the line proves itself."""

    district: str
    n: int
    at: str
    leaves: int
    root: bytes
    prev: bytes
    algorithm: str
    signed_by: str
    signature: bytes = b""

    @property
    def hash(self) -> bytes:
        """What is signed, and what the next checkpoint carries."""
        body = ("yiwang-checkpoint-1", self.district, self.n, self.at, self.leaves, self.root.hex(), self.prev.hex())
        return chain.digest(chain.encode((*body, self.signed_by)), self.algorithm)

    def line(self) -> str:
        """The checkpoint in one line, to be kept where the database's keepers cannot reach it."""
        parts = [self.district, self.n, self.at, self.leaves, self.root.hex(), self.prev.hex(), self.algorithm]
        signature = base64.b64encode(self.signature).decode()
        return " ".join(map(str, ["yiwang-checkpoint-1", *parts, self.signed_by, signature]))


class NotALine(ValueError):
    """A text that is no checkpoint's line."""


def read_line(line: str) -> Anchor:
    """The checkpoint that a printed line tells. Raises NotALine."""
    match = LINE.match(line.strip())
    if not match:
        raise NotALine(line)
    said: dict[str, Any] = match.groupdict()
    try:
        signature = base64.b64decode(said["signature"], validate=True)
    except ValueError:
        raise NotALine(line) from None
    said |= {"n": int(said["n"]), "leaves": int(said["leaves"]), "signature": signature}
    said |= {"root": bytes.fromhex(said["root"]), "prev": bytes.fromhex(said["prev"])}
    return Anchor(**said)


def anchor_of(row: Checkpoint, district: Installed) -> Anchor:
    """A checkpoint of the database as it is printed."""
    return Anchor(
        district.code,
        row.n,
        chain.moment(row.at),
        row.leaves,
        bytes(row.root),
        bytes(row.prev),
        district.digest,
        row.signed_by,
        bytes(row.signature),
    )


def lines(district: Installed, most: int | None = None) -> list[str]:
    """The last checkpoints of a district as they are printed, the oldest first; all of them without `most`."""
    with session.as_owner():
        last = list(Checkpoint.objects.filter(district=district.id).order_by("-n")[:most])
    return [anchor_of(row, district).line() for row in reversed(last)]


def file() -> Path:
    """Where this machine keeps the lines of the checkpoints that it took: beside the key, outside the database."""
    return keys.path().with_suffix(".checkpoints")


def kept_lines() -> list[Anchor]:
    """The lines that this machine keeps; those that cannot be read are passed over."""
    try:
        lines = file().read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []
    anchors = []
    for line in lines:
        try:
            anchors.append(read_line(line))
        except NotALine:
            continue
    return anchors


def leaf_hash(source: str, subject: str, seq: int, ended: bytes) -> bytes:
    """A leaf as it enters the tree."""
    return chain.encode((source, subject, seq, ended.hex()))


def root_of(leaves: Iterable[tuple[str, str, int, bytes]], algorithm: str) -> bytes:
    """The Merkle root over leaves (source, subject, seq, hash) in order."""
    return chain.merkle_root([leaf_hash(*leaf) for leaf in leaves], algorithm)


def take(district: int, *, at: datetime | None = None) -> Checkpoint | None:
    """Take a checkpoint of a district, outside any transaction; None when nothing was written since the last one."""
    with session.as_owner(), _alone():
        reached = {source.name: _drawn(source.sequence) for source in rooms.sources()}
        moment = at or clock.now()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute(
                "SELECT pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint"
                " FROM pg_current_snapshot() AS s"
            )
            ended_before, not_begun = cursor.fetchone()
            of = installed(district)
            before = Checkpoint.objects.filter(district=district).order_by("-n").first()
            marks = before.marks if before else {}
            leaves = [
                (source.name, *end)
                for source in rooms.sources()
                for end in _new_ends(source, district, int(marks.get(source.name, 0)), before is not None)
            ]
            if not leaves and before is not None:
                return None
            leaves.sort(key=lambda leaf: leaf[:2])
            made = _checkpoint(of, before, leaves, moment, not_begun, reached, _marks(district, ended_before, marks))
        _note(made, of)
        return made


def _checkpoint(
    district: Installed,
    before: Checkpoint | None,
    leaves: list[tuple[str, str, int, bytes]],
    at: datetime,
    snapshot: int,
    reached: dict[str, int],
    marks: dict[str, int],
) -> Checkpoint:
    root, prev = root_of(leaves, district.digest), bytes(before.hash) if before else chain.GENESIS
    n = before.n + 1 if before else 1
    anchor = Anchor(district.code, n, chain.moment(at), len(leaves), root, prev, district.digest, signing.fingerprint())
    made = Checkpoint.objects.create(
        district_id=district.id,
        n=n,
        at=at,
        leaves=len(leaves),
        root=root,
        prev=prev,
        hash=anchor.hash,
        signed_by=anchor.signed_by,
        signature=signing.sign(anchor.hash),
        marks=marks,
        reached=reached,
        snapshot=snapshot,
    )
    Leaf.objects.bulk_create(
        (
            Leaf(checkpoint=made, source=source, subject=subject, seq=seq, hash=ended)
            for source, subject, seq, ended in leaves
        ),
        batch_size=2000,
    )
    return made


def _new_ends(source: rooms.Source, district: int, mark: int, followed: bool) -> Iterator[tuple[str, int, bytes]]:
    """The ends of the chains that have grown, but those that an earlier checkpoint holds already."""
    with connection.cursor() as cursor:
        cursor.execute(source.ends, [mark, district])
        ends = [(subject, seq, bytes(ended)) for subject, seq, ended in cursor.fetchall()]
        if followed and ends:
            cursor.execute(
                "SELECT l.subject, l.seq FROM ledger_leaf l JOIN ledger_checkpoint c ON c.id = l.checkpoint_id"
                " JOIN unnest(%s::text[], %s::int[]) AS wanted(subject, seq)"
                " ON wanted.subject = l.subject AND wanted.seq = l.seq"
                " WHERE c.district_id = %s AND l.source = %s",
                [[one[0] for one in ends], [one[1] for one in ends], district, source.name],
            )
            held = set(cursor.fetchall())
            ends = [one for one in ends if one[:2] not in held]
    yield from ends


def _marks(district: int, ended_before: int, known: dict[str, int]) -> dict[str, int]:
    """For each source the number below which nothing can come in any more.

    ended_before  every transaction before this one has ended
    """
    settled = Checkpoint.objects.filter(district=district, snapshot__lte=ended_before).order_by("-n").first()
    return {**known, **(settled.reached if settled else {})}


def _drawn(sequence: str) -> int:
    """The highest number that a sequence has given out."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")
        return int(cursor.fetchone()[0])


class _alone:
    """One checkpoint at a time in the whole installation; nobody else waits for it."""

    def __enter__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])

    def __exit__(self, *_: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _note(made: Checkpoint, district: Installed) -> None:
    """Keep the line on this machine, outside the database."""
    descriptor = os.open(file(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(anchor_of(made, district).line() + "\n")
