"""The sentence that a goal gives to next year's report, from verified values alone (R5.14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from yiwang.matters.rules import Refused
from yiwang.org.access import Asker
from yiwang.org.queries import person_names
from yiwang.why import Receipt, Words, say

from ..models import Document, Goal, Report
from ..promise import HUNDRED, end_of, kept
from . import measures
from .settings import rules_of, today_of
from .standing import goal as standing_of
from .standing import promise_of


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the report and where its number comes from; `value`, `unit` and `period` are what it states."""

    words: Words
    value: Decimal
    unit: str
    period: str
    receipt: Receipt


def report_sentence(asker: Asker, number: int, *, now: datetime | None = None) -> Sentence:
    """What may be written of a goal. Raises LookupError, and Refused while no verified value stands behind it."""
    now = now or timezone.now()
    standing = standing_of(asker, number, now=now)
    if standing is None:
        raise LookupError(number)
    row = standing.goal
    if row.indicator:
        return _from_a_measure(asker, row, now)
    return _from_reports(asker, row)


def _from_a_measure(asker: Asker, row: Goal, now: datetime) -> Sentence:
    today = today_of(asker, now)
    figure = measures.measured(asker, [row], today, now).get(row.pk)
    if figure is None or figure.value is None:
        raise Refused(Receipt(say("goals.sentence.nothing_measured"), False, source=f"indicator:{row.indicator}"))
    period = measures.period_of(row, today)
    chain = Receipt(
        say("goals.actual.measured", title=figure.definition.title.mapping(), period=period),
        figure.value,
        (figure.with_cases(),),
        f"indicator:{row.indicator}",
        now,
    )
    return _sentence(asker, row, figure.value, period, chain)


def _from_reports(asker: Asker, row: Goal) -> Sentence:
    """The last verified report. What is reported and not verified, and what has no source, is refused."""
    rows = Report.objects.filter(district=asker.district, goal=row.pk).select_related("verification", "unit")
    told = list(rows.order_by("-period", "-at", "-pk"))
    checked = [one for one in told if getattr(one, "verification", None) and one.verification.accepted]
    if not checked:
        key = "goals.sentence.not_verified" if told else "goals.sentence.nothing_reported"
        raise Refused(Receipt(say(key), False, source=f"goal:{row.pk}"))
    last = checked[0]
    files = Document.objects.filter(report=last).values_list("pk", "name", "sha256")
    names = person_names(asker, [one for one in (last.person_id, last.verification.person_id) if one])
    because = [
        Receipt(
            say("goals.sentence.reported_by", name=names.get(last.person_id or 0, "—"), period=last.period),
            None,
            at=last.at,
        ),
        Receipt(
            say("goals.sentence.verified_by", name=names.get(last.verification.person_id, "—")),
            True,
            at=last.verification.at,
        ),
        *(
            Receipt(say("goals.sentence.evidence", name=name), f"SHA-256 {digest[:16]}", source=f"evidence:{pk}")
            for pk, name, digest in files
        ),
    ]
    chain = Receipt(
        say("goals.actual.verified", period=last.period), last.value.normalize() + 0, because, f"report:{last.pk}"
    )
    return _sentence(asker, row, last.value, last.period, chain)


def _sentence(asker: Asker, row: Goal, value: Decimal, period: str, chain: Receipt) -> Sentence:
    promise = promise_of(row)
    met = kept(promise, value, rules_of(asker))
    args = {
        "name": row.title,
        "value": _plain(value),
        "unit": row.unit,
        "target": _plain(row.value),
        "sign": row.comparator or "=",
        "until": end_of(period) if len(period) == 7 else period.rpartition("/")[2],
    }
    if row.nature == "step":
        key = "goals.sentence.done" if value >= HUNDRED else "goals.sentence.under_way"
    elif row.value is None or met is None:
        key = "goals.sentence.plain"
    elif row.nature == "flow" and row.value and row.comparator not in ("≤", "<"):
        key, args["percent"] = "goals.sentence.amount", _plain((value * HUNDRED / row.value).quantize(Decimal("0.1")))
    else:
        key = "goals.sentence.met" if met else "goals.sentence.missed"
    words = say(key, **args)
    target = Receipt(
        say("goals.sentence.promise", quote=row.quote or row.title), row.value, source=f"plan:{row.plan_id}"
    )
    return Sentence(
        words, value, row.unit, period, Receipt(words, value.normalize() + 0, (chain, target), f"goal:{row.pk}")
    )


def _plain(value: Decimal | None) -> str:
    return "—" if value is None else f"{value.normalize() + 0:,f}"
