"""A matter's page: where it stands, its clocks with why, what I can do now and why not the rest, its ledger."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from yiwang.look.asked import Asked
from yiwang.look.gate import StaffRequest, staff_only
from yiwang.look.receipts import id_of, source_of
from yiwang.look.views import receipt_response
from yiwang.matters import (
    clocks,
    drawing_lots,
    ending,
    forms,
    granting,
    library,
    mentioned_seen,
    queries,
    queued,
    routed_because,
    rules,
)
from yiwang.matters.definition import Kind
from yiwang.matters.disclosure import Revealed, erased_at
from yiwang.matters.doors import REPORTER
from yiwang.matters.fields.filling import title_at, title_of
from yiwang.matters.fields.shown import shown
from yiwang.matters.fields.spec import FieldSpec
from yiwang.matters.kinds import world
from yiwang.matters.opened_because import because_of
from yiwang.matters.queries import OneMatter
from yiwang.matters.recusal import RECUSED, marks_of
from yiwang.matters.unmasking import in_hand
from yiwang.matters.world import World
from yiwang.nouns.sight import as_seen
from yiwang.org.asker import Asker
from yiwang.pages.queries import pages_of
from yiwang.why import Receipt, Words

from .actions import actions_of
from .drawn import map_of
from .family import parts_of, whole_of
from .linked import tied_to
from .links import way_back
from .listed import lists_of
from .panels import panels_of
from .papers import papers_of
from .parties import parties_of
from .shown import (
    category_path,
    channel_of,
    clocks_of,
    excluded_of,
    ledger_of,
    purposes_of,
    rated_of,
    readers_of,
    reporter_title,
    rows_of,
    steps_of,
)
from .stepped_back import instead, stepped_back


def found_or_404(request: StaffRequest, number: str) -> OneMatter:
    """The matter of an address; not there and not to be seen are one answer."""
    matter = queries.one(request.asker, number=number)
    if matter is None:
        raise Http404
    return matter


@staff_only
def page(request: StaffRequest, number: str) -> HttpResponse:
    return show(request, found_or_404(request, number))


def show(
    request: StaffRequest,
    matter: OneMatter,
    *,
    status: int = 200,
    tried: str = "",
    values: Any = None,
    wrong: dict[str, Words] | None = None,
    refusal: Any = None,
    revealed: Revealed | None = None,
    asked: Any = None,
) -> HttpResponse:
    """The page; after something that failed, with the form open, what was written kept, and why it failed."""
    asker, now = request.asker, timezone.now()
    context = _context(asker, matter, now)
    context |= {
        "tried": tried,
        "refusal": refusal,
        "wrong": wrong or {},
        "revealed": revealed,
        "plain": _plain(matter, revealed) if revealed else [],
        "asked": asked or {},
        "may_open": bool(context["purposes"]) and revealed is None and not context["hidden"],
        "actions": actions_of(asker, matter, now, tried, values, wrong),
        "shelves": library.like_matter(asker, matter, now) if matter.row.closed_at is None else [],
    }
    gives = any(field["name"] == "unit" for one in context["actions"]["open"] for field in one["fields"])
    context["advised"] = gives and (context["suggested"] or context["precedents"])
    context["formless"] = bool(tried) and not any(one["open"] for one in context["actions"]["open"])
    context["written"] = _written(matter, tried, values or {}) if context["formless"] else []
    return render(request, "desk/matter.html", context, status=status)


def _written(matter: OneMatter, tried: str, values: Any) -> list[tuple[Any, str]]:
    """The texts that somebody wrote for an action whose form no longer stands on the page: they stay to be copied."""
    action = matter.kind.actions.get(tried)
    specs = forms.specs_of(matter.kind, action) if action else {}
    texts = [(name, spec) for name, spec in specs.items() if spec.type == "text" and values.get(name)]
    return [(title_of(name, spec), values[name]) for name, spec in texts]


def _context(asker: Asker, matter: OneMatter, now: Any) -> dict[str, Any]:
    matter = mentioned_seen.as_seen(asker, matter)
    known, row = world(asker), matter.row
    units = tuple(post.unit_code for post in asker.every_post)
    marks = marks_of(asker.behind, asker.every_post)
    started = clocks_of(matter.kind, matter.state, now)
    return {
        "here": "matters",
        "row": row,
        "kind": matter.kind.title.mapping(),
        "stage": matter.kind.stages[row.stage].title.mapping(),
        "ended": ending.shown(matter.kind, matter.state, known),
        "stepped_back": stepped_back(matter, known) if matter.state.get(RECUSED) else [],
        "panels": panels_of(asker, matter, known, now) if matter.kind.panels else [],
        "parties": parties_of(asker, matter) if matter.kind.parties else [],
        "instead": instead(matter.state, known),
        "rated": rated_of(matter.kind, matter.state),
        "excluded": excluded_of(matter.kind, matter.state),
        "path": category_path(known, row.category),
        "lead": known.district.units[row.lead_id] if row.lead_id else None,
        "street": known.district.units[row.street_id] if row.street_id else None,
        "neighbourhood": _neighbourhood(row, known),
        "steps": steps_of(matter.kind, matter.state, known),
        "clocks": started,
        "main": next((one for one in started if one["stopped"] is None), None),
        "promise": _promise(matter.kind, started),
        "ledger": ledger_of(matter, known),
        "form": _form_rows(matter, known),
        "lists": list(lists_of(matter, known)),
        "papers": papers_of(matter),
        "reporter": matter.state if _named(matter) and rules.shows_reporter(matter.state, units) else None,
        "named": reporter_title(matter.kind) if _named(matter) else None,
        "reported": _named(matter) or any(REPORTER in one.fields for one in matter.kind.opens.values()),
        "channel": channel_of(row, matter.kind),
        "because": _opened_because(matter),
        "erased": erased_at(matter.state),
        "hidden": not rules.shows_reporter(matter.state, units),
        "whole": whole_of(asker, matter),
        "parts": parts_of(asker, matter),
        "tied": tied_to(asker, matter, now),
        "queues": [(name, one.title.mapping()) for name, one in queued.queues_of(matter.kind, matter.state, now)],
        "similar": rows_of(asker, queries.similar(asker, row)),
        "precedents": _precedents(asker, matter, known),
        "how": pages_of(asker).desk,
        "suggested": _suggested(matter, known),
        "readers": readers_of(asker, row.number),
        "purposes": purposes_of(asker) if asker.may_unmask and in_hand(matter.state, asker.posts, marks) else [],
        "drawing": map_of(asker, matter),
        "now": now,
        "counts": {"inbox": queries.matters(asker, queries.Filter(scope="mine"), now=now).count()},
    }


def _promise(kind: Kind, started: list[dict[str, Any]]) -> dict[str, Any] | None:
    """What is promised to whoever reported it: the last day of what runs for them, or of what ended last; nothing
    where nobody outside can have reported it."""
    outside = [one for one in started if not one["internal"]] if kind.public else []
    running = [one for one in outside if one["stopped"] is None]
    if running:
        return max(running, key=lambda one: one["due"])
    return max(outside, key=lambda one: one["stopped"], default=None)


def _neighbourhood(row: Any, known: World) -> Any:
    """The neighbourhood in which it lies; where streets have none, a cell's owner is the street itself."""
    return known.district.units.get(row.neighbourhood_id) if row.neighbourhood_id != row.street_id else None


