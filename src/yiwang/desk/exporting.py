"""The list of matters as a file for a spreadsheet, in the words of the reader's language, without a reporter's name or
number (R2.15). Times are the district's own, and the head says by how much they differ from UTC."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from yiwang.ledger import store as ledger
from yiwang.look.asked import Asked
from yiwang.look.gate import StaffRequest, staff_only
from yiwang.look.speech import language
from yiwang.matters import ending, queries
from yiwang.matters.drawn import wkt_of
from yiwang.matters.kinds import kind_of, world
from yiwang.matters.objects import named_in
from yiwang.matters.page_rows import MatterRow
from yiwang.matters.queries import Filter
from yiwang.matters.unsearchable import unsearchable
from yiwang.matters.world import World
from yiwang.org import personal
from yiwang.org.asker import Asker
from yiwang.org.session import acting_as
from yiwang.why import Incomplete, Words, say
from yiwang.why.words import format_value

from .shown import category_path, channel_of

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 1_048_575  # of a sheet, below its head
MOST_SIGNS = 32_767  # of a cell
# the category's code stands beside its words: with it a row can be brought in again
COLUMNS = (
    "number",
    "kind",
    "title",
    "category",
    "category_code",
    "stage",
    "ended",
    "street",
    "lead",
    "channel",
    "created_at",
    "clock",
    "due_at",
    "closed_at",
    "objects",
    "shape",  # well-known text, so that a map program opens the file
)
FORMULAS = frozenset("=+-@")  # what a spreadsheet takes for the beginning of a formula
UNSEEN = " \t\r\n\v\f\xa0\u3000\u2028\u2029\u200b\u200c\u200d\u2060\ufeff\"'“”‘’`"  # blanks, marks, quotes before it
TIMES = ("created_at", "due_at", "closed_at")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Who reads, in which language, what, as it stood when."""

    asker: Asker
    wanted: Filter
    now: datetime
    tongue: str
    known: World

    @classmethod
    def of(cls, request: StaffRequest) -> Sheet:
        """What is asked for; that it was, stands in the ledger before the first row leaves the house (R9.1).

        Raises Incomplete for what cannot be searched for: an empty file would say that there is nothing.
        """
        asker, address = request.asker, Asked.of_address(request)
        wanted = Filter.of(address.everything)
        if wrong := unsearchable(asker, wanted):
            raise Incomplete(wrong)
        asked = {
            name: personal.masked(value)[:200] for name, value in address.all_fields().items() if value and name != "q"
        }
        if address.written("q"):
            asked["q"] = "…"  # words may be anybody's name, and an entry is for ever
        ledger.append(asker, f"person:{asker.person}", "export", {"what": "matters", "wanted": asked}, stream="exports")
        return cls(asker, wanted, timezone.now(), language(), world(asker))

    def name(self, ending: str) -> str:
        return f'attachment; filename="matters-{self.now.astimezone(self.known.district.zone):%Y%m%d-%H%M}.{ending}"'

    def head(self) -> list[str]:
        zone = _zone_text(self.known.district.zone, self.now)
        return [
            self._words(say(f"desk.column_{name}"))
            + (self._words(say("desk.in_zone", zone=zone)) if name in TIMES else "")
            for name in COLUMNS
        ]

    def rows(self) -> Iterator[list[Any]]:
        """One row a matter, in the list's order: text, and times of the district without their zone."""
        with acting_as(self.asker):
            for row in queries.walk(self.asker, self.wanted, now=self.now):
                yield self._row(row)

    def _row(self, row: MatterRow) -> list[Any]:
        kind, units = kind_of(self.asker, row.kind, row.kind_version), self.known.district.units
        clock = kind.clocks.get(row.due_clock) if row.due_at is not None else None
        cells: dict[str, Any] = {
            "number": row.number,
            "kind": self._words(kind.title.mapping()),
            "title": self._words(row.called),
            "category": " / ".join(self._words(one) for one in category_path(self.known, row.category)),
            "category_code": row.category,
            "stage": self._words(kind.stages[row.stage].title.mapping()),
            "ended": self._words(end.title) if (end := ending.shown(kind, row.facts, self.known)) else "",
            "street": self._words(units[row.street_id].name) if row.street_id else "",
            "lead": self._words(units[row.lead_id].name) if row.lead_id else "",
            "channel": self._words(channel_of(row, kind)),
            "objects": "；".join(
                f"{one.code} {self._words(one.name)}" for _, one in named_in(kind.fields, row.facts, self.known.lists)
            ),
            "shape": wkt_of(kind.fields, row.facts),
            "clock": self._words(clock.title.mapping()) if clock else "",
        }
        zone = self.known.district.zone
        for name in TIMES:
            at: datetime | None = getattr(row, name)
            cells[name] = at.astimezone(zone).replace(tzinfo=None, microsecond=0) if at else None
        return [cells[name] for name in COLUMNS]

    def _words(self, words: Any) -> str:
        if isinstance(words, Words):
            return words.speak(self.tongue)
        return format_value(words, self.tongue) if words else ""


