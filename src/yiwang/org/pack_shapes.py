"""The map of a pack (GeoJSON): every outline closed, simple, longitude first, inside the district, and each once.

Whatever passes here can be loaded, drawn, and asked which cell holds a point (R1.1, R9.8).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from yiwang.why import Words, say

from .pack_text import PackError, Problem, name_of, text_of

AREAS = ("Polygon", "MultiPolygon")
LINES = ("LineString", "MultiLineString", *AREAS)
SPARE = 1e-3  # share of an area that may lie outside, be shared or be left out: borders are drawn by hand
_DEPTH = {"LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
_LEAST = {"LineString": 2, "MultiLineString": 2, "Polygon": 4, "MultiPolygon": 4}
_CHINA = ((3, 54), (73, 136))  # latitudes and longitudes: a pair that fits the wrong way round was written so


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of a file: its number, the line on which it begins, its properties, its geometry in both forms."""

    number: int
    line: int
    properties: Mapping[str, Any]
    geometry: Mapping[str, Any]
    form: BaseGeometry

    def text(self, name: str) -> str:
        """A property as text, empty when absent."""
        value = self.properties.get(name)
        return "" if value is None else str(value).strip()


def features_of(path: Path, kinds: tuple[str, ...], *, root: Path, problems: list[Problem]) -> list[Feature]:
    """The sound features of a file; what is wrong with others goes to `problems`. A missing file has none.

    Raises PackError when the file is no GeoJSON.
    """
    if not path.exists():
        return []
    name, text = name_of(path, root), text_of(path, root=root)
    features: list[Feature] = []
    for number, (line, one) in enumerate(_listed(text, name), start=1):
        try:
            features.append(_feature(number, line, one, kinds))
        except _Wrong as error:
            problems.append(Problem(name, line, say("org.feature", n=number, what=error.words)))
    return features


class _Wrong(Exception):
    def __init__(self, key: str, **args: Any) -> None:
        self.words = say(key, **args)


def _listed(text: str, name: str) -> list[tuple[int, Any]]:
    """(line, feature) of a FeatureCollection."""

    def refuse(constant: str) -> float:
        raise ValueError(constant)

    try:
        whole = json.loads(text, parse_constant=refuse)
    except json.JSONDecodeError as error:
        raise PackError([Problem(name, error.lineno, say("org.not_json", why=error.msg))]) from None
    except (ValueError, RecursionError) as error:
        raise PackError([Problem(name, 1, say("org.not_json", why=str(error)[:60]))]) from None
    listed = whole.get("features") if isinstance(whole, dict) else None
    if not isinstance(listed, list):
        raise PackError([Problem(name, 1, say("org.no_features"))])
    return list(zip(_lines(text, len(listed)), listed, strict=True))


def _lines(text: str, wanted: int) -> list[int]:
    """The line on which each feature begins; 1 where that is not known."""
    begins = re.search(r'"features"\s*:\s*\[', text)
    if begins is None:
        return [1] * wanted
    lines: list[int] = []
    decoder, at, counted, line = json.JSONDecoder(), begins.end(), 0, 1
    while len(lines) < wanted:
        at += len(text[at:]) - len(text[at:].lstrip(" \t\r\n,")) if text[at] in " \t\r\n," else 0
        line += text.count("\n", counted, at)
        counted = at
        lines.append(line)
        try:
            _, at = decoder.raw_decode(text, at)
        except (ValueError, IndexError):
            return [1] * wanted
    return lines


