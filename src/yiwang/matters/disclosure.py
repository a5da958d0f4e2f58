"""Personal data opened for a purpose, and matters found by a number. With `store`, the only place that does.

Each opening is a row of `org_reading` and an entry of the ledger (R9.1, R9.3); the database shows the plain words of
one matter, while that is being written down and read, and no longer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from yiwang.ledger import clock
from yiwang.ledger import store as ledger
from yiwang.ledger.store import Rows
from yiwang.org import personal
from yiwang.org.asker import Asker
from yiwang.org.keyed import all_keyed
from yiwang.org.queries import facts, readings_by
from yiwang.org.store import keep_reading
from yiwang.why import NotAllowed, Receipt, Refusal, say

from . import queries, rows, unmasking
from .clock_state import State
from .definition import Kind
from .kinds import kind_of
from .models import Matter, Reporter
from .models import Plain as PlainRow
from .plain import HIDDEN, at_path
from .reported import Reported
from .rules import shows_reporter
from .unmasking import LONGEST, Asked

STREAM = "readings"
REPORTER_ERASED = "reporter.erased"  # a fact of a matter: when


@dataclass(frozen=True, slots=True)
class Revealed:
    """What was opened.

    reporter  who reported;  said: field -> plain words as they stand now;  then: (entry, field) -> plain words then
    minutes   how long a page shows it;  nth: which reading of the day it was;  noticed: the auditor is notified
    """

    reporter: Reported
    said: Mapping[str, str] = field(default_factory=dict)
    then: Mapping[tuple[int, str], str] = field(default_factory=dict)
    minutes: int = 0
    nth: int = 0
    noticed: bool = False

    @property
    def seconds(self) -> int:
        """How long it stays on a page."""
        return self.minutes * 60


@transaction.atomic
def unmask(asker: Asker, matter: int, purpose: str, reason: str, *, at: datetime | None = None) -> Revealed | None:
    """Who reported a matter and what was said in plain words; None when no such matter is in sight.

    purpose  a code of the district's personal.yaml;  reason: in words, at least four characters
    Raises Refusal.
    """
    row = Matter.objects.filter(district=asker.district, pk=matter).first()
    if row is None:
        return None
    rules, at, state = facts(asker).personal, at or clock.now(), queries.state_of(asker, row)
    asked = _asked(asker, purpose, reason, at)
    if refusal := unmasking.against(state, asked, rules):
        raise NotAllowed(refusal)
    _write_down(asker, asked, f"matter:{row.number}", at)
    with opened(matter):
        reporter_row = Reporter.objects.filter(matter_id=matter).first()
        every = list(PlainRow.objects.filter(matter_id=matter).order_by("seq"))
    kind = kind_of(asker, row.kind, row.kind_version)
    kept = [one for one in every if _cleared(kind, one.field, asker)]
    reporter = Reported(reporter_row.name, reporter_row.phone, reporter_row.address) if reporter_row else Reported()
    now = {one.field: one.text for one in kept if _still(kind, state, one, reporter)}
    then = {(one.seq, one.field): one.text for one in kept}
    return Revealed(reporter, now, then, rules.shown_minutes, asked.nth, asked.nth > rules.a_day.notice)


def _cleared(kind: Kind, name: str, asker: Asker) -> bool:
    """Whether the asker's role may see as much as a field of the kind tells."""
    spec = kind.fields.get(name)
    return spec is None or spec.sensitivity <= asker.clearance


def _still(kind: Kind, state: State, plain_row: PlainRow, reporter: Reported) -> bool:
    """Whether these words are what the state's mask stands for now."""
    shown = at_path(state, plain_row.field)
    mask = HIDDEN if plain_row.field in kind.hidden else personal.masked(plain_row.text, (reporter.name,))
    return shown is not None and shown == mask


