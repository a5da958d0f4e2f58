"""Reads the map of a pack: outlines of units, cells, water and roads, and how they lie to each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import shapely

from yiwang.why import Words, say

from . import pack_shapes
from .definition import Organisation
from .pack_shapes import AREAS, LINES, Feature
from .pack_table import unit_unknown
from .pack_text import Problem
from .titles import columns

LAYERS = {"district": "district", "streets": "street", "neighbourhoods": "neighbourhood"}


def read(folder: Path, organisation: Organisation) -> None:
    """Outlines of units, the cells, water and roads; a pack without a map is still a pack."""
    geo, kinds = folder / "geo", {unit["code"]: unit["kind"] for unit in organisation.units}
    before = len(organisation.problems)
    layers = {layer: _layer(geo, layer, kind, kinds, folder, organisation) for layer, kind in LAYERS.items()}
    cells = _cells(geo, kinds, folder, organisation)
    marks = _landmarks(geo, folder, organisation)
    if len(organisation.problems) > before or any(problem.file == "units.csv" for problem in organisation.problems):
        return  # how shapes lie to each other is asked of sound ones only
    outlines = {one.text("unit"): one for layer in layers.values() for one in layer}
    _lie_well(organisation, layers, cells, outlines)
    if whole := _whole(layers, cells):
        for file, mark in marks:
            if not mark.form.intersects(whole):
                _complain(
                    organisation,
                    file,
                    mark,
                    say("org.landmark_outside", name=mark.text(f"name_{organisation.languages[0]}")),
                )


def _layer(
    geo: Path, layer: str, kind: str, kinds: dict[str, str], folder: Path, organisation: Organisation
) -> list[Feature]:
    seen: dict[str, int] = {}
    file = f"geo/{layer}.geojson"
    sound: list[Feature] = []
    for feature in pack_shapes.features_of(
        geo / f"{layer}.geojson", AREAS, root=folder, problems=organisation.problems
    ):
        unit = feature.text("unit")
        if not unit:
            _complain(organisation, file, feature, say("org.property_missing", name="unit"))
        elif unit not in kinds:
            _complain(organisation, file, feature, unit_unknown(unit, set(kinds)))
        elif kinds[unit] != kind:
            _complain(organisation, file, feature, say("org.wrong_layer", unit=unit, kind=kinds[unit], wanted=kind))
        elif unit in seen:
            _complain(organisation, file, feature, say("org.stands_twice", name=unit, first=seen[unit]))
        else:
            seen[unit] = feature.line
            organisation.shapes[unit] = dict(feature.geometry)
            sound.append(feature)
    return sound


def _cells(geo: Path, kinds: dict[str, str], folder: Path, organisation: Organisation) -> list[Feature]:
    seen: dict[str, int] = {}
    file = "geo/cells.geojson"
    sound: list[Feature] = []
    for feature in pack_shapes.features_of(geo / "cells.geojson", AREAS, root=folder, problems=organisation.problems):
        code, unit = feature.text("code"), feature.text("unit")
        if not code or not unit:
            _complain(organisation, file, feature, say("org.property_missing", name="unit" if code else "code"))
        elif len(code) > 20:
            _complain(organisation, file, feature, say("org.cell_too_long", column="code", n=len(code), most=20))
        elif unit not in kinds:
            _complain(organisation, file, feature, unit_unknown(unit, set(kinds)))
        elif kinds[unit] not in ("neighbourhood", "street"):
            _complain(
                organisation, file, feature, say("org.wrong_layer", unit=unit, kind=kinds[unit], wanted="neighbourhood")
            )
        elif code in seen:
            _complain(organisation, file, feature, say("org.stands_twice", name=code, first=seen[code]))
        else:
            seen[code] = feature.line
            organisation.cells.append((code, unit, dict(feature.geometry)))
            sound.append(feature)
    return sound


def _landmarks(geo: Path, folder: Path, organisation: Organisation) -> list[tuple[str, Feature]]:
    listed: list[tuple[str, Feature]] = []
    for name, kind in (("river", "water"), ("roads", "road")):
        file, kinds = f"geo/{name}.geojson", AREAS if name == "river" else LINES
        for feature in pack_shapes.features_of(
            geo / f"{name}.geojson", kinds, root=folder, problems=organisation.problems
        ):
            missing = next((part for part in columns("name", organisation.languages) if not feature.text(part)), None)
            class_ = feature.text("class") or kind
            if missing:
                _complain(organisation, file, feature, say("org.property_missing", name=missing))
            elif len(class_) > 20:
                _complain(organisation, file, feature, say("org.cell_too_long", column="class", n=len(class_), most=20))
            names = {language: feature.text(f"name_{language}") for language in organisation.languages}
            organisation.landmarks.append((class_, names, dict(feature.geometry)))
            listed.append((file, feature))
    return listed


def _lie_well(
    organisation: Organisation, layers: dict[str, list[Feature]], cells: list[Feature], outlines: dict[str, Feature]
) -> None:
    """Areas of a layer share no ground, lie in the unit above them, and the cells leave no ground to nobody."""
    parents = {unit["code"]: unit["parent"] for unit in organisation.units}
    for layer, features in [*layers.items(), ("cells", cells)]:
        file = f"geo/{layer}.geojson"
        for a, b in pack_shapes.overlaps([one.form for one in features]):
            names = [one.text("code") if layer == "cells" else one.text("unit") for one in (features[a], features[b])]
            _complain(organisation, file, features[b], say("org.areas_overlap", one=names[0], other=names[1]))
        for feature in features:
            unit = feature.text("unit")
            above = unit if layer == "cells" else parents[unit]
            while above and above not in outlines:
                above = parents[above]
            if above and not pack_shapes.inside(outlines[above].form, feature.form):
                name = feature.text("code") if layer == "cells" else unit
                _complain(organisation, file, feature, say("org.area_outside", name=name, unit=above))
    _cover(organisation, layers, cells)


def _cover(organisation: Organisation, layers: dict[str, list[Feature]], cells: list[Feature]) -> None:
    """Every point of the district lies in a cell: what is reported there can be placed (R1.1)."""
    if not cells:
        if any(layers.values()):
            organisation.problems.append(Problem("geo/cells.geojson", 1, say("org.no_cells")))
        return
    outer = next(features for features in (*layers.values(), cells) if features)
    piece = pack_shapes.gap([one.form for one in outer], [one.form for one in cells])
    if piece is not None:
        organisation.problems.append(Problem("geo/cells.geojson", 1, pack_shapes.gap_words(piece)))


def _whole(layers: dict[str, list[Feature]], cells: list[Feature]) -> Any:
    forms = [one.form for one in (*(f for layer in layers.values() for f in layer), *cells)]
    return shapely.union_all(forms) if forms else None


def _complain(organisation: Organisation, file: str, feature: Feature, words: Words) -> None:
    organisation.problems.append(Problem(file, feature.line, say("org.feature", n=feature.number, what=words)))
