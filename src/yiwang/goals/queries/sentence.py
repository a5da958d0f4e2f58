"""The sentence that a goal gives to next year's report, from verified values alone (R5.14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from yiwang.files import queries as files
from yiwang.indicators.measured import Measured
from yiwang.org.asker import Asker
from yiwang.why import NotThere, Receipt, Refusal, Words, say
from yiwang.why.figures import figure

from ..models import Goal, Report
from ..promise import HUNDRED, amount, end_of, is_kept, tidy
from . import measures
from .settings import rules_of, today_of
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
    """What may be written of a goal. Raises NotThere, and Refusal while no verified value stands behind it."""
    row = Goal.objects.filter(district=asker.district, pk=number).first()
    if row is None:
        raise NotThere
    (sentence,) = _told(asker, [row], now or timezone.now())
    if isinstance(sentence, Receipt):
        raise Refusal(sentence)
    return sentence


def chapter(asker: Asker, year: int, *, now: datetime | None = None) -> list[tuple[Goal, Sentence | Receipt]]:
    """The sentences of all goals of a year in the plan's order; a receipt stands where there is none, and says why."""
    rows = list(Goal.objects.filter(district=asker.district, year=year, parent=None).order_by("position", "pk"))
    return list(zip(rows, _told(asker, rows, now or timezone.now()), strict=True))


def _told(asker: Asker, rows: list[Goal], now: datetime) -> list[Sentence | Receipt]:
    today = today_of(asker, now)
    figures = measures.measured(asker, [row for row in rows if row.indicator], today, now)
    reports: dict[int, list[Report]] = {}
    told = Report.objects.filter(district=asker.district, goal__in=[row.pk for row in rows if not row.indicator])
    for one in told.select_related("verification", "verification__person", "person").order_by("-period", "-at", "-pk"):
        reports.setdefault(one.goal_id, []).append(one)
    sentences: list[Sentence | Receipt] = []
    for row in rows:
        if row.indicator:
            sentences.append(_from_a_measure(asker, row, figures.get(row.pk), measures.period_of(row, today), now))
        else:
            sentences.append(_from_reports(asker, row, reports.get(row.pk, [])))
    return sentences


def _from_a_measure(asker: Asker, row: Goal, figure: Measured | None, period: str, now: datetime) -> Sentence | Receipt:
    if figure is None or figure.value is None:
        return Receipt(say("goals.sentence.nothing_measured"), False, source=f"indicator:{row.indicator}")
    claim = say("goals.actual.measured", title=figure.definition.title.mapping(), period=period)
    chain = Receipt(claim, figure.receipt.value, (figure.with_cases(),), f"indicator:{row.indicator}", now)
    return _sentence(asker, row, figure.value, period, chain)


def _from_reports(asker: Asker, row: Goal, reports: list[Report]) -> Sentence | Receipt:
    """The last verified report. What is reported and not verified, and what has no source, is refused."""
    checked = [one for one in reports if getattr(one, "verification", None) and one.verification.accepted]
    if not checked:
        key = "goals.sentence.not_verified" if reports else "goals.sentence.nothing_reported"
        return Receipt(say(key), False, source=f"goal:{row.pk}")
    last = checked[0]
    proofs = files.belonging_to(asker, "report", last.pk)
    reporter = last.person.name if last.person else "—"
    reported = say("goals.sentence.reported_by", name=reporter, period=last.period)
    verified = say("goals.sentence.verified_by", name=last.verification.person.name)
    because = [
        Receipt(reported, None, at=last.at),
        Receipt(verified, True, at=last.verification.at),
        *(_evidence(file.pk, file.name, file.sha256) for file in proofs),
    ]
    claim = say("goals.actual.verified", period=last.period)
    chain = Receipt(claim, amount(last.value.normalize() + 0, promise_of(row)), because, f"report:{last.pk}")
    return _sentence(asker, row, last.value, last.period, chain)


def _evidence(number: int, name: str, digest: str) -> Receipt:
    return Receipt(say("goals.sentence.evidence", name=name), f"SHA-256 {digest[:16]}", source=f"evidence:{number}")


def _sentence(asker: Asker, row: Goal, value: Decimal, period: str, chain: Receipt) -> Sentence:
    promise = promise_of(row)
    met = is_kept(promise, value, rules_of(asker))
    args = {
        "name": row.title,
        "value": figure(value),
        "unit": row.unit,
        "target": figure(row.value),
        "sign": "" if row.comparator in ("=", "") else f"{row.comparator} ",
        "until": end_of(period) if len(period) == 7 else period.rpartition("/")[2],
    }
    if row.nature == "step":
        key = "goals.sentence.done" if value >= HUNDRED else "goals.sentence.under_way"
    elif row.value is None or met is None:
        key = "goals.sentence.plain"
    elif row.nature == "flow" and row.value and row.comparator not in ("≤", "<"):
        key, args["percent"] = "goals.sentence.amount", figure((value * HUNDRED / row.value).quantize(Decimal("0.1")))
    else:
        key = "goals.sentence.met" if met else "goals.sentence.missed"
    words = say(key, **args)
    target = Receipt(
        say("goals.sentence.promise", quote=row.quote or row.title),
        amount(tidy(row.value), promise),
        source=f"plan:{row.plan_id}",
    )
    receipt = Receipt(words, amount(value.normalize() + 0, promise), (chain, target), f"goal:{row.pk}")
    return Sentence(words, value, row.unit, period, receipt)
