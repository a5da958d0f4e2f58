# ruff: noqa: E501 (a damage is easier to see on one line)
"""What `pack check` passes, `pack load` loads, and every point of the district can be placed (R1.1).

A sound pack is damaged as people, spreadsheets and networks damage files; whatever comes of it is either loaded to the
last line or refused with file, line and mend. YIWANG_DAMAGES says how many packs are tried.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.district import DEMO_PACK, write_pack

TRIED = int(os.environ.get("YIWANG_DAMAGES", "24"))
TOLD = re.compile(r"[\w./-]+:\d+: .{8,}", re.DOTALL)
Damage = Callable[[random.Random, bytes], bytes]


def lines(change: Callable[[random.Random, list[str]], None]) -> Damage:
    def damage(rng: random.Random, content: bytes) -> bytes:
        parts = content.decode("utf-8", "replace").split("\n")
        change(rng, parts)
        return "\n".join(parts).encode("utf-8", "surrogatepass")

    return damage


def _swap_cells(rng: random.Random, parts: list[str]) -> None:
    at = rng.randrange(len(parts))
    cells = parts[at].split(",")
    a, b = rng.randrange(len(cells)), rng.randrange(len(cells))
    cells[a], cells[b] = cells[b], cells[a]
    parts[at] = ",".join(cells)


def _other_word(rng: random.Random, parts: list[str]) -> None:
    words = re.findall(r"[\w.-]+", "\n".join(parts))
    at = rng.randrange(len(parts))
    here = re.findall(r"[\w.-]+", parts[at])
    if here and words:
        parts[at] = parts[at].replace(rng.choice(here), rng.choice(words), 1)


VALUES = (
    "null",
    "true",
    "-1",
    "1e400",
    ".nan",
    "[]",
    "{}",
    "2026-02-30",
    "''",
    "'\\0'",
    "9" * 30,
    "no",
    "&a [*a]",
    "!!x 1",
    "街道",
)


def _other_value(rng: random.Random, parts: list[str]) -> None:
    at = rng.randrange(len(parts))
    parts[at] = re.sub(r"(: ?|,)([^,:]+)$", lambda m: m[1] + rng.choice(VALUES), parts[at])


def _other_number(rng: random.Random, parts: list[str]) -> None:
    at = rng.randrange(len(parts))
    numbers = list(re.finditer(r"-?\d+(\.\d+)?", parts[at]))
    if numbers:
        one = rng.choice(numbers)
        value = rng.choice(["0", "-1", "200", "31.01", "121.93", "NaN", "1e999", one[0][:-1], one[0] + "1"])
        parts[at] = parts[at][: one.start()] + value + parts[at][one.end() :]


def _numbers_swapped(rng: random.Random, parts: list[str]) -> None:
    at = rng.randrange(len(parts))
    parts[at] = re.sub(r"\[(-?[\d.]+), (-?[\d.]+)\]", r"[\2, \1]", parts[at], count=rng.choice([0, 1, 2]))


def _inserted(rng: random.Random, parts: list[str]) -> None:
    at, sign = (
        rng.randrange(len(parts)),
        rng.choice(['"', "'", ",", ":", "\t", "\x00", "\x07", "，", " ", "#", "-", "\ud800", "é"]),
    )
    where = rng.randint(0, len(parts[at]))
    parts[at] = parts[at][:where] + sign + parts[at][where:]


def _a_line_twice(rng: random.Random, parts: list[str]) -> None:
    parts.insert(rng.randrange(len(parts)), rng.choice(parts))


def _encoded(rng: random.Random, content: bytes) -> bytes:
    encoding = rng.choice(["gb18030", "utf-16", "utf-8-sig", "big5", "latin-1", "utf-16-le", "cp1252"])
    return content.decode("utf-8", "replace").encode(encoding, "replace")


DAMAGES: dict[str, Damage] = {
    "a line lost": lines(lambda rng, parts: parts.pop(rng.randrange(len(parts)))),
    "several lines lost": lines(lambda rng, parts: parts.__delitem__(slice(a := rng.randrange(len(parts)), a + rng.randint(1, 6)))),
    "a line twice": lines(_a_line_twice),
    "two lines change places": lines(lambda rng, parts: rng.shuffle(parts[:]) or parts.insert(0, parts.pop(rng.randrange(len(parts))))),
    "cells change places": lines(_swap_cells),
    "another word": lines(_other_word),
    "another value": lines(_other_value),
    "another number": lines(_other_number),
    "latitude first": lines(_numbers_swapped),
    "a sign inserted": lines(_inserted),
    "broken off": lambda rng, content: content[: rng.randrange(len(content) + 1)],
    "another encoding": _encoded,
    "a byte changed": lambda rng, content: content[: (at := rng.randrange(len(content) or 1))] + bytes([rng.randrange(256)]) + content[at + 1 :],
    "nothing left": lambda rng, content: rng.choice([b"", b"\n", b"\xef\xbb\xbf", b"{}", b"[]", b"null"]),
}  # fmt: skip


@pytest.fixture(scope="module")
def sound(database: str) -> Path:
    """A small pack with every file that a pack can have."""
    folder = write_pack(Path(tempfile.mkdtemp(dir=os.environ["YIWANG_VAR"])) / "pack", "99CODE")
    shutil.copytree(DEMO_PACK / "maps", folder / "maps")
    (folder / "vitals.yaml").write_text(VITALS, "utf-8")
    (folder / "calendar.yaml").write_text((DEMO_PACK / "calendar.yaml").read_text("utf-8"), "utf-8")
    pack = (folder / "pack.yaml").read_text("utf-8")
    (folder / "pack.yaml").write_text(
        pack.replace("  demo: true\n", "  calendar: calendar.yaml\n  demo: true\n"), "utf-8"
    )
    return folder


VITALS = """version: 2026-01-01
reference: 试验
dimensions:
  water: {zh: 水, en: Water}
