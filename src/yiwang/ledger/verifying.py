"""Is the history whole, and is what figures are counted from what the history says? (design §6, 10.7)

Everything is read as the owner, in one snapshot, while work goes on: chains, rows against chains, checkpoints against
chains, and checkpoints against lines that were kept elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby

from django.db import connection, models, transaction

from yiwang.org import session
from yiwang.org.district import District
from yiwang.org.installed import district as installed
from yiwang.org.queries import facts
from yiwang.why import Words, say

from . import beginning, chain, checkpoints, keys, reading, rooms, signing
from .checkpoints import Anchor
from .folding import MOST, deviations
from .models import Checkpoint
from .rows import district_column

UNREADABLE = (ValueError, TypeError, LookupError, AttributeError)  # what comes of reading a definition that is none
BEHIND = 10_000  # changed rows since the planner was last told that make it worth telling again


@dataclass
class Verified:
    """The result of a verification: `broken` names a subject each, `notes` say what could not be checked."""

    district: str = ""
    subjects: int = 0
    entries: int = 0
    rows: int = 0
    checkpoints: int = 0
    anchors: int = 0
    files: int = 0
    broken: list[chain.Break] = field(default_factory=list)
    notes: list[Words] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return not self.broken


def verify(
    district: int,
    subject: str = "",
    *,
    anchors: Sequence[Anchor] | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Verified:
    """Look at everything in one district, or at one subject's chain and rows. Call outside any transaction.

    anchors  lines of checkpoints kept elsewhere; None: those that this machine keeps beside its key
    """
    with session.as_owner():
        _tell_the_planner()
        with _one_snapshot():
            found = looked_at(district, subject, anchors=anchors, progress=progress)
        found.broken = [one for one in found.broken if one.still is None or one.still()]
        return found


def lost() -> list[chain.Break]:
    """Ledgers of districts that are not there any more: nobody would look at them."""
    with session.as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT h.district_id FROM ledger_head h LEFT JOIN org_district d ON d.id = h.district_id"
            " WHERE d.id IS NULL ORDER BY h.district_id"
        )
        return [chain.Break(f"district:{pk}", 0, say("ledger.no_district", id=pk)) for (pk,) in cursor.fetchall()]


def looked_at(
    district: int,
    subject: str = "",
    *,
    anchors: Sequence[Anchor] | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Verified:
    """What `verify` finds, in the transaction that is open, as the owner.

    A definition that was changed until nothing can read it is named like every other; what needs it stays unlooked at,
    which is said.
    """
    result = Verified(installed(district).code)
    if not keys.known():
        result.notes.append(say("ledger.no_key", file=str(keys.path())))
    try:
        _look(result, facts(session.system(district)), subject, anchors, progress)
    except UNREADABLE:
        if not result.broken:
            result.broken += [one for model in rooms.definitions() for one in _rows_of(model, district, result)]
        if not result.broken:
            raise
        result.notes.append(say("ledger.not_looked_at"))
    return result


def _look(
    result: Verified, of: District, subject: str, anchors: Sequence[Anchor] | None, progress: Callable[[str], None]
) -> None:
    """Chains, rows, what rooms keep, checkpoints, in this order. Raises UNREADABLE where a definition cannot be."""
    progress("chains")
    result.broken += _chains(of, result, subject)
    if not subject or result.entries:
        progress("rows")
        result.broken += _rows(of, result, subject)
    progress("rooms")
    for difference in rooms.differences(of, beginning.notes(of.id), subject):
        result.subjects += not difference.files
        result.entries += difference.entries
        result.files += difference.files
        result.broken += difference.broken
    if not subject:
        progress("checkpoints")
        result.broken += _checkpoints(of, result)
        lines = checkpoints.kept_lines() if anchors is None else anchors
        result.broken += _anchors(of, result, [line for line in lines if line.district == of.code])


def _tell_the_planner() -> None:
    """After a restore the planner knows nothing of any table, and may take hours for what takes seconds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'"
            " LEFT JOIN pg_stat_user_tables s ON s.relid = c.oid"
            " WHERE c.relkind IN ('r', 'p') AND pg_has_role(c.relowner, 'USAGE') AND pg_relation_size(c.oid) > 0"
            " AND (c.reltuples < 0 OR coalesce(s.n_mod_since_analyze, 0) > %s)",
            [BEHIND],
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")


