"""What the REST door takes and answers, as its OpenAPI describes it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Field, Schema
from pydantic import ConfigDict


class Fault(Schema):
    """Why not, in both languages; `fields` when a form is incomplete."""

    error: dict[str, str]
    fields: dict[str, dict[str, str]] | None = None


FAULTS: dict[int, type[Schema]] = dict.fromkeys((400, 401, 403, 404, 413, 414, 422, 429, 500, 503), Fault)


class MatterOut(Schema):
    """A matter as lists show it; `ended`: the way in which it did, of its kind's `ends`. Instants are UTC, units are
    codes, places are WGS84 degrees."""

    number: str
    kind: str
    title: str
    category: str
    stage: str
    ended: str | None
    urgency: str
    street: str | None
    lead: str | None
    created_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    lon: float | None
    lat: float | None
    simulated: bool


class EntryOut(Schema):
    """One entry of the ledger; `hash` and `prev` chain it to the one before."""

    seq: int
    at: datetime
    action: str
    role: str
    from_stage: str
    to_stage: str
    prev: str
    hash: str


class LinksOut(Schema):
    """Numbers of the matters that one hangs together with, of those that the asker sees. People make and undo links on
    the desk."""

    merged_into: str | None
    merged_here: list[str]
    repeats: list[str]
    led_to: list[str]
    came_from: list[str]


class EndOut(Schema):
    """How a matter has ended: whether that is what was wanted, the district's word for it with the national class of
    that, and why."""

    title: dict[str, str]
    good: bool | None
    result: str | None
    national: str | None
    why: dict[str, str]


class OneOut(MatterOut):
    """A matter with its text, how it ended, the objects that it names by their codes, its lines and areas as GeoJSON
    features with their length in metres or area in square metres, its links and its ledger."""

    text: str
    end: EndOut | None
    version: int
    objects: dict[str, list[str]]
    shapes: dict[str, dict[str, Any]]
    links: LinksOut
    ledger: list[EntryOut]


class Page(Schema):
    """One page of a list and how many there are in all."""

    count: int
    page: int
    pages: int
    results: list[MatterOut]


class Said(Schema):
    """What a body may say; what is not named is refused, and not left out without a word."""

    model_config = ConfigDict(extra="forbid")


class ActIn(Said):
    """What is done: `key` names this attempt, `version` is what was last seen."""

    action: str = Field(max_length=60)
    data: dict[str, Any] = Field(default_factory=dict)
    key: str | None = None
    version: int | None = Field(None, ge=0, le=2**31 - 1, strict=True)


class PlaceIn(Said):
    """WGS84 degrees."""

    lon: float = Field(strict=True)
    lat: float = Field(strict=True)


class ReporterIn(Said):
    """Who reports; kept apart and masked everywhere."""

    name: str = ""
    phone: str = ""
    address: str = ""


class OpenIn(Said):
    """A new matter: what its kind's `opens.api` takes. `key` names this attempt, whole, however long it is."""

    kind: str
    data: dict[str, Any] = Field(default_factory=dict)
    place: PlaceIn | None = None
    reporter: ReporterIn | None = None
    key: str | None = None


class OpenedOut(Schema):
    """Its number; `repeated` when the same key had opened it before."""

    number: str
    repeated: bool


class Done(Schema):
    """What came of it."""

    number: str
    seq: int
    stage: str
    repeated: bool


class MeasuredOut(Schema):
    """An indicator's value with what it is made of and why."""

    indicator: str
    value: int | float | None
    unit: dict[str, str]
    numerator: int
    denominator: int | None
    excluded: int
    at: datetime
    why: dict[str, str]
