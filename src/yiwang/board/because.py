"""Why a goal stands as it stands: the receipts behind its figures."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import timezone

from yiwang.goals import queries
from yiwang.goals.forecast import forecast
from yiwang.goals.promise import amount, tidy
from yiwang.goals.rules import COLOURS
from yiwang.look.asked import Asked
from yiwang.look.gate import StaffRequest, staff_only
from yiwang.look.receipts import id_of
from yiwang.look.speech import spoken
from yiwang.look.views import receipt_response
from yiwang.org.asker import Asker
from yiwang.why import Cases, Receipt, attempt, say

from .one import target_words

FIRST = 40  # goals told by name; the rest is counted


@staff_only
def why(request: StaffRequest, number: int, what: str) -> HttpResponse:
    """The receipt of a goal's lamp, value, plan, forecast or sentence."""
    asker, now = request.asker, timezone.now()
    standing = queries.goal(asker, number, now=now)
    if standing is None:
        raise Http404
    today = queries.today_of(asker, now)
    receipt: Receipt | None = None
    if what == "lamp":
        return receipt_response(
            request,
            standing.lamp.receipt,
            lamp=standing.colour,
            lamp_word=spoken(f"look.lamp.goal.{standing.colour}"),
            foot=_foot(asker),
            again=id_of(f"goal:{number}", now, standing.colour),
        )
    if what == "value" and standing.actual:
        receipt = standing.actual.receipt
    elif what == "plan":
        value = amount(tidy(standing.plan), standing.promise)
        receipt = Receipt(say("board.plan_on", day=standing.plan_day), value, standing.lamp.receipt.because)
    elif what == "forecast":
        points = queries.months(asker, standing.goal, today) if standing.goal.indicator else standing.points
        ahead = forecast(standing.promise, points, today)
        receipt = ahead.receipt if ahead else None
    elif what == "sentence":
        receipt = attempt(queries.report_sentence, asker, number, now=now).receipt
    if receipt is None:
        raise Http404
    return receipt_response(request, receipt, foot=_foot(asker))


def _foot(asker: Asker) -> str:
    rules = queries.rules_of(asker)
    return spoken("board.rules_version", title=rules.title.mapping(), version=rules.version)


@staff_only
def count_why(request: StaffRequest, colour: str) -> HttpResponse:
    """Which goals stand under a lamp."""
    asker = request.asker
    lamps = queries.lamps(asker, year=Asked.of_address(request).year("year"))
    if colour not in (*COLOURS, "all"):
        raise Http404
    counted = [one for one in lamps.goals if colour in ("all", one.colour)]
    cases = Cases(len(counted), lambda page, size: map(_goal_named, counted[(page - 1) * size : page * size]))
    word = spoken("board.all") if colour == "all" else spoken(f"look.lamp.goal.{colour}")
    head = Receipt(say("board.goals_under", word=word, year=str(lamps.year)), len(counted))
    return receipt_response(request, cases.under(head, FIRST), foot=_foot(asker))


def _goal_named(standing: queries.Standing) -> Receipt:
    return Receipt(f"{standing.goal.title} {target_words(standing)}".strip(), source=f"goal:{standing.goal.pk}")
