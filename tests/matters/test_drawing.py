"""A kind as a drawing: every stage and every way from one to another, and no words over a box or over other words."""

from __future__ import annotations

import xml.etree.ElementTree as Tree
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.matters.small_kind import small
from yiwang.matters.called import titles_of
from yiwang.matters.definition import Kind, kind_from
from yiwang.matters.drawing import BOX, HIGH, drawing
from yiwang.matters.drawing_around import Around
from yiwang.matters.drawing_svg import svg
from yiwang.matters.drawing_words import Covered
from yiwang.matters.loading import Matters
from yiwang.org.roles import roles_from
from yiwang.org.titles import plain
from yiwang.packs import loading

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted([*(ROOT / "packs/demo/matters").glob("*.yaml"), *(ROOT / "tests/packs/vale/matters").glob("*.yaml")])


def kinds() -> list[Kind]:
    return [kind_from(small()), *(kind_from(yaml.safe_load(file.read_text("utf-8"))) for file in FILES)]


def languages(kind: Kind) -> list[str]:
    return list(kind.title.mapping())


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.matter)
def test_every_stage_and_every_way_stands_in_it_once(kind: Kind) -> None:
    drawn = drawing(kind, languages(kind)[0])
    assert [box.stage for box in drawn.boxes] == list(kind.stages)
    assert len({(box.x, box.y) for box in drawn.boxes}) == len(drawn.boxes)
    ways = {
        (stage, to)
        for stage in kind.stages
        for name in kind.by_stage[stage]
        for to in kind.actions[name].leads_to(stage)
    }
    assert {(arrow.start, arrow.end) for arrow in drawn.arrows} == {way for way in ways if way[0] != way[1]}


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.matter)
def test_boxes_stand_apart_and_all_lies_within_the_drawing(kind: Kind) -> None:
    for language in languages(kind):
        drawn = drawing(kind, language)
        for number, one in enumerate(drawn.boxes):
            assert drawn.left <= one.x - BOX / 2
            assert one.x + BOX / 2 <= drawn.left + drawn.width
            assert one.y - HIGH / 2 >= 0
            assert one.y + HIGH / 2 <= drawn.height
            for other in drawn.boxes[number + 1 :]:
                assert abs(one.x - other.x) >= BOX or abs(one.y - other.y) >= HIGH


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.matter)
def test_words_stand_on_no_box_and_on_no_other_words(kind: Kind) -> None:
    for language in languages(kind):
        drawn = drawing(kind, language)
        boxes = [(box.stage, (box.x, box.y, BOX / 2, HIGH / 2)) for box in drawn.boxes]
        words = [(" ".join(arrow.lines), arrow.covers) for arrow in drawn.arrows]
        pairs = [*combinations(words, 2), *((one, box) for one in words for box in boxes)]
        assert [(one, other) for (one, here), (other, there) in pairs if overlap(here, there)] == []


def overlap(one: Covered, other: Covered) -> bool:
    return abs(one[0] - other[0]) < one[2] + other[2] and abs(one[1] - other[1]) < one[3] + other[3]


_WRONG_IN_THE_BROWSER = """() => {
  const svg = document.querySelector("svg"), view = svg.viewBox.baseVal;
  const words = [...svg.querySelectorAll("text")].map((one) => [one.textContent, one.getBBox(), one]);
  const boxes = [...svg.querySelectorAll("rect")].map((one) => ["a box", one.getBBox()]);
  const over = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
  const wrong = [];
  words.forEach(([said, at, node], number) => {
    const others = words.slice(number + 1).concat(node.classList.contains("word") ? boxes : []);
    for (const [other, there] of others) if (over(at, there)) wrong.push([said, other]);
    const inside = at.x >= view.x && at.x + at.width <= view.x + view.width && at.y + at.height <= view.height;
    if (!inside) wrong.push([said, "the edge"]);
    const box = node.parentNode.querySelector(":scope > rect");
    if (box && at.width > box.getBBox().width) wrong.push([said, "wider than its box"]);
  });
  return wrong;
}"""


def test_what_a_browser_draws_overlaps_as_little(page: Any) -> None:
    """The words are as wide as a font makes them, not as wide as they were thought."""
    wrong = {}
    for kind in kinds():
        for language in languages(kind):
            page.set_content(svg(kind, language))
            if overlapping := page.evaluate(_WRONG_IN_THE_BROWSER):
                wrong[kind.matter, language] = overlapping
    assert wrong == {}


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.matter)
def test_it_is_sound_svg_in_every_language(kind: Kind) -> None:
    for language in languages(kind):
        root = Tree.fromstring(svg(kind, language, here=kind.first))
        titles = [one.text for one in root.iter("{http://www.w3.org/2000/svg}title")]
        assert titles == [kind.title.speak(language)]


def read(pack: str) -> tuple[list[Kind], Around]:
    """The kinds of a pack, and what stands around them."""
    said = loading.read(ROOT / pack)
    roles = titles_of(roles_from(plain(said.organisation.roles.roles)))
    part = said.part(Matters)
    return part.kinds, Around(roles, said.organisation.rosters, part.gate.facts())


@pytest.mark.parametrize("pack", ["packs/demo", "tests/packs/vale"])
def test_below_it_stand_shapes_rosters_and_gates(pack: str) -> None:
    """Of every kind: what is drawn on the map, who is on duty for it, and which units it may reach."""
    every, around = read(pack)
    asked: set[str] = set()
    for kind in every:
        language = languages(kind)[0]
        below = [one.text or "" for one in Tree.fromstring(svg(kind, language, around=around)).iter() if one.text]
        for spec in kind.fields.values():
            if spec.type in ("line", "area"):
                asked.add("shape")
                assert any((spec.title.speak(language) in line and "（" in line) or "(" in line for line in below)
        for name, roster in around.rosters.items():
            named = {*(by for action in kind.actions.values() for by in [*action.actors, *action.raises])}
            named |= {stage.owner for stage in kind.stages.values()} | {route.to for route in kind.routing}
            shown = any(roster.title.speak(language) in line for line in below)
            assert shown == bool({name, f"roster {name}"} & named), (kind.matter, name)
            asked |= {"roster"} if shown else set()
        for gate in around.gates.values():
            asked.add("open" if kind.matter in gate.kinds else "shut")
            assert sum(gate.reference in line for line in below) == 1
    assert asked == {"shape", "roster", "open", "shut"}
