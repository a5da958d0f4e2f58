"""Cutting land into parts that fit together exactly: streets, neighbourhoods, cells.

Each level is a Voronoi cut of the level above with roughened edges. At the end all edges of all levels are noded on
one grid and the faces are put together again from below, so that shared borders have the same points on both sides.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely import MultiPoint, Polygon
from shapely.ops import polygonize

from .ground import Points, roughen

GRID = 0.01  # m; everything is noded on this grid
_SLIVER = 4000.0  # m²; a face smaller than this is no place of its own


def seeds_inside(region: Polygon, count: int, rng: np.random.Generator, rounds: int = 6) -> Points:
    """`count` evenly spread points of a region (Lloyd's relaxation)."""
    west, south, east, north = region.bounds
    seeds = np.empty((0, 2))
    while len(seeds) < count:
        tries = rng.uniform((west, south), (east, north), (count * 4, 2))
        seeds = np.concatenate([seeds, tries[shapely.contains_xy(region, tries[:, 0], tries[:, 1])]])[:count]
    for _ in range(rounds if count > 1 else 0):
        middles = [part.intersection(region).centroid for part in _voronoi(region, seeds)]
        seeds = np.array([(p.x, p.y) if region.contains(p) else s for p, s in zip(middles, seeds, strict=True)])
    return seeds


def carve(region: Polygon, seeds: Points, rough: float, rng: np.random.Generator) -> list[Polygon]:
    """The region cut into one part a seed, in the order of the seeds."""
    if len(seeds) == 1:
        return [region]
    edges = shapely.voronoi_polygons(MultiPoint(seeds), extend_to=region, only_edges=True).intersection(region)
    lines = [region.boundary]
    for edge in shapely.get_parts(edges):
        if edge.length > GRID:
            lines.append(shapely.LineString(roughen(np.asarray(edge.coords), rough, rng)))
    faces = _faces(lines)
    inside = [face for face in faces if region.contains(face.representative_point())]
    points = np.array([face.representative_point().coords[0] for face in inside])
    nearest = np.argmin(np.linalg.norm(points[:, None] - seeds[None], axis=2), axis=1)
    return assemble(inside, list(nearest), len(seeds))


def assemble(faces: Sequence[Polygon], owners: Sequence[int], count: int) -> list[Polygon]:
    """Faces joined by owner; one cut off from its owner's largest face goes to the neighbour it borders most."""
    bodies: list[Polygon | None] = [None] * count
    strays: list[Polygon] = []
    for face, owner in sorted(zip(faces, owners, strict=True), key=lambda pair: -pair[0].area):
        if bodies[owner] is None and face.area > _SLIVER:
            bodies[owner] = face
        else:
            strays.append(face)
    if any(body is None for body in bodies):
        raise ValueError("a seed lost its land: move it or make the edges less rough")
    while strays:
        left = []
        for face in strays:
            borders = [body.intersection(face).length for body in bodies]  # type: ignore[union-attr]
            best = int(np.argmax(borders))
            if borders[best] <= GRID:
                left.append(face)
            else:
                bodies[best] = shapely.coverage_union(bodies[best], face)
        if len(left) == len(strays):
            raise ValueError("a face touches no land")
        strays = left
    return bodies


def fit_together(parts: Sequence[Polygon]) -> list[Polygon]:
    """The same parts, noded with each other: what two share, they share point by point."""
    faces = _faces([part.boundary for part in parts])
    tree = shapely.STRtree(parts)
    found, place = tree.query(shapely.point_on_surface(faces), predicate="within")
    owner = dict(zip(found.tolist(), place.tolist(), strict=True))  # where two parts overlap by a hair, one has it
    return assemble([faces[i] for i in owner], list(owner.values()), len(parts))


def _faces(lines: Sequence[shapely.Geometry]) -> list[Polygon]:
    return list(polygonize(shapely.get_parts(shapely.unary_union(lines, grid_size=GRID))))


def _voronoi(region: Polygon, seeds: Points) -> list[Polygon]:
    """Voronoi polygons in the order of the seeds."""
    return list(shapely.get_parts(shapely.voronoi_polygons(MultiPoint(seeds), extend_to=region, ordered=True)))