def _feature(number: int, line: int, raw: Any, kinds: tuple[str, ...]) -> Feature:
    if not isinstance(raw, dict):
        raise _Wrong("org.no_feature")
    properties, geometry = raw.get("properties"), raw.get("geometry")
    if not isinstance(properties, dict):
        raise _Wrong("org.no_properties")
    if not all(_is_plain(value) for value in properties.values()):
        raise _Wrong("org.control_sign")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or not isinstance(kind, str) or kind not in kinds:
        raise _Wrong("org.wrong_geometry", kind=str(kind)[:40], kinds=list(kinds))
    _check_numbers(geometry.get("coordinates"), _DEPTH[kind], _LEAST[kind], closed=kind in AREAS)
    geometry_kept = {"type": kind, "coordinates": geometry["coordinates"]}
    try:
        form = shape(geometry_kept)
    except (ValueError, TypeError, shapely.errors.ShapelyError):
        raise _Wrong("org.no_outline") from None
    if form.is_empty or not form.is_valid:
        raise _Wrong("org.outline_crosses", why=explain_validity(form)[:80])
    return Feature(number, line, properties, geometry_kept, form)


def _is_plain(value: Any) -> bool:
    if isinstance(value, dict | list):
        return all(_is_plain(one) for one in (value.values() if isinstance(value, dict) else value))
    if not isinstance(value, str):
        return True
    return "\x00" not in value and not any("\ud800" <= c <= "\udfff" for c in value)


def _check_numbers(part: Any, depth: int, least: int, *, closed: bool) -> None:
    """Positions of two finite numbers, longitude first; rings long enough and closed. Raises _Wrong."""
    if not isinstance(part, list) or not part:
        raise _Wrong("org.no_outline")
    if depth > 1:
        for one in part:
            _check_numbers(one, depth - 1, least, closed=closed)
        return
    if len(part) < least:
        raise _Wrong("org.too_few_points", n=len(part), least=least)
    for position in part:
        _check_position(position)
    if closed and part[0] != part[-1]:
        raise _Wrong("org.outline_open", first=part[0], last=part[-1])


def _check_position(position: Any) -> None:
    if not isinstance(position, list) or len(position) < 2 or not all(_is_number(one) for one in position):
        raise _Wrong("org.no_position", position=json.dumps(position)[:40])
    x, y = position[0], position[1]
    swapped = _CHINA[0][0] <= x <= _CHINA[0][1] and _CHINA[1][0] <= y <= _CHINA[1][1]
    if swapped or (abs(y) > 90 and abs(y) <= 180 and abs(x) <= 90):
        raise _Wrong("org.latitude_first", position=f"[{x}, {y}]", mend=f"[{y}, {x}]")
    if abs(x) > 180 or abs(y) > 90:
        raise _Wrong("org.no_degrees", position=f"[{x}, {y}]"[:60])


def _is_number(one: Any) -> bool:
    return isinstance(one, int | float) and not isinstance(one, bool) and abs(one) < 1e9 and math.isfinite(one)


# --- how shapes lie to each other --------------------------------------------------------------------------------


def inside(whole: BaseGeometry, form: BaseGeometry) -> bool:
    """Whether an area lies in another, but for what is drawn by hand."""
    return bool(form.difference(whole).area <= SPARE * form.area)


def overlaps(forms: list[BaseGeometry]) -> Iterator[tuple[int, int]]:
    """(index, index) of areas that share ground."""
    if not forms:
        return
    tree = shapely.STRtree(forms)
    left, right = tree.query(forms, predicate="intersects")
    for a, b in zip(left.tolist(), right.tolist(), strict=True):
        if a < b:
            shared = forms[a].intersection(forms[b]).area
            if shared > SPARE * min(forms[a].area, forms[b].area):
                yield a, b


def gap(wholes: list[BaseGeometry], parts: list[BaseGeometry]) -> tuple[float, float, float] | None:
    """(share, longitude, latitude) of the largest piece of the wholes that no part covers; None when covered."""
    whole = shapely.union_all(wholes)
    left = whole.difference(shapely.union_all(parts))
    largest = max(getattr(left, "geoms", [left]), key=lambda piece: piece.area)
    if largest.area <= SPARE * min(part.area for part in parts):
        return None
    at = largest.representative_point()
    return largest.area / whole.area, at.x, at.y


def gap_words(gap: tuple[float, float, float]) -> Words:
    """That a piece of the district belongs to nobody."""
    share, lon, lat = gap
    return say("org.not_covered", share=f"{share:.2%}", at=f"{lon:.5f}, {lat:.5f}")
