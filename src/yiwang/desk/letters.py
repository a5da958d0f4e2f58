"""A letter of a matter: why it says what it says, and with the name of whoever it is written to, for a purpose."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

from yiwang.files import word
from yiwang.look.asked import Asked
from yiwang.look.downloads import sealed
from yiwang.look.gate import StaffRequest, sent_only, staff_only
from yiwang.look.views import receipt_response
from yiwang.matters import disclosure
from yiwang.matters.kinds import world
from yiwang.matters.queries import OneMatter
from yiwang.matters.writing import Written, again, letters_of, receipt
from yiwang.why import Refusal, attempt

from . import matter


def _letter_or_404(request: StaffRequest, number: str, seq: int, name: str) -> tuple[OneMatter, Written]:
    """A letter of a matter that the asker sees, or 404."""
    opened = matter.found_or_404(request, number)
    for one in letters_of(opened):
        if (one.entry.seq, one.name) == (seq, name):
            return opened, one
    raise Http404


@staff_only
def why(request: StaffRequest, number: str, seq: int, name: str) -> HttpResponse:
    """What stands in a letter and whence, and whether the ledger still gives the same document."""
    opened, written = _letter_or_404(request, number, seq, name)
    return receipt_response(request, receipt(opened, written, world(request.asker)), foot=opened.kind.reference)


@staff_only
@sent_only
def named(request: StaffRequest, number: str, seq: int, name: str) -> HttpResponseBase:
    """The letter with the name of who reported it in plain words, once and kept nowhere: a reading like any other."""
    opened, written = _letter_or_404(request, number, seq, name)
    asked = Asked.of_form(request).fields("purpose", "reason")
    revealed = attempt(disclosure.unmask, request.asker, opened.row.pk, asked["purpose"], asked["reason"])
    if isinstance(revealed, Refusal):
        return matter.show(request, opened, status=revealed.status, refusal=revealed.receipt, asked=asked)
    if revealed is None or not written.names_reporter:
        raise Http404
    content = again(opened, written, world(request.asker), revealed.reporter.name)
    answer = HttpResponse(content, content_type=word.MEDIA_TYPE)
    called = written.file.name if written.file else f"{name}.docx"
    answer["Content-Disposition"] = content_disposition_header(True, called) or "attachment"
    return sealed(answer)