def said(request: StaffRequest, matter: OneMatter) -> dict[str, Any]:
    """What was asked and by whom, as everybody sees it."""
    return _context(request.asker, matter, timezone.now())


def _plain(matter: OneMatter, revealed: Revealed) -> list[tuple[Any, str]]:
    """What was opened beside text and reporter, field by field."""
    fields = {**matter.kind.fields, "title": FieldSpec()}
    said = [(title_at(fields, path), text) for path, text in revealed.said.items() if path != "text"]
    return [(title, text) for title, text in said if title is not None]


def _opened_because(matter: OneMatter) -> dict[str, Any] | None:
    """Why the platform opened it, in words, and where that leads; its reader may not see what it leads to."""
    claim = because_of(matter.state)
    if claim is None:
        return None
    seen = as_seen(Receipt(claim, source=matter.row.source))
    return {"claim": claim, "href": source_of(seen.source)[1] if seen.claim == claim else ""}


def _named(matter: OneMatter) -> bool:
    """Whether somebody is named as its reporter at all."""
    return bool(matter.state.get("reporter.name") or matter.state.get("reporter.phone"))


def _form_rows(matter: OneMatter, known: World) -> list[tuple[Any, Any, str]]:
    """(title, value, object whose other matters it leads to) of what the form said, field by field, without the text,
    personal data, lists, what is shown among the files, the number of the goal that opened it and what was asked for in
    vain."""
    rows, fields = [], matter.kind.fields
    apart = {spec.beside for spec in fields.values()} | {n for n, s in fields.items() if s.beside or s.documents}
    apart |= {matter.kind.ordering.goal} if matter.kind.ordering else set()
    apart |= granting.not_given(matter.kind, matter.state)
    for name, spec in matter.kind.fields.items():
        value = matter.state.get(f"form.{name}")
        apart_now = name == "text" or name in apart or spec.type == "list"
        if apart_now or spec.personal or value in (None, ""):
            continue
        leads = f"{spec.list_}/{value}" if spec.type == "object" else ""
        rows.append((title_of(name, spec), shown(spec, value, known), leads))
    return rows


