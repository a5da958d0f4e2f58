"""The matters that stand in a queue, as a condition of a filter: the same condition that the rules evaluate, as SQL.

Running matters keep the version of their kind, so each version has its own condition.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import BigAutoField, Lookup, Q

from yiwang.org.asker import Asker

from .definition import Kind
from .kinds import every_kind
from .queues import Queue, named


class Fits(Lookup):
    """`pk__fits=(district, kind, version, ended, condition, now)`.

    The ids are found by their kind first: the planner cannot know how few of them fit.
    """

    lookup_name = "fits"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        column, params = self.process_lhs(compiler, connection)
        district, kind, version, ended, condition, now = self.rhs
        stands = "NOT NULL" if ended else "NULL"
        return (
            f"{column} = ANY(ARRAY(SELECT m.id FROM (SELECT *, %s::timestamptz AS now FROM matters_matter) m"
            f" WHERE m.district_id = %s AND m.kind = %s AND m.kind_version = %s AND m.closed_at IS {stands}"
            f" AND ({condition.replace('%', '%%')}) IS TRUE))",
            [*params, now, district, kind, version],
        )


BigAutoField.register_lookup(Fits)


def in_queue(asker: Asker, text: str, now: datetime) -> Q:
    """Those that stand in the queue "kind/queue"; nothing where there is none of that name."""
    wanted, name = named(text)
    condition = Q(pk__in=[])
    for kind in every_kind(asker):
        if kind.matter == wanted and name in kind.queues:
            condition |= Q(pk__fits=_of(asker, kind, kind.queues[name], now))
    return condition


def _of(asker: Asker, kind: Kind, queue: Queue, now: datetime) -> tuple[Any, ...]:
    condition = kind.expressions[queue.when].sql("postgres")
    return asker.district, kind.matter, kind.version, queue.library is not None, condition, now
