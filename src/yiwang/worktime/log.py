"""A log of real requests: a table, plain or gzip, with one row for each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import zip_longest
from pathlib import Path
from zoneinfo import ZoneInfo

from yiwang.tables import BrokenArchive, Unreadable
from yiwang.tables.opening import records_of
from yiwang.typed.moments import ISO, in_form
from yiwang.why import Words

from .errors import RulesError

Row = dict[str, str]

# tried in this order after ISO 8601; a rules file may name its own
TIME_FORMATS = (
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M %p",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y",
    "%m/%d/%y %H:%M",
    "%Y年%m月%d日 %H:%M:%S",
    "%Y年%m月%d日 %H:%M",
    "%Y年%m月%d日",
    "%Y/%m/%d",
)
_WITH_A_TIME = re.compile("%[HIcXT]")


def rows(path: Path, columns: Sequence[str], passed: list[Words] | None = None) -> Iterator[tuple[int, Row]]:
    """Each row with the line of the file on which it begins. Raises `RulesError` when a column is missing.

    passed  receives, when all rows have been walked, a sentence for what a workbook hides and was not read
    """
    try:
        with records_of(path, otherwise="latin-1") as records:
            head = next(records.records, None)
            names = head.cells if head else []
            for column in columns:
                if column not in names:
                    raise RulesError("worktime.error.column", column=column, file=path.name, known=names)
            for record in records.records:
                if not record.cells:  # a quotation mark that is never closed
                    raise RulesError("worktime.error.csv", file=path.name, line=record.line)
                yield record.line, dict(zip_longest(names, record.cells[: len(names)], fillvalue=""))
            if passed is not None:
                passed += records.hidden.told()
    except BrokenArchive as error:
        raise RulesError("worktime.error.gzip", file=path.name) from error
    except Unreadable as error:
        raise RulesError("worktime.error.in_file", where=path.name, problem=error.words) from error


class Times:
    """Reads the times of one log; those without an offset are on the wall clock of `zone`."""

    def __init__(self, zone: ZoneInfo, form: str | None = None) -> None:
        self._zone = zone
        self._forms = [form] if form else [ISO, *TIME_FORMATS]

    def read(self, text: str | None) -> datetime | None:
        """The instant, or None for an empty field. Raises `ValueError` for what is no time."""
        plain = (text or "").strip()
        if not plain.isascii():  # full-width digits and colons
            plain = unicodedata.normalize("NFKC", plain)
        if not plain:
            return None
        for form in self._forms:
            at = in_form(plain, form)
            if at is None:
                continue
            if form != self._forms[0]:  # one log has one form: try it first from now on
                self._forms.remove(form)
                self._forms.insert(0, form)
            return at if at.tzinfo else at.replace(tzinfo=self._zone)
        raise ValueError(plain)

    def read_end(self, text: str | None) -> datetime | None:
        """The same for a deadline: a date alone ends with that day, at 24:00."""
        at = self.read(text)
        form = self._forms[0]
        if at is None or _WITH_A_TIME.search(form) or (form == ISO and len((text or "").strip()) > 10):
            return at
        return at + timedelta(days=1)