def _precedents(asker: Asker, matter: OneMatter, known: World) -> list[dict[str, Any]]:
    units = known.district.units
    return [
        {"unit": units[one.unit], "n": one.n, "of": one.of, "share": round(100 * one.n / one.of)}
        for one in queries.precedents(asker, matter.row)
    ]


def _suggested(matter: OneMatter, known: World) -> dict[str, Any] | None:
    unit = known.district.by_code.get(matter.state.get("suggested") or "")
    return {"unit": unit, "because": routed_because.because_of(matter.state)} if unit else None


@staff_only
def preview(request: StaffRequest, number: str) -> HttpResponse:
    """The matter beside the list, with what can be done to it at once. No page by itself."""
    matter = found_or_404(request, number)
    if request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(reverse("desk:matter", args=[number]))
    asker, now = request.asker, timezone.now()
    actions = actions_of(asker, matter, now, "", None, None)
    for part in actions["open"]:
        part["open"] = part["usual"]  # beside the list the usual next step is ready to be sent
    context = _context(asker, matter, now) | {
        "actions": actions,
        "back": way_back(request, Asked.of_address(request).written("back"), reverse("desk:inbox")),
    }
    return render(request, "desk/preview.html", context)


@staff_only
def why(request: StaffRequest, number: str, clock: str) -> HttpResponse:
    """Why a clock is due when it is, day by day."""
    matter = found_or_404(request, number)
    if clock not in matter.kind.clocks:
        raise Http404
    receipt = clocks.receipt(matter.kind, clock, matter.state, world(request.asker))
    if receipt is None:
        raise Http404
    again = id_of(f"clock:{matter.row.number}/{clock}", timezone.now())
    return receipt_response(request, receipt, foot=matter.kind.reference, again=again)


@staff_only
def why_drawn(request: StaffRequest, number: str, seq: int, field: str) -> HttpResponse:
    """What was drawn by lot, of which pool and by which seed, and that it comes out the same again."""
    matter = found_or_404(request, number)
    for entry, name, receipt in drawing_lots.receipts(request.asker, matter):
        if (entry.seq, name) == (seq, field):
            return receipt_response(request, receipt, foot=matter.kind.reference)
    raise Http404


@staff_only
def why_end(request: StaffRequest, number: str) -> HttpResponse:
    """Why a matter has ended as it has."""
    matter = found_or_404(request, number)
    receipt = ending.receipt(matter.kind, matter.state, matter.row.moved_at, world(request.asker))
    if receipt is None:
        raise Http404
    return receipt_response(request, receipt)


@staff_only
def why_queued(request: StaffRequest, number: str, queue: str) -> HttpResponse:
    """Why a matter stands in a queue: what is asked of it there, and how its facts answer."""
    matter = found_or_404(request, number)
    matter = mentioned_seen.as_seen(request.asker, matter)
    receipt = queued.receipt(matter.kind, matter.state, queue, timezone.now())
    if receipt is None:
        raise Http404
    return receipt_response(request, receipt)
