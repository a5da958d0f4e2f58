"""Logs hold nothing of what people wrote (R9.3).

What a database says of a failing statement repeats what somebody wrote, so of its errors only the kind, the code and
the names of table and constraint are kept. In everything else personal data is masked by what it is.
"""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

import psycopg
from django.db import Error as DjangoDatabaseError

from yiwang.org.personal import masked as masked_text
from yiwang.org.personal.forms import everywhere

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Careful(logging.Formatter):
    """Lines without anybody's data: the database's own words are left out, personal data is masked."""

    def format(self, record: logging.LogRecord) -> str:
        if any(isinstance(one, psycopg.Error | DjangoDatabaseError) for one in _flat(record.args)):
            record = logging.makeLogRecord(
                {**record.__dict__, "args": tuple(_without_values(one) for one in _flat(record.args))}
            )
        return super().format(record)

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = masked(record.message)
        return super().formatMessage(record)

    def formatException(self, ei: _ExcInfo) -> str:
        if ei[1] is None:
            return ""
        told = traceback.TracebackException.from_exception(ei[1], compact=True)
        _say_less(told, ei[1])
        return "".join(told.format()).rstrip()


def masked(text: str) -> str:
    """The text without what is personal anywhere: a log tells of every district."""
    with everywhere():
        return masked_text(text)


def _flat(args: object) -> tuple[object, ...]:
    return args if isinstance(args, tuple) else ()


def _without_values(one: object) -> object:
    return without_values(one) if isinstance(one, BaseException) else one


def without_values(trouble: BaseException) -> str:
    """What may be written of an exception: for the database's its code and names, else its masked words."""
    if isinstance(trouble, psycopg.OperationalError) and trouble.sqlstate is None:
        return masked(str(trouble))  # the driver's own words: the server is away, the connection was lost
    if isinstance(trouble, psycopg.Error):
        named = (trouble.diag.table_name, trouble.diag.column_name, trouble.diag.constraint_name)
        said = [trouble.sqlstate or "no code", *(name for name in named if name)]
        return f"({', '.join(said)}; what the database said is left out)"
    if isinstance(trouble, DjangoDatabaseError):
        inner = trouble.__cause__
        return without_values(inner) if inner is not None else "(what the database said is left out)"
    return masked(str(trouble))


def _say_less(trace: traceback.TracebackException, trouble: BaseException | None) -> None:
    """Replace the words of an exception and of all that it came from."""
    while trace is not None and trouble is not None:
        trace._str = without_values(trouble)  # type: ignore[attr-defined]
        trace.__notes__ = None
        for one, inner in zip(trace.exceptions or (), getattr(trouble, "exceptions", ()), strict=False):
            _say_less(one, inner)
        if trace.__cause__ is not None and trace.__context__ is not None:
            _say_less(trace.__context__, trouble.__context__)
        if trace.__cause__ is not None:
            trace, trouble = trace.__cause__, trouble.__cause__
        elif trace.__context__ is not None:
            trace, trouble = trace.__context__, trouble.__context__
        else:
            return
