"""What units report of their goals, and what the supervision office says to it (R5.5, R5.8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from yiwang.files import store as store_of_files
from yiwang.files.definition import PROOF, NotKept
from yiwang.ledger import clock
from yiwang.ledger import store as ledger
from yiwang.org.asker import Asker
from yiwang.org.personal import in_short
from yiwang.typed.text import is_blank
from yiwang.why import Incomplete, NotThere, Receipt, Refusal, Words, say
from yiwang.why.figures import figure

from .. import forms
from ..models import Report, Verification
from ..permissions import against_reporting, against_verifying, reporting_unit
from ..promise import end_of
from ..queries.settings import today_of
from .goals import hold, tell

NOUN = "report"  # what a file says that it belongs to
File = store_of_files.Came


@transaction.atomic
def report(
    asker: Asker,
    goal: int,
    period: str,
    value: Decimal,
    *,
    note: str = "",
    explanation: str = "",
    files: Sequence[store_of_files.Upload] = (),
    loose: Sequence[int] = (),
    not_kept: Words | None = None,
    at: datetime | None = None,
) -> Report:
    """Say how far a goal has come by the end of a month ("2026-09").

    value  cumulative for a flow, the level for a stock or rate, percent done for a milestone
    files  evidence as it comes;  loose  the numbers of what the asker uploaded before, which belongs to nothing yet
    not_kept  why a file that came with it could not be kept: then it is refused with that beside what else is wrong
    A figure lower than an earlier one of the year needs an explanation; progress needs evidence (R5.8).
    Raises NotThere, Refusal, Incomplete.
    """
    at = at or clock.now()
    row = hold(goal)
    if against := against_reporting(asker, row.lead_id, row.co):
        raise Refusal(against)
    if row.indicator:
        raise Refusal(Receipt(say("goals.measured_not_reported"), False, source=f"indicator:{row.indicator}"))
    wrong = forms.wordy("note", note) | forms.wordy("explanation", explanation)
    if not _is_month(period) or period > f"{today_of(asker, at):%Y-%m}" or not period.startswith(str(row.year)):
        wrong["period"] = say("goals.form.no_period", value=period, year=str(row.year))
    elif row.nature != "rate" and (earlier := _earlier_above(goal, period, value)) and is_blank(explanation):
        wrong["explanation"] = say("goals.form.why_lower", period=earlier.period, value=figure(earlier.value))
    if row.nature == "step" and not 0 <= value <= 100:
        wrong["value"] = say("goals.form.percent")
    if value > 0 and not files and not loose and row.nature != "rate":
        wrong["files"] = say("goals.form.evidence_missing")
    clean = []
    try:
        clean = store_of_files.prepare(files, PROOF)
    except NotKept as refused:
        if refused.status != 422:
            raise
        wrong["files"] = refused.words
    if len(clean) + len(loose) > PROOF.most:
        wrong["files"] = say("files.too_many", n=len(clean) + len(loose), most=PROOF.most)
    if not_kept is not None:
        wrong["files"] = not_kept
    if wrong:
        raise Incomplete(wrong)
    made = Report.objects.create(
        district_id=asker.district,
        goal=row,
        period=period,
        value=value,
        note=in_short(note, forms.REMARKS["note"]),
        explanation=in_short(explanation, forms.REMARKS["explanation"]),
        unit_id=reporting_unit(asker, row.lead_id, row.co),
        person_id=asker.person,
        at=at,
    )
    kept = store_of_files.attach(asker, NOUN, made.pk, loose)
    kept += [store_of_files.keep(asker, file, noun=NOUN, subject=made.pk, at=at) for file in clean]
    evidence = {"evidence": [file.sha256 for file in kept]}
    rows = [ledger.Rows(Report, [made.pk])]
    ledger.append(asker, f"goal:{goal}", "report", evidence, stream="goals", at=at, rows=rows)
    tell(asker)
    return made


def _is_month(period: str) -> bool:
    try:
        return len(period) == 7 and bool(end_of(period))
    except ValueError:
        return False


def _earlier_above(goal: int, period: str, value: Decimal) -> Report | None:
    """The last report of this or an earlier period, when it says more than `value`."""
    last = Report.objects.filter(goal=goal, period__lte=period).order_by("-period", "-at", "-pk").first()
    return last if last is not None and last.value > value else None


@transaction.atomic
def verify(asker: Asker, report_id: int, *, accepted: bool, note: str = "", at: datetime | None = None) -> Verification:
    """Somebody else accepts a report, or returns it with a reason. Raises NotThere, Refusal, Incomplete."""
    row = Report.objects.select_related("goal").filter(pk=report_id).first()
    if row is None:
        raise NotThere
    hold(row.goal_id)
    if against := against_verifying(asker, row.person_id, row.unit_id):
        raise Refusal(against)
    assert asker.person is not None  # the platform itself verifies nothing
    if Verification.objects.filter(report=row).exists():
        raise Refusal(Receipt(say("goals.verified_already"), False))
    if not accepted and is_blank(note):
        raise Incomplete({"note": say("goals.form.why_returned")})
    if wrong := forms.wordy("note", note):
        raise Incomplete(wrong)
    at = at or clock.now()
    made = Verification.objects.create(
        district_id=asker.district,
        report=row,
        accepted=accepted,
        note=in_short(note, forms.REMARKS["note"]),
        person_id=asker.person,
        at=at,
    )
    rows = [ledger.Rows(Verification, [made.pk])]
    ledger.append(asker, f"goal:{row.goal_id}", "verify", stream="goals", at=at, rows=rows)
    tell(asker)
    return made
