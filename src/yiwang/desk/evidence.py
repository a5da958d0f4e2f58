"""A file of a matter, to whom the matter is shown; one that belongs to nothing yet, to its uploader."""

from __future__ import annotations

from django.http import Http404, HttpResponseBase

from yiwang.files import queries as files
from yiwang.look.downloads import download
from yiwang.look.gate import StaffRequest, staff_only


@staff_only
def show(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Row security decides: a file of a matter that the asker does not see is not there."""
    file = files.one(request.asker, pk)
    if file is None or file.noun not in ("", "matter"):
        raise Http404
    return download(file)
