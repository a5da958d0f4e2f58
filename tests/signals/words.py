"""A small source of messages: its mapping, its files, and what an import makes of them."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.support.district import TestDistrict
from yiwang.matters.models import Matter
from yiwang.org.session import acting_as
from yiwang.signals.importing import bring_in
from yiwang.signals.maps import read_map

if TYPE_CHECKING:
    from yiwang.signals.definition import MessageMap

HEAD = ["号", "谁", "事", "时", "话"]
MAP = """\
map: words
title: {zh: 来话, en: Words}
version: 2026-01-01
source: words
id: 号
time: {column: 时, formats: ["%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M:%S", epoch]}
fields: {title: 事, text: 话}
reporter: {name: 谁}
"""
ROW = ["a1", "某", "灯灭", "2026/11/20 10:00:00", "桥头的灯灭了"]


def mapping(folder: Path, more: str = "") -> MessageMap:
    path = folder / "words.yaml"
    path.write_text(MAP + more, "utf-8")
    return read_map(path)[0]


def as_csv(path: Path, *rows: list[str], head: list[str] = HEAD, ends: str = "\n", encoding: str = "utf-8") -> Path:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=ends)
    writer.writerows([head, *rows])
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def bring(district: TestDistrict, path: Path, one: MessageMap, **more: Any) -> Any:
    tally = bring_in(district.system, path, one, "hotline", **more)
    assert tally.rows == tally.opened + tally.there + tally.quarantined
    return tally


def told(tally: Any) -> set[str]:
    """The sorts of sentences that an import says."""
    return {sort[0] for sort in (*tally.reasons, *tally.notes)} | {words.key for words in tally.passed}


def matters(district: TestDistrict) -> dict[str, Any]:
    """number at the source -> matter."""

    with acting_as(district.system):
        return {one.source.rpartition(":")[2]: one for one in Matter.objects.all()}
