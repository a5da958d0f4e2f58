"""A plan comes in: kept unchanged, read, every statement waiting for a person."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
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
    found = read(source, filename=filename, year=year)
    stated = found.year or year
    if stated is None:
        raise Incomplete({"year": say("goals.plan_of_no_year")})
    district, at = facts(asker), at or clock.now()
    plan = Plan.objects.create(
        district_id=asker.district,
        title=(found.title or filename)[:200],
        year=stated,
        kind=kind,
        filename=filename[:200],
        sha256=digest,
        text=storable(found.text),
        items=[item.to_json() for item in found.items],
        warnings=[{"zh": words.speak("zh"), "en": words.speak("en")} for words in found.warnings],
        person_id=asker.person,
        at=at,
        seen_by=[district.root.id],
    )
    files.keep_as_it_came(asker, filename, source, noun=NOUN, subject=plan.pk, at=at)
    known = learnt(asker)
    made = Statement.objects.bulk_create(
        [_row(asker, district, plan, position, one, known) for position, one in enumerate(found.statements, 1)]
    )
    rows = (ledger.Rows(Plan, [plan.pk]), ledger.Rows(Statement, [row.pk for row in made]))
    ledger.append(asker, f"plan:{plan.pk}", "import", {"file": digest}, stream="goals", at=at, rows=rows)
    return plan


def storable(text: str) -> str:
    """The text as the database can keep it, every character at its old place."""
    if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        return "".join("\ufffd" if sign == "\x00" or "\ud800" <= sign <= "\udfff" else sign for sign in text)
    return text


def _row(asker: Asker, district: District, plan: Plan, position: int, one: Read, known: Learnt) -> Statement:
    owners = owners_of(district, one.lead_unit, [*one.co_units, *one.units])
    name = one.indicator[:200]
    row = Statement(
        district_id=asker.district,
        plan=plan,
        position=position * 10,
        kind=one.kind,
        section=one.section[:200],
        item_no=(one.item_no or "")[:40],
        quote=storable(one.quote),
        quote_offset=one.quote_offset,
        indicator=known.names.get(name, name),
        comparator=one.comparator or "",
        value=amount(one.value),
        value2=amount(one.value2),
        unit=(one.unit or "")[:40],
        measure=one.measure[:12],
        period=one.period[:40],
        due=one.due,
        approx=one.approx,
        stretch=one.stretch,
        scope=one.scope[:200],
        time_frame=one.time_frame,
        lead_id=owners.lead,
        co=list(owners.co),
        read=_storable_json(one.to_json()),
        confidence=one.confidence,
    )
    row.doubts = doubts.of(
        one,
        owners,
        sure=rules_of(asker).review.sure,
        renamed=row.indicator != name,
        precedent=known.leads.get(row.indicator),
    )
    return row


def amount(value: float | int | str | None) -> Decimal | None:
    """A number that the database can keep exactly: up to 18 digits, six after the point; None where there is none."""
    if value is None or value == "":
        return None
    try:
        exact = Decimal(str(value)).quantize(Decimal("0.000001"))
    except InvalidOperation:
        return None
    return exact if exact.is_finite() and abs(exact) < Decimal(10) ** 18 else None


def _storable_json(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: storable(value) if isinstance(value, str) else value for name, value in row.items()}
