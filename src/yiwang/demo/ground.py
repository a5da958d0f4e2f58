"""Making straight lines look like land: roughened edges, a smooth warp, curves, and metres to degrees.

Everything is drawn in metres around the middle of the district and warped once at the end. The warp is a sum of
sine waves whose slopes add up to less than one, so it never folds: what was a partition before is one afterwards.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, Polygon

Points = NDArray[np.float64]

# Over the sea east of any real district, so that nobody's home is on the map
MIDDLE = (122.14, 31.12)
_METRES_PER_DEGREE = 111_320.0

_OCTAVES = ((5200.0, 0.26), (2300.0, 0.22), (900.0, 0.17), (330.0, 0.13))  # wavelength in m, share of the slope
_WAVES = 4
_STEP = 40.0  # m between the points of a warped line


class Warp:
    """A smooth displacement of the plane, the same for every line that passes a point."""

    def __init__(self, rng: np.random.Generator) -> None:
        waves = []
        for wavelength, slope in _OCTAVES:
            for _ in range(_WAVES):
                turn, push = rng.uniform(0, 2 * math.pi, 2)
                k = 2 * math.pi / (wavelength * rng.uniform(0.8, 1.25))
                amplitude = slope / _WAVES / k
                waves.append(
                    (
                        k * math.cos(turn),
                        k * math.sin(turn),
                        rng.uniform(0, 2 * math.pi),
                        amplitude * math.cos(push),
                        amplitude * math.sin(push),
                    )
                )
        self._waves = np.array(waves)

    def __call__(self, points: Points) -> Points:
        kx, ky, phase, ax, ay = self._waves.T
        s = np.sin(points[:, :1] * kx + points[:, 1:] * ky + phase)
        pushed: Points = points + np.stack([s @ ax, s @ ay], axis=1)
        return pushed

    def shape(self, geometry: shapely.Geometry) -> shapely.Geometry:
        """A geometry in metres, dense enough to bend, in degrees rounded to six decimals (0.1 m)."""
        return shapely.transform(_dense(geometry), lambda p: np.round(degrees(self(p)), 6))


def degrees(points: Points) -> Points:
    """Metres east and north of the middle to longitude and latitude."""
    lon, lat = MIDDLE
    scale = np.array([_METRES_PER_DEGREE * math.cos(math.radians(lat)), _METRES_PER_DEGREE])
    found: Points = points / scale + np.array([lon, lat])
    return found


def _dense(geometry: shapely.Geometry) -> shapely.Geometry:
    """More points on every segment, the same ones whichever way a neighbour walks along it."""
    if isinstance(geometry, Polygon):
        return Polygon(
            _dense_path(np.asarray(geometry.exterior.coords)),
            [_dense_path(np.asarray(hole.coords)) for hole in geometry.interiors],
        )
    if isinstance(geometry, LineString):
        return LineString(_dense_path(np.asarray(geometry.coords)))
    parts = [_dense(part) for part in geometry.geoms]
    return type(geometry)(parts)


def _dense_path(path: Points) -> Points:
    out = [path[:1]]
    for a, b in pairwise(path):
        steps = max(1, math.ceil(math.dist(a, b) / _STEP))
        forward = (a[0], a[1]) <= (b[0], b[1])
        start, end = (a, b) if forward else (b, a)
        inner = start + (end - start) * (np.arange(1, steps) / steps)[:, None]
        out += [inner if forward else inner[::-1], b[None]]
    return np.concatenate(out)


def roughen(path: Points, rough: float, rng: np.random.Generator, finest: float = 90.0) -> Points:
    """Midpoint displacement: the ends stay, every half is pushed aside by up to `rough` of its length."""
    while True:
        spans = np.linalg.norm(np.diff(path, axis=0), axis=1)
        if spans.max() <= finest:
            return path
        middles = (path[:-1] + path[1:]) / 2
        along = np.diff(path, axis=0)
        across = np.stack([-along[:, 1], along[:, 0]], axis=1)
        middles += across * (rng.uniform(-rough, rough, len(middles)) * (spans > finest))[:, None]
        out = np.empty((len(path) + len(middles), 2))
        out[::2], out[1::2] = path, middles
        path = out


def curve(controls: Sequence[Sequence[float]], steps: int = 14) -> Points:
    """A Catmull-Rom curve through its control points."""
    p = np.array(controls, dtype=float)
    p = np.concatenate([2 * p[:1] - p[1:2], p, 2 * p[-1:] - p[-2:-1]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    pieces = []
    for a, b, c, d in zip(p[:-3], p[1:-2], p[2:-1], p[3:], strict=True):
        pieces.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.concatenate([*pieces, p[-2:-1]])


def ribbon(path: Points, widths: Points) -> Polygon:
    """A band around a path whose width (m) changes along it, like a river."""
    along = np.gradient(path, axis=0)
    across = np.stack([-along[:, 1], along[:, 0]], axis=1) / np.linalg.norm(along, axis=1)[:, None]
    half = across * (widths / 2)[:, None]
    return Polygon(np.concatenate([path + half, (path - half)[::-1]])).buffer(0)