@contextmanager
def _one_snapshot() -> Iterator[None]:
    """What is there at one moment; nothing is written, and who goes away in the middle leaves nothing running."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SET LOCAL client_connection_check_interval = '1s'")
        cursor.execute("SET LOCAL statement_timeout = 0")
        yield


def _chains(district: District, result: Verified, only: str = "") -> Iterator[chain.Break]:
    """Each chain of `ledger_entry`, and entries that belong to none."""
    known = keys.known()
    for subject, head, links in reading.chains(district.id, only):
        result.subjects += 1
        result.entries += len(links)
        if wrong := chain.broken(subject, links, head, district.digest, known):
            yield wrong
    if only:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT e.subject FROM ledger_entry e LEFT JOIN ledger_head h"
            " ON h.district_id = e.district_id AND h.subject = e.subject AND h.seq > 0"
            " WHERE e.district_id = %s AND h.id IS NULL ORDER BY e.subject LIMIT %s",
            [district.id, MOST],
        )
        for (subject,) in cursor.fetchall():
            yield chain.Break(subject, 0, say("ledger.no_head"))


def _rows(district: District, result: Verified, only: str) -> Iterator[chain.Break]:
    """Each row that the ledger speaks of: there, unchanged, and none beside them; or those of one subject."""
    joined = beginning.joined(district.id)
    for model in rooms.in_the_ledger():
        if model._meta.db_table in joined:
            broken = _rows_of(model, district.id, result)
            yield from (one for one in broken if one.subject == only) if only else broken


def _rows_of(model: type[models.Model], district: int, result: Verified) -> Iterator[chain.Break]:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} AS t WHERE {district_column(model)} = %s", [district])
        result.rows += cursor.fetchone()[0]
    for deviation in deviations(model, district):
        if deviation.subject is None or (deviation.gone and deviation.now is not None):
            yield chain.Break(
                deviation.subject or f"{table}:{deviation.id}",
                0,
                say("ledger.row_new", table=table, id=str(deviation.id)),
            )
        elif deviation.now is None:
            yield chain.Break(deviation.subject, 0, say("ledger.row_gone", table=table, id=str(deviation.id)))
        else:
            for column in deviation.columns():
                yield chain.Break(
                    deviation.subject, 0, say("ledger.row_differs", table=table, id=str(deviation.id), column=column)
                )


def _checkpoints(district: District, result: Verified) -> Iterator[chain.Break]:
    """Each checkpoint against the one before, its own leaves and its signature; each leaf against its chain, once."""
    public = signing.public_keys()
    as_it_is_now = installed(district.id)
    prev, n, at = chain.GENESIS, 0, {}
    leaves = _Following(_leaves(district.id))
    for row in Checkpoint.objects.filter(district=district.id).order_by("n").iterator(chunk_size=500):
        n += 1
        result.checkpoints += 1
        anchor, subject = checkpoints.anchor_of(row, as_it_is_now), f"checkpoint:{row.n}"
        at[row.n] = row.at.astimezone(district.zone)
        its = leaves.of(row.pk)
        if row.n != n or anchor.prev != prev:
            yield chain.Break(subject, row.n, say("ledger.checkpoint_gap", n=n))
            n = row.n
        if anchor.hash != bytes(row.hash) or checkpoints.root_of(its, district.digest) != anchor.root:
            yield chain.Break(subject, row.n, say("ledger.checkpoint_changed", n=row.n))
        if public and anchor.signed_by not in public:
            yield chain.Break(subject, row.n, say("ledger.checkpoint_other_key", n=row.n, fingerprint=anchor.signed_by))
        elif public and not signing.signed(anchor.hash, anchor.signature, public[anchor.signed_by]):
            yield chain.Break(subject, row.n, say("ledger.checkpoint_unsigned", n=row.n))
        prev = bytes(row.hash)
    for source in rooms.sources():
        with connection.cursor() as cursor:
            cursor.execute(source.strays, [source.name, district.id])
            strays = cursor.fetchall()
        for subject, seq, taken in strays:
            yield chain.Break(subject, seq, say("ledger.leaf_stray", seq=seq, n=taken, at=at[taken]))


class _Following:
    """Leaves, checkpoint by checkpoint, where some may have none."""

    def __init__(self, leaves: Iterator[tuple[int, list[tuple[str, str, int, bytes]]]]) -> None:
        self._leaves, self._next = leaves, next(leaves, None)

    def of(self, checkpoint: int) -> list[tuple[str, str, int, bytes]]:
        if self._next is None or self._next[0] != checkpoint:
            return []
        (_, its), self._next = self._next, next(self._leaves, None)
        return its


def _leaves(district: int) -> Iterator[tuple[int, list[tuple[str, str, int, bytes]]]]:
    """(checkpoint, its leaves in their order) of all that have some."""
    rows = reading.fetched(
        "SELECT l.checkpoint_id, l.source, l.subject, l.seq, l.hash FROM ledger_leaf l JOIN ledger_checkpoint c"
        ' ON c.id = l.checkpoint_id WHERE c.district_id = %s ORDER BY c.n, l.source COLLATE "C",'
        ' l.subject COLLATE "C"',
        [district],
    )
    for taken, its in groupby(rows, key=lambda row: row[0]):
        yield taken, [(source, subject, seq, bytes(ended)) for _, source, subject, seq, ended in its]


def _anchors(district: District, result: Verified, lines: Iterable[Anchor]) -> Iterator[chain.Break]:
    """Checkpoints that were kept elsewhere, against those that are here."""
    here = dict(Checkpoint.objects.filter(district=district.id).values_list("n", "hash"))
    public = signing.public_keys()
    for line in lines:
        result.anchors += 1
        subject = f"checkpoint:{line.n}"
        if line.signed_by in public and not signing.signed(line.hash, line.signature, public[line.signed_by]):
            yield chain.Break(subject, line.n, say("ledger.line_unsigned", n=line.n))
        elif line.n not in here:
            yield chain.Break(subject, line.n, say("ledger.checkpoint_gone", n=line.n, at=line.at))
        elif bytes(here[line.n]) != line.hash:
            yield chain.Break(subject, line.n, say("ledger.checkpoint_not_the_line", n=line.n, at=line.at))
