"""The lines and areas that a matter has, and where it is when nobody has pinned it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yiwang.org.district import District
from yiwang.typed.forms import Wrong
from yiwang.why import Words

from .fields import measured
from .fields.filling import title_of
from .fields.reading import Seen
from .fields.spec import FieldSpec
from .fields.types import TYPES


@dataclass(frozen=True, slots=True)
class Drawn:
    """One of them: the name of its field, what people call it, "line" or "area", its points."""

    name: str
    title: Mapping[str, str] | Words
    type: str
    points: Sequence[Sequence[float]]

    @property
    def geometry(self) -> dict[str, Any]:
        """GeoJSON."""
        return measured.geojson(self.type, self.points)

    @property
    def feature(self) -> dict[str, Any]:
        """The same with its size, in metres or square metres."""
        size = {measured.SIZES[self.type]: measured.size(self.type, self.points)}
        return {"type": "Feature", "geometry": self.geometry, "properties": size}

    @property
    def size(self) -> Words:
        return measured.in_words(self.type, self.points)


def shapes_of(fields: Mapping[str, FieldSpec], state: Mapping[str, Any]) -> Iterator[Drawn]:
    """Every line and area that a matter has, in the order of its kind's fields."""
    for name, spec in fields.items():
        if measured.is_shape(spec) and (points := state.get(f"form.{name}")):
            yield Drawn(name, title_of(name, spec), spec.type, points)


def wkt_of(fields: Mapping[str, FieldSpec], state: Mapping[str, Any]) -> str:
    """All of them as one well-known text; empty where there is none."""
    texts = [measured.wkt(one.type, one.points) for one in shapes_of(fields, state)]
    return texts[0] if len(texts) == 1 else f"GEOMETRYCOLLECTION ({', '.join(texts)})" if texts else ""


def place_of(
    specs: Mapping[str, FieldSpec], data: Mapping[str, Any], seen: Seen, district: District
) -> tuple[float, float] | None:
    """Where something is of which a form draws a line or an area: in the middle of the first; None where none is sound,
    which its field says by itself."""
    for name, spec in specs.items():
        if measured.is_shape(spec) and data.get(name):
            try:
                points = TYPES[spec.type].read(data[name], spec, seen)
            except Wrong:
                continue
            return district.middle(points, closed=spec.type == "area")
    return None
