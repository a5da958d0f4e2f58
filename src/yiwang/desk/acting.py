"""Doing something to a matter from a page: it is done, or the page says why not and keeps what was written."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from yiwang.look.asked import Asked
from yiwang.look.gate import StaffRequest, sent_only, staff_only
from yiwang.look.speech import spoken
from yiwang.matters import asked, forms, queries, store
from yiwang.org.asker import Asker
from yiwang.org.queries import deserted, facts
from yiwang.why import Refusal, attempt

from . import matter, uploads
from .links import after_act, with_row


@staff_only
@sent_only
def do(request: StaffRequest, number: str, action: str) -> HttpResponse:
    """One action. The form carries the version that its writer saw and a key of its own, so a retry happens once."""
    asker, form = request.asker, Asked.of_form(request)
    version, key = form.version(), form.retry(f"web:{asker.person}")
    matter_key = queries.key_of(asker, number)
    if matter_key is None:
        raise Http404
    specs = (
        forms.specs_of(matter_key.kind, matter_key.kind.actions[action]) if action in matter_key.kind.actions else {}
    )
    data: dict[str, Any] = asked.sent(specs, form.everything)

    def act() -> store.Done:
        uploads.take(request, asker, specs, data)
        return store.act(asker, matter_key.id, action, data, key=key, version=version)

    done = attempt(act)
    if isinstance(done, Refusal):
        now = matter.found_or_404(request, number)
        why = {"wrong": done.fields} if done.fields else {"refusal": done.receipt}
        return matter.show(request, now, status=done.status, tried=action, values=data, **why)
    title = matter_key.kind.actions[action].title.mapping()
    key_ = "desk.done_again" if done.repeated else "desk.done"
    messages.success(request, spoken(key_, number=number, action=title, seq=done.seq))
    if "unit" in matter_key.kind.actions[action].asked:
        _warn_of_nobody(request, asker, done.state.get("lead"))
    back = after_act(request, number, form.written("back"))
    return HttpResponseRedirect(with_row(back, form.written("next")))  # the list at the row after it


def _warn_of_nobody(request: StaffRequest, asker: Asker, unit: str | None) -> None:
    """Say to whoever gave a matter to a unit that nobody acts for it today: it is given all the same."""
    if unit and deserted(asker, [unit], now=timezone.now()):
        name = facts(asker).by_code[unit].name
        messages.warning(request, spoken("desk.nobody_there", unit=name))
