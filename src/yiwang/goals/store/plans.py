"""A plan comes in: kept unchanged, read, every statement waiting for a person."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from yiwang.files import store as files
from yiwang.ledger import clock
from yiwang.ledger import store as ledger
from yiwang.org.asker import Asker
from yiwang.org.district import District
from yiwang.org.queries import facts
from yiwang.reading import Statement as Read
from yiwang.reading import read
from yiwang.why import Conflict, Incomplete, Receipt, say

from .. import doubts
from ..models import Plan, Statement
from ..permissions import must_supervise
from ..queries.learning import Learnt, learnt
from ..queries.settings import rules_of
from ..units import owners_of

NOUN = "plan"  # what a file says that it belongs to


@transaction.atomic
def import_plan(
    asker: Asker,
    source: bytes,
    filename: str,
    *,
    kind: str = "plan",
    year: int | None = None,
    at: datetime | None = None,
) -> Plan:
    """Keep a plan or report and everything that can be read of it; nothing of it is a goal yet.

    source  the file's bytes (txt, md, html, docx, pdf, xlsx)
    year    the year of the plan, where its text does not say it
    Raises reading.UnreadableDocument, Conflict (its value is the number of the earlier one), Incomplete where neither
    the text nor `year` says the year: every date hangs on it, and what is read once is not read again. Refusal.
    """
    must_supervise(asker)
    digest = hashlib.sha256(source).hexdigest()
    earlier = Plan.objects.filter(district=asker.district, sha256=digest).first()
    if earlier is not None:
        said = say("goals.already_read", title=earlier.title)
        raise Conflict(Receipt(said, earlier.pk, source=f"plan:{earlier.pk}"))
    reading = read(source, filename=filename, year=year)
    stated = reading.year or year
    if stated is None:
        raise Incomplete({"year": say("goals.plan_of_no_year")})
    district, at = facts(asker), at or clock.now()
    plan = Plan.objects.create(
        district_id=asker.district,
        title=(reading.title or filename)[:200],
        year=stated,
        kind=kind,
        filename=filename[:200],
        sha256=digest,
        text=storable(reading.text),
        items=[item.to_json() for item in reading.items],
        warnings=[{"zh": words.speak("zh"), "en": words.speak("en")} for words in reading.warnings],
        person_id=asker.person,
        at=at,
        seen_by=[district.root.id],
    )
    files.keep_as_it_came(asker, filename, source, noun=NOUN, subject=plan.pk, at=at)
    known = learnt(asker)
    made = Statement.objects.bulk_create(
        [_row(asker, district, plan, position, one, known) for position, one in enumerate(reading.statements, 1)]
    )
    rows = (ledger.Rows(Plan, [plan.pk]), ledger.Rows(Statement, [row.pk for row in made]))
    ledger.append(asker, f"plan:{plan.pk}", "import", {"file": digest}, stream="goals", at=at, rows=rows)
    return plan


def storable(text: str) -> str:
    """The text as the database can keep it, every character at its old place."""
    if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        return "".join("\ufffd" if sign == "\x00" or "\ud800" <= sign <= "\udfff" else sign for sign in text)
    return text


def _row(asker: Asker, district: District, plan: Plan, position: int, item: Read, known: Learnt) -> Statement:
    owners = owners_of(district, item.lead_unit, [*item.co_units, *item.units])
    name = item.indicator[:200]
    row = Statement(
        district_id=asker.district,
        plan=plan,
        position=position * 10,
        kind=item.kind,
        section=item.section[:200],
        item_no=(item.item_no or "")[:40],
        quote=storable(item.quote),
        quote_offset=item.quote_offset,
        indicator=known.names.get(name, name),
        comparator=item.comparator or "",
        value=amount(item.value),
        value2=amount(item.value2),
        unit=(item.unit or "")[:40],
        measure=item.measure[:12],
        period=item.period[:40],
        due=item.due,
        approx=item.approx,
        stretch=item.stretch,
        scope=item.scope[:200],
        time_frame=item.time_frame,
        lead_id=owners.lead,
        co=list(owners.co),
        read=_storable_json(item.to_json()),
        confidence=item.confidence,
    )
    row.doubts = doubts.of(
        item,
        owners,
        sure=rules_of(asker).review.sure,
        renamed=row.indicator != name,
        precedent=known.leads.get(row.indicator),
    )
    return row


def amount(value: Decimal | None) -> Decimal | None:
    """A number that the database can keep exactly: up to 18 digits, six after the point; None where there is none."""
    if value is None or not value.is_finite() or abs(value) >= Decimal(10) ** 18:
        return None
    return value.quantize(Decimal("0.000001"))


def _storable_json(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: storable(value) if isinstance(value, str) else value for name, value in row.items()}
