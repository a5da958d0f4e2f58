"""The breakdown table: out as a spreadsheet, back with its differences shown, taken when a person says so."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from yiwang.goals import queries, store, table
from yiwang.goals.permissions import supervises
from yiwang.goals.queries import Standing
from yiwang.ledger import store as ledger
from yiwang.look.asked import Asked
from yiwang.look.gate import StaffRequest, sent_only, staff_only
from yiwang.look.speech import language, spoken
from yiwang.org.queries import facts
from yiwang.why import NotThere, Refusal, Words, attempt, say

SALT = "yiwang.board.table"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEST = 5 * 1024 * 1024


def _goals(request: StaffRequest, year: int) -> list[Standing]:
    """Every goal of the year in the table's order: each whole one, then its parts."""
    asker = request.asker
    open_goals = []
    for one in queries.lamps(asker, year=year).goals:
        open_goals += [one, *queries.parts(asker, one.goal.pk)]
    return open_goals


@staff_only
def export(request: StaffRequest, year: int) -> HttpResponse:
    """The table as an XLSX file."""
    asker = request.asker
    district = facts(asker)
    rows = [table.cells(one.goal, one.promise, n, district) for n, one in enumerate(_goals(request, year), 1)]
    in_words = district.languages[0]
    title = say("goals.column.whole", district=district.title, year=str(year)).speak(in_words)
    ledger.append(asker, f"person:{asker.person}", "export", {"what": "goals", "year": year}, stream="exports")
    answer = HttpResponse(table.written(title, rows, in_words), content_type=SHEET)
    answer["Content-Disposition"] = content_disposition_header(True, f"{title}.xlsx") or "attachment"
    return answer


@staff_only
@sent_only
def compare(request: StaffRequest, year: int) -> HttpResponse:
    """Show what a table would change; nothing is taken yet."""
    asker, file = request.asker, request.FILES.get("file")
    wrong: Words | str | None = None
    comparison = None
    if file is None:
        wrong = say("board.no_file")
    elif (file.size or 0) > LARGEST:
        wrong = say("board.file_too_large", size=LARGEST // 2**20)
    else:
        goals = [(one.goal, one.promise) for one in _goals(request, year)]
        came = attempt(table.compare, file.read(), goals, facts(asker))
        comparison, wrong = (None, came.words) if isinstance(came, Refusal) else (came, None)
    signed = (
        signing.dumps([line.to_json() for line in comparison.lines], salt=SALT, compress=True) if comparison else ""
    )
    context = {
        "here": "goals",
        "year": year,
        "comparison": comparison,
        "summary": _summary(comparison) if comparison else None,
        "wrong": wrong,
        "kept": signed,
        "may": supervises(asker),
    }
    return render(request, "board/differences.html", context, status=422 if wrong else 200)


def _summary(comparison: table.Compared) -> Words:
    return say(
        "board.differences_n",
        rows=comparison.rows,
        same=comparison.same,
        changed=len(comparison.lines),
        absent=comparison.absent,
    )


@staff_only
@sent_only
def take(request: StaffRequest, year: int) -> HttpResponse:
    """Take the differences that were shown, all or none."""
    asker = request.asker
    back = HttpResponseRedirect(f"{reverse('board:goals')}?year={year}")
    try:
        signed = Asked.of_form(request).written("kept")
        differences: list[dict[str, Any]] = signing.loads(signed, salt=SALT, max_age=24 * 3600)
    except signing.BadSignature:
        messages.error(request, spoken("board.differences_old"))
        return back
    n = attempt(store.take_table, asker, [table.Line.from_json(line) for line in differences])
    if isinstance(n, NotThere):
        messages.error(request, spoken("board.differences_old"))
    elif isinstance(n, Refusal):
        messages.error(request, n.sentence(language()))
    else:
        messages.success(request, spoken("board.taken", n=n))
    return back
