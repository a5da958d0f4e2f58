"""The last guard: a thread that has served one person holds nothing of them when it serves the next."""

from __future__ import annotations

import logging

from django.db import connections
from psycopg.pq import TransactionStatus

log = logging.getLogger(__name__)


def let_go() -> None:
    """Close what a request left open on this thread: a connection within a transaction is thrown away whole.

    A request that ended as it should has given its connection back already, and this finds nothing to do.
    """
    for connection in connections.all(initialized_only=True):
        raw = connection.connection
        if raw is None and not connection.in_atomic_block:
            continue
        try:
            if connection.in_atomic_block or raw.info.transaction_status != TransactionStatus.IDLE:
                log.error("a request ended within a transaction of %r: its connection is thrown away", connection.alias)
                if raw is not None:
                    raw.close()  # the server rolls back; the pool takes a new one in its place
                connection.in_atomic_block = False
                connection.savepoint_ids, connection.run_on_commit = [], []
            connection.close()
        except Exception:
            log.exception("a connection could not be given back")
        if connection.connection is not None or connection.in_atomic_block or connection.closed_in_transaction:
            del connections[connection.alias]