def _zone_text(zone: Any, now: datetime) -> str:
    """ "UTC+08:00"; where clocks are changed with the season, the zone's own name."""
    offsets = {datetime(now.year, month, 1, tzinfo=zone).strftime("%z") for month in (1, 7)}
    offset = offsets.pop()
    return str(zone) if offsets else f"UTC{offset[:3]}:{offset[3:]}"


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, value: str) -> str:
        return value


@staff_only
def as_csv(request: StaffRequest) -> StreamingHttpResponse:
    """UTF-8 with its mark, so that a spreadsheet reads it as it is."""
    sheet = Sheet.of(request)

    def lines() -> Iterator[str]:
        writer = csv.writer(_Echo())
        yield "\ufeff"
        yield writer.writerow(sheet.head())
        # the answer is sent after the request's own transaction has ended, so it opens one of its own
        for row in sheet.rows():
            yield writer.writerow([plain(value) for value in row])

    answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = sheet.name("csv")
    return answer


def plain(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula, whatever the width of its first sign.

    >>> plain("＝1+1"), plain("-5"), plain("a=1"), plain(None)
    ("'＝1+1", "'-5", 'a=1', '')
    """
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    text = "" if value is None else str(value)
    shown = unicodedata.normalize("NFKC", text.lstrip(UNSEEN)[:1])  # full width and small forms are the same signs
    return f"'{text}" if shown[:1] in FORMULAS or text[:1] in ("\t", "\r", "\n") else text


@staff_only
def as_xlsx(request: StaffRequest) -> HttpResponse:
    """The same as a workbook: text is text and times are times. What a sheet cannot hold is counted at its end."""
    sheet, book = Sheet.of(request), Workbook(write_only=True)
    page = book.create_sheet(sheet._words(say("desk.matters")))
    page.freeze_panes = "A2"
    for letter, width in zip("ABCDEFGHIJKLMN", (20, 16, 36, 34, 11, 12, 18, 14, 24, 12, 19, 14, 19, 19), strict=True):
        page.column_dimensions[letter].width = width
    page.append([_cell(page, words, bold=True) for words in sheet.head()])
    left = 0
    for n, row in enumerate(sheet.rows()):
        if n < MOST_ROWS - 1:
            page.append([_cell(page, value) for value in row])
        else:
            left += 1
    if left:
        page.append([_cell(page, sheet._words(say("desk.rest", n=left)))])
    kept = io.BytesIO()
    book.save(kept)
    answer = HttpResponse(kept.getvalue(), content_type=SHEET)
    answer["Content-Disposition"] = sheet.name("xlsx")
    return answer


def _cell(page: Any, value: Any, *, bold: bool = False) -> Any:
    if isinstance(value, str) and len(value) > MOST_SIGNS:
        value = f"{value[: MOST_SIGNS - 1]}…"  # the text file has all of it
    if not isinstance(value, str):
        cell = WriteOnlyCell(page, value)
        if value is not None:
            cell.number_format = "yyyy-mm-dd hh:mm:ss"
        return cell
    cell = WriteOnlyCell(page, ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"  # never a formula, whatever it begins with
    if bold:
        cell.font = Font(bold=True)
    return cell