@transaction.atomic
def matters_of_number(
    asker: Asker, number: str, purpose: str, reason: str, *, at: datetime | None = None
) -> list[Matter]:
    """Matters in sight that hold a whole telephone, identity or card number, newest first; the search is a reading.

    The database compares keyed digests: no number is read. Matters whose reporter is hidden from the asker's unit stay
    out (R2.15). Raises Refusal, also for what is no such number.
    """
    at, digits = at or clock.now(), personal.digits_in(number) or personal.digits_in(f"电话{number}")
    asked = _asked(asker, purpose, reason, at)
    if not asked.may:
        raise Refusal(Receipt(say("matters.may_not_unmask"), False, source="R2.15"))
    if len(digits) != 1:
        raise Refusal(Receipt(say("matters.no_whole_number"), False))
    if refusal := unmasking.against_purpose(asked, facts(asker).personal):
        raise Refusal(refusal)
    _write_down(asker, asked, f"number:{personal.masked(f'电话{number}').removeprefix('电话')}"[:80], at)
    with connection.cursor() as cursor:
        digests = list(all_keyed(rows.number_purpose(asker), digits[0]))
        cursor.execute("SELECT matters_of_number(%s)", [digests])
        ids = [one for (one,) in cursor.fetchall()]
    units = tuple(post.unit_code for post in asker.every_post)
    found = queries.newest_first(Matter.objects.filter(district=asker.district, pk__in=ids))
    return [one for one in found if shows_reporter(queries.state_of(asker, one), units)]


def named_in(matter: int, state: State, texts: Iterable[Any]) -> tuple[str, ...]:
    """The reporter's name, where one of the texts may hold it, so that it is masked there too; nobody else is shown it.

    What everybody sees of the name says how it would look: the name itself is read only when something does.
    """
    shown = str(state.get("reporter.name") or "")
    family = shown.rstrip("*")
    looks = re.compile(f"{re.escape(family)}{_HAN}{{{len(shown) - len(family)}}}")
    if not family or family == shown or not any(isinstance(one, str) and looks.search(one) for one in texts):
        return ()
    with opened(matter):
        name = Reporter.objects.filter(matter_id=matter).values_list("name", flat=True).first()
    return (name,) if name else ()


_HAN = "[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]"


def erased_at(state: State) -> datetime | None:
    """When who reported a matter, and all that was said in plain words, was erased; None if it was not."""
    said = state.get(REPORTER_ERASED)
    return datetime.fromisoformat(said) if said else None


@contextmanager
def opened(matter: int) -> Iterator[None]:
    """The database shows plain words of this matter, inside this block alone."""
    _subject(str(matter))
    try:
        yield
    finally:
        if not connection.needs_rollback:
            _subject("")


def _subject(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.subject', %s, true)", [name])


def _asked(asker: Asker, purpose: str, reason: str, at: datetime) -> Asked:
    """What is asked, with how many readings the person has had today; two at once wait for each other."""
    reason = personal.masked(reason.replace("\x00", "").strip())[:LONGEST]
    if asker.person is None:
        return Asked((), False, purpose, reason, 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_READINGS, asker.person % 2**31])
    midnight = at.astimezone(facts(asker).zone).replace(hour=0, minute=0, second=0, microsecond=0)
    today = readings_by(asker, asker.person, midnight, midnight + timedelta(days=1))
    return Asked(asker.posts, asker.may_unmask, purpose, reason, today + 1, asker.every_post, asker.behind)


_READINGS = 0x5245  # a name space of advisory locks


def _write_down(asker: Asker, asked: Asked, subject: str, at: datetime) -> None:
    """The reading as a row, and the row in the ledger."""
    assert asker.person is not None, "the rules let nobody read who is no person"
    said: dict[str, Any] = {"purpose": asked.purpose, "reason": asked.reason, "nth": asked.nth}
    row = keep_reading(asker, asker.person, subject, at, **said)
    data = {"subject": subject, **said}
    rows = [Rows(type(row), [row.pk])]
    ledger.append(asker, f"readings:{asker.person}", "read", data, stream=STREAM, at=at, rows=rows)