signs:
  - {code: level, title: {zh: 水位, en: Level}, dimension: water, unit: {zh: 米, en: m}, every: 5 min, source: water, responsible: water, high: {yellow: 2, red: 3}, place: bei}
"""
_serial = iter(range(10**6))


def copied(sound: Path, into: Path) -> Path:
    """A copy that makes a tenant of its own."""
    code = f"{os.getpid() % 1000:03d}{next(_serial):04d}X"
    for path in sorted(sound.rglob("*")):
        if path.is_file():
            copy = into / path.relative_to(sound)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(path.read_text("utf-8").replace("99CODE", code), "utf-8")
    return into


@settings(max_examples=TRIED, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**48))
def test_what_check_passes_load_loads(sound: Path, seed: int) -> None:
    from yiwang.org.pack_text import PackError
    from yiwang.packs import loading

    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        pack = copied(sound, Path(folder) / "pack")
        for _ in range(rng.choice([1, 1, 1, 2])):
            path = rng.choice(sorted(path for path in pack.rglob("*") if path.is_file()))
            if rng.random() < 0.03:
                path.unlink()
                continue
            path.write_bytes(rng.choice(list(DAMAGES.values()))(rng, path.read_bytes()))
        try:
            problems = loading.read(pack).problems
        except PackError as error:
            problems = error.problems
            assert problems
        if problems:
            for problem in problems:
                assert TOLD.fullmatch(problem.speak("en")), problem
                assert TOLD.fullmatch(problem.speak("zh")), problem
            return
        usable(loading.load(pack), rng)


def usable(district: int, rng: random.Random) -> None:
    """Everything that the pack says can be asked for; every point of its land is in a cell."""
    from shapely import Point, union_all
    from shapely.geometry import shape

    from yiwang.look.land import land
    from yiwang.matters.kinds import current_kinds, world
    from yiwang.org import queries, session
    from yiwang.org.models import Cell, Person, Unit
    from yiwang.org.session import acting_as

    with acting_as(session.system(district)) as asker:
        known = queries.facts(asker)
        assert {known.centre.code, known.supervision.code, known.root.code} <= known.by_code.keys()
        assert world(asker).calendar is not None
        for kind in current_kinds(asker):
            assert kind.expressions.keys() >= {text for _, text in kind.texts()}
            assert kind.limits
        assert land(asker) is not None
        for person in Person.objects.filter(district=district, user__isnull=False):
            assert session.asker_of_user(person.user_id) is not None
        shapes = [shape(one) for one in Cell.objects.filter(district=district).values_list("boundary", flat=True)]
        outlines = Unit.objects.filter(district=district, boundary__isnull=False).values_list("boundary", flat=True)
        whole = union_all([*shapes, *map(shape, outlines)])
        for one in [*shapes, *map(shape, outlines)]:
            point = one.representative_point()
            assert_placed(known, point.x, point.y)
        for _ in range(20 if shapes else 0):
            west, south, east, north = whole.bounds
            point = Point(rng.uniform(west, east), rng.uniform(south, north))
            if whole.contains(point):
                assert_placed(known, point.x, point.y)


def assert_placed(known, lon: float, lat: float) -> None:  # type: ignore[no-untyped-def]
    place = known.place(lon, lat)
    assert place is not None, (lon, lat)
    assert {place.street, place.neighbourhood} <= known.units.keys()
