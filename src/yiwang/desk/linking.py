"""On the desk: one matter made of two, two of one again, and why a matter counts as reported before."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from yiwang.look.asked import Asked
from yiwang.look.gate import StaffRequest, staff_only
from yiwang.look.speech import spoken
from yiwang.look.views import receipt_response
from yiwang.matters import causing, queries, repeats_queries, together
from yiwang.matters.queries import OneMatter
from yiwang.why import NotThere, Refusal, attempt, say

from . import matter
from .links import after_act


@staff_only
@require_POST
def merge(request: StaffRequest, number: str) -> HttpResponse:
    """Merge a matter into the one that was chosen, or whose number was entered."""
    opened, asker, form = matter.found_or_404(request, number), request.asker, Asked.of_form(request)
    into = (form.written("number").strip() or form.written("into")).upper()
    reason = form.written("reason")
    other = queries.key_of(asker, into) if into else None
    if other is None:
        words = say("desk.merge_no_number", number=into[:40]) if into else say("desk.merge_choose")
        return _again(request, opened, "merge", reason, wrong={"into": words})
    done = attempt(together.merge, asker, opened.row.pk, other.id, reason, key=_key(request))
    if isinstance(done, Refusal):
        return _refused(request, number, "merge", reason, done)
    messages.success(request, spoken("desk.merged", number=done.number, other=done.other, n=done.callers))
    return HttpResponseRedirect(after_act(request, number))


@staff_only
@require_POST
def part(request: StaffRequest, number: str) -> HttpResponse:
    """Take a matter apart from the one that it waits for."""
    opened, reason = matter.found_or_404(request, number), Asked.of_form(request).written("reason")
    done = attempt(together.part, request.asker, opened.row.pk, reason, key=_key(request))
    if isinstance(done, Refusal):
        return _refused(request, number, "part", reason, done)
    messages.success(request, spoken("desk.parted", number=done.number))
    return HttpResponseRedirect(after_act(request, number))


@staff_only
@require_POST
def uncause(request: StaffRequest, number: str) -> HttpResponse:
    """Take away the link to a matter to which one led."""
    opened, form = matter.found_or_404(request, number), Asked.of_form(request)
    other, reason = form.written("other"), form.written("reason")
    done = attempt(causing.undo, request.asker, opened.row.pk, other, reason, key=_key(request))
    if isinstance(done, NotThere):
        return _again(request, opened, "uncause", reason, wrong={"other": say("desk.uncause_choose")})
    if isinstance(done, Refusal):
        return _refused(request, number, "uncause", reason, done)
    messages.success(request, spoken("desk.uncaused", number=number))
    return HttpResponseRedirect(after_act(request, number))


def _key(request: StaffRequest) -> str | None:
    return Asked.of_form(request).retry(f"web:{request.asker.person}")


def _refused(request: StaffRequest, number: str, tried: str, reason: str, done: Refusal) -> HttpResponse:
    now = matter.found_or_404(request, number)
    why: dict[str, Any] = {"wrong": done.fields} if done.fields else {"refusal": done.receipt}
    return _again(request, now, tried, reason, status=done.status, **why)


def _again(
    request: StaffRequest, opened: OneMatter, tried: str, reason: str, *, status: int = 422, **why: Any
) -> HttpResponse:
    """The page once more, with what was written kept and what is wrong beside it."""
    return matter.show(request, opened, status=status, tried=tried, asked={"reason": reason}, **why)


@staff_only
def why_repeats(request: StaffRequest, number: str) -> HttpResponse:
    """Which earlier matters it repeats, and by which rule."""
    opened = matter.found_or_404(request, number)
    receipt = repeats_queries.why_repeated(request.asker, opened)
    if receipt is None:
        raise Http404
    return receipt_response(request, receipt, foot=opened.kind.reference)
