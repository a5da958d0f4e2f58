"""Lines and areas in a form: what is taken, in whichever form it comes; what is refused, and in which words; how large
they are, and what a rule knows of it."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from django.db import connection

from tests.matters.answering import Answers
from tests.matters.small_kind import small
from tests.support.values import values_of
from yiwang.matters import drawn, proof, rules
from yiwang.matters.clock_state import State
from yiwang.matters.definition import Kind, kind_from
from yiwang.matters.facts import row
from yiwang.matters.fields.measured import geojson, wkt
from yiwang.matters.opening import Opening
from yiwang.why import Incomplete

AT = datetime(2026, 10, 12, 1, 30, tzinfo=UTC)
DRAWN = """
form.bank: {type: line, title: {zh: 河段, en: Stretch}, least: 20 m, most: 5 km}
form.plot: {type: area, title: {zh: 地块, en: Plot}, least: 1 mu, most: 20 ha}
form.crowd: {type: number, title: {zh: 每公顷户数, en: By hectare}, computed: 90 / form.plot.ha}
form.why_wide: {type: text, title: {zh: 为何这么大, en: Why so large}, required: true, asked_when: form.plot.mu > 100}
checks:
  - {that: form.bank.km < 4 or form.bank is null, because: {zh: 超过四公里的分段报, en: report it in stretches of 4 km}}
