"""The last guards: a thread that has served one person holds nothing of them when it serves the next, and no pool
hands out connections to a server that is gone."""

from __future__ import annotations

import logging
import sys
import threading
from typing import Any

from django.db import connections
from psycopg import OperationalError, errors
from psycopg.pq import TransactionStatus

from yiwang.look.trouble import passing

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


_looking_over = threading.Lock()


def look_over_pools(**_: Any) -> None:
    """After a request failed because its connection was lost (`got_request_exception`): the others are tried too.

    Otherwise each idle connection to a server that was restarted would cost one more visitor their page.
    """
    trouble = passing(sys.exc_info()[1])
    if not isinstance(trouble, OperationalError) or isinstance(trouble, errors.LockNotAvailable | errors.QueryCanceled):
        return
    pools = [pool for one in connections.all(initialized_only=True) if (pool := getattr(one, "pool", None))]
    if _looking_over.acquire(blocking=False):
        threading.Thread(target=_look_over, args=(pools,), name="pools", daemon=True).start()


def _look_over(pools: list[Any]) -> None:
    try:
        for pool in pools:
            pool.check()
    finally:
        _looking_over.release()
