"""Files by machine: cleaned as behind every door, then named by their number in an action's `files`, or in a field of
files ({"papers": {"lease": [12]}})."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import File, Schema, Status
from ninja.files import UploadedFile

from yiwang.files import store as files
from yiwang.files.definition import EVIDENCE
from yiwang.look.gate import AskedRequest

from .answers import FAULTS, Fault
from .rest import api


class FileOut(Schema):
    """A file that belongs to nothing yet. `sha256` is of the bytes as kept, `came` of those that came; where and when a
    photo was taken is in WGS84 degrees and UTC, as it said itself. `as_it_came`: it could not be opened, only kept."""

    id: int
    name: str
    media_type: str
    size: int
    sha256: str
    came: str
    lon: float | None
    lat: float | None
    taken_at: datetime | None
    as_it_came: bool


@api.post("/files", response={201: FileOut, 507: Fault, **FAULTS}, url_name="upload")
def upload(request: AskedRequest, file: UploadedFile = File(...)) -> Any:  # type: ignore[type-arg]  # noqa: B008
    """Hand in a photo or a PDF. Only its uploader sees it, and after a day it is removed, unless an action names it in
    `files`: then it belongs to that matter for good."""
    asker = request.asker
    (cleaned,) = files.prepare([file], EVIDENCE)
    kept = files.keep(asker, cleaned)
    names = FileOut.model_fields.keys() - {"as_it_came"}
    return Status(201, {**{name: getattr(kept, name) for name in names}, "as_it_came": cleaned.as_it_came})
