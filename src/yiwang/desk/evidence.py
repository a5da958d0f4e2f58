"""A file of a matter, to whom the matter is shown."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase

from yiwang.look.gate import staff_only
from yiwang.matters.evidence import path_of
from yiwang.matters.models import Evidence


@staff_only
def show(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Row security decides: a file of a matter that the asker does not see is not there."""
    found = Evidence.objects.filter(pk=pk).first()
    if found is None or not path_of(found.sha256).exists():
        raise Http404
    answer = FileResponse(path_of(found.sha256).open("rb"), content_type=found.media_type)
    answer["Content-Disposition"] = "inline"
    answer["Cache-Control"] = "private, max-age=3600"
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return answer
