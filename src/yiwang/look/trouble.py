"""Which troubles of the database pass by themselves, so that "try again in a moment" is a true sentence."""

from __future__ import annotations

import errno
from collections.abc import Iterator

from psycopg import InterfaceError, OperationalError, errors
from psycopg_pool import PoolTimeout, TooManyRequests

PASSING = (
    OperationalError,  # the server is away, starting, stopping or full; a deadlock; a failed serialisation
    errors.LockNotAvailable,
    errors.QueryCanceled,
    errors.IdleInTransactionSessionTimeout,
    errors.TransactionTimeout,
    PoolTimeout,
    TooManyRequests,
)
LASTING = (errors.ProgramLimitExceeded, errors.ConfigurationLimitExceeded)


def causes(trouble: BaseException | None) -> Iterator[BaseException]:
    """The trouble and what it came from (Django wraps the driver's errors and keeps them as causes)."""
    seen: set[int] = set()
    while trouble is not None and id(trouble) not in seen:
        seen.add(id(trouble))
        yield trouble
        trouble = trouble.__cause__ or trouble.__context__


def is_full(trouble: BaseException | None) -> bool:
    """Whether a disk is full: ours, or the database's."""
    return any(
        isinstance(one, errors.DiskFull) or (isinstance(one, OSError) and one.errno in (errno.ENOSPC, errno.EDQUOT))
        for one in causes(trouble)
    )


def passing(trouble: BaseException | None) -> BaseException | None:
    """What of it passes by itself, so that the same request may well succeed a moment later; else None."""
    for cause in causes(trouble):
        if isinstance(cause, LASTING):
            return None
        if isinstance(cause, PASSING) or (isinstance(cause, InterfaceError) and "clos" in str(cause)):
            return cause
    return None


def is_passing(trouble: BaseException | None) -> bool:
    return passing(trouble) is not None
