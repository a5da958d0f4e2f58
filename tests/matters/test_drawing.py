"""A kind as a drawing: every stage and every way from one to another, and no words over a box or over other words."""

from __future__ import annotations

import xml.etree.ElementTree as Tree
from pathlib import Path

import pytest
import yaml

from tests.matters.small_kind import small
from yiwang.matters.definition import Kind, kind_from
from yiwang.matters.drawing import BOX, HIGH, drawing, width_of
from yiwang.matters.drawing_svg import svg

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
def test_words_rarely_cover_anything(kind: Kind) -> None:
    """Where there is room they cover nothing; in a crowded drawing a few may touch."""
    for language in languages(kind):
        drawn = drawing(kind, language)
        covered = [
            arrow.words
            for arrow in drawn.arrows
            for box in drawn.boxes
            if abs(arrow.at[0] - box.x) < BOX / 2 + width_of(arrow.words) / 2 - 4
            and abs(arrow.at[1] - box.y) < HIGH / 2
        ]
        assert len(covered) <= len(drawn.arrows) // 8, covered


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.matter)
def test_it_is_sound_svg_in_every_language(kind: Kind) -> None:
    for language in languages(kind):
        root = Tree.fromstring(svg(kind, language, here=kind.first))
        titles = [one.text for one in root.iter("{http://www.w3.org/2000/svg}title")]
        assert titles == [kind.title.speak(language)]