"""


@pytest.fixture(scope="module")
def kind() -> Kind:
    return kind_from(small(DRAWN))


@pytest.fixture(scope="module")
def world() -> Any:
    return values_of().world


@pytest.fixture(scope="module")
def at(world: Any) -> tuple[float, float]:
    """Somewhere in the district."""
    return Answers(Random(1), world)._somewhere()


def square(at: tuple[float, float], metres: float) -> list[list[float]]:
    """About so wide, its corners against the clock."""
    x, y = metres / 111_320 / math.cos(math.radians(at[1])), metres / 111_320
    return [[at[0] + x * a, at[1] + y * b] for a, b in ((0, 0), (1, 0), (1, 1), (0, 1))]


def begin(kind: Kind, world: Any, **data: Any) -> State:
    return rules.begin(kind, {"title": "试验", "text": "试验", "grade": "small"} | data, AT, world, place=None)


def why(kind: Kind, world: Any, name: str, said: Any) -> str:
    with pytest.raises(Incomplete) as refused:
        begin(kind, world, **{name: said})
    return refused.value.fields[name].speak("en")


def test_the_kind_is_proven(kind: Kind) -> None:
    assert [(path, words.speak("en")) for path, words in proof.complaints(kind)] == []


def written(points: list[list[float]]) -> dict[str, Any]:
    """An area in every form in which one comes."""
    ring = [*points, points[0]]
    return {
        "a line each": "\n".join(f"{lon:.7f}, {lat:.7f}" for lon, lat in points),
        "in one line": " ".join(f"{lon:.7f},{lat:.7f}" for lon, lat in points),
        "full width": "；".join(f"{lon:.7f}，{lat:.7f}" for lon, lat in points),
        "JSON": json.dumps(points),
        "a list": points,
        "closed": ring,
        "GeoJSON": {"type": "Polygon", "coordinates": [ring]},
        "a feature as text": json.dumps({"type": "Feature", "properties": {}, "geometry": geojson("area", points)}),
        "WKT": wkt("area", points),
        "with heights": [[*one, 4.5] for one in ring],
        "a corner pressed twice": [points[0], *points],
    }


def test_an_area_is_the_same_in_whichever_form_it_comes(kind: Kind, world: Any, at: tuple[float, float]) -> None:
    points = [[round(lon, 7), round(lat, 7)] for lon, lat in square(at, 100)]
    for form, said in written(points).items():
        assert begin(kind, world, plot=said)["form.plot"] == points, form


def test_what_goes_out_comes_in_again(kind: Kind, world: Any, at: tuple[float, float]) -> None:
    points = begin(kind, world, bank=square(at, 100)[:3])["form.bank"]
    assert begin(kind, world, bank=geojson("line", points))["form.bank"] == points
    assert begin(kind, world, bank=wkt("line", points))["form.bank"] == points
    for corners in (square(at, 100), square(at, 100)[::-1]):  # against the clock, and closed, as RFC 7946 has it
        (ring,) = geojson("area", corners)["coordinates"]
        assert ring[0] == ring[-1]
        assert sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) > 0


def test_what_is_no_shape_is_refused_in_a_sentence(kind: Kind, world: Any, at: tuple[float, float]) -> None:
    a, b, c, d = square(at, 100)
    many = [[at[0] + n * 1e-6, at[1]] for n in range(3000)]
    nan, endless = float("nan"), float("inf")
    for name, said, sentence in [
        ("plot", [a, c, b, d], "runs across itself"),
        ("bank", [a, c, b, d], "runs across itself"),
        ("bank", [a, b, a], "back over itself"),
        ("plot", [a, b], "at least 3 points"),
        ("plot", [a, b, a], "at least 3 points"),
        ("bank", [a, a], "at least 2 points"),
        ("plot", many, "3,000 points; draw it with at most 500"),
        ("plot", json.dumps(many), "at most 500"),
        ("plot", "1, 2\n" * 90_000, "too long"),
        ("plot", [[nan, at[1]], b, c], "Draw it on the map"),
        ("plot", "[[NaN, 31], [121, 31], [121, 32]]", "Draw it on the map"),
        ("plot", [[endless, at[1]], b, c], "correct"),
        ("plot", [[True, False], b, c], "Draw it on the map"),
        ("plot", [["121", "31"], b, c], "Draw it on the map"),
        ("plot", {"type": "Polygon"}, "Draw it on the map"),
        ("plot", {"type": ["Polygon"], "coordinates": 1}, "Draw it on the map"),
        ("plot", {"type": "MultiPolygon", "coordinates": []}, "without holes"),
        ("plot", {"type": "Polygon", "coordinates": [[a, b, c, a], [a, b, c, a]]}, "without holes"),
        ("plot", geojson("line", [a, b]), "not a line"),
        ("bank", wkt("area", [a, b, c]), "not an area"),
        ("bank", "MULTILINESTRING ((1 2, 3 4))", "without holes"),
        ("bank", "LINESTRING (1 2, three 4)", "Draw it on the map"),
        ("plot", [[lat, lon] for lon, lat in (a, b, c)], "Longitude comes first"),
        ("plot", square((10.0, 50.0), 100), "outside Test District"),
        ("plot", square(at, 500), "ha; draw at most 20 ha"),
        ("plot", square(at, 20), "mu; draw at least 1 mu"),
        ("bank", square(at, 10)[:2], "m; draw at least 20 m"),
        ("plot", [a, [a[0] + 1e-7, a[1]], [a[0], a[1] + 1e-7]], "too close together"),
    ]:
        assert sentence in why(kind, world, name, said), (name, sentence)


def test_an_area_that_lies_partly_outside_is_taken_and_is_where_it_lies_inside(world: Any, kind: Kind) -> None:
    cells = world.district.grid._tree.geometries
    west = min(cell.bounds[0] for cell in cells)
    edge = next(cell for cell in cells if cell.bounds[0] == west)
    middle = (edge.bounds[1] + edge.bounds[3]) / 2
    half_out = square((west - 0.0018, middle), 200)
    first = Opening({"title": "试验", "text": "试验", "grade": "small", "plot": half_out}, AT).decide(kind, world)
    assert world.district.place(first["lon"], first["lat"]) is not None
    assert first["street"] is not None


def test_a_rule_knows_how_large_it_is(kind: Kind, world: Any, at: tuple[float, float]) -> None:
    state = begin(kind, world, plot=square(at, 200), bank=square(at, 1000)[:3])
    assert state["form.plot.area"] == pytest.approx(40_000, rel=0.01)
    seen = row(kind, state, AT)
    assert seen["form.plot.ha"] == Decimal(str(state["form.plot.area"])) / 10_000
    assert seen["form.plot.mu"] * 2000 / 3 == pytest.approx(seen["form.plot.area"])
    assert seen["form.bank.km"] * 1000 == seen["form.bank.length"] == Decimal(str(state["form.bank.length"]))
    assert state["form.crowd"] == pytest.approx(90 / float(seen["form.plot.ha"]))
    assert kind.expression("form.plot.ha > 3.9 and form.bank.length < 2100").evaluate(seen) is True
    assert begin(kind, world).get("form.plot.area") is None


def test_a_guard_sees_the_size_of_what_is_being_entered(kind: Kind, world: Any, at: tuple[float, float]) -> None:
    assert "stretches of 4 km" in why(kind, world, "bank", [at, [at[0] + 0.025, at[1] + 0.03]])
    with pytest.raises(Incomplete) as refused:
        begin(kind, world, plot=square(at, 300))
    assert refused.value.fields.keys() == {"why_wide"}


def test_where_it_is_follows_from_what_is_drawn(kind: Kind, world: Any, at: tuple[float, float]) -> None:
    said = {"title": "试验", "text": "试验", "grade": "small"}
    first = Opening({**said, "plot": square(at, 100)}, AT).decide(kind, world)
    corners = square(at, 100)
    assert corners[0][0] < first["lon"] < corners[1][0]
    assert corners[0][1] < first["lat"] < corners[2][1]
    assert first["street"] == world.district.units[world.district.place(*at).street].code
    pinned = Opening({**said, "plot": square(at, 100)}, AT, place=at).decide(kind, world)
    assert (pinned["lon"], pinned["lat"]) == at
    assert Opening(said, AT).decide(kind, world)["lon"] is None


def test_several_are_one_text_for_a_map_program(kind: Kind, world: Any, at: tuple[float, float]) -> None:
    both = begin(kind, world, plot=square(at, 100), bank=square(at, 100)[:2])
    text = drawn.wkt_of(kind.fields, both)
    assert text.startswith("GEOMETRYCOLLECTION (LINESTRING (")
    assert text.count("(") == text.count(")")
    assert drawn.wkt_of(kind.fields, begin(kind, world)) == ""


SOUND = ["form.plot.ha < 25", "form.plot.mu > 0", "form.plot.area < 1000000"]
GUARDED = [
    ("form.plot", "form.plot.ha > 25", "never"),  # none is so large
    ("asks.zone", "form.zone.area < 9000", "which nobody gives before"),
    ("asks.zone", "form.zone.ha < 1", "which nobody gives before"),
]


def guarded(name: str, guard: str) -> list[str]:
    needed = str("form" in name).lower()
    field = f"{name}: {{type: area, title: {{zh: 地块, en: Plot}}, required: {needed}, most: 20 ha}}"
    found = proof.complaints(kind_from(small(f"{field}\nactions.mend.when: {guard}")))
    return [f"{path}: {words.speak('en')}" for path, words in found]


@pytest.mark.parametrize("guard", SOUND)
def test_a_guard_over_a_size_is_proven(guard: str) -> None:
    assert guarded("form.plot", guard) == []


@pytest.mark.parametrize(("name", "guard", "sentence"), GUARDED)
def test_a_guard_that_no_shape_can_meet_is_refused(name: str, guard: str, sentence: str) -> None:
    found = guarded(name, guard)
    assert any(one.startswith("actions.mend.when") and sentence in one for one in found), found


BAD_BOUNDS = [
    (
        "form.x: {type: line, title: {zh: 甲, en: A}, most: 20 ha}",
        "form.x.most: least and most of a field of type line",
    ),
    (
        "form.x: {type: area, title: {zh: 甲, en: A}, least: 5 km}",
        "form.x.least: least and most of a field of type area",
    ),
    ("form.x: {type: area, title: {zh: 甲, en: A}, most: 20}", "m2, mu, ha, km2"),
    ("form.x: {type: number, title: {zh: 甲, en: A}, most: 20 m}", "what it counts in is its measure"),
    ("form.x: {type: line, title: {zh: 甲, en: A}, least: 1 km, most: 900 m}", "at least 1 km and at most 900 m"),
    ("form.x: {type: text, title: {zh: 甲, en: A}, most: 3 km}", "least and most belong to"),
]


@pytest.mark.parametrize(("change", "sentence"), BAD_BOUNDS)
def test_bounds_that_cannot_be_are_refused(change: str, sentence: str) -> None:
    found = [f"{path}: {words.speak('en')}" for path, words in proof.complaints(kind_from(small(change)))]
    assert any(sentence in one for one in found), found


def test_the_database_knows_the_same_sizes(database: str, kind: Kind, world: Any, at: tuple[float, float]) -> None:
    """A figure over matters and a rule of one are the same: each fact is said in Python and in SQL."""
    rng = Random(7)
    for _ in range(12):
        metres = rng.uniform(30, 250)
        state = begin(kind, world, plot=square(at, metres), bank=square(at, metres)[:3])
        seen = row(kind, state, AT)
        for name in ("form.plot.area", "form.plot.ha", "form.plot.mu", "form.bank.length", "form.bank.km"):
            facts = json.dumps({key: value for key, value in state.items() if key.startswith("form.")})
            with connection.cursor() as cursor:
                sql = kind.schema.fields[name].sql["postgres"]
                cursor.execute(f"SELECT {sql} FROM (SELECT %s::jsonb AS facts) m", [facts])
                assert cursor.fetchone()[0] == seen[name], name
