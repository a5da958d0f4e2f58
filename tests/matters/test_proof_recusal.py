# ruff: noqa: E501 (a broken recusal is easier to see on one line)
"""A recusal that could leave nobody, take out nobody or tell the public who works there is refused, with its mend."""

from __future__ import annotations

import pytest

from tests.matters.small_kind import CLASSES, FULL, UNITS, crew, small
from yiwang.matters import proof
from yiwang.matters.definition import kind_from
from yiwang.matters.drawing_around import Around
from yiwang.matters.drawing_svg import svg

SOUND = """
asks.who: {type: colleague, title: {zh: 甲, en: A}, recuses: true}
asks.back: {type: colleague, title: {zh: 乙, en: B}, readmits: true}
recusal: {up: supervisor}
actions.step_back: {title: {zh: 自行回避, en: Step back}, from: sent, by: unit, recuses: true}
actions.take_out: {title: {zh: 回避, en: Take out}, from: sent, by: supervisor, needs: [who]}
actions.let_in: {title: {zh: 恢复, en: Let in}, from: sent, by: supervisor, needs: [back]}
"""
PEOPLE = {**FULL, "supervisor": ["office", "office", "office"]}


def told(change: str, **people: list[str]) -> list[str]:
    found = proof.complaints(kind_from(small(change)), units=UNITS, classes=CLASSES, crew=crew(**{**PEOPLE, **people}))
    return [f"{path}: {words.speak('en')}" for path, words in found]


def test_a_sound_recusal_is_proven() -> None:
    assert told(SOUND) == []


BROKEN = [
    ("recusal: {up: supervisor}\n", "", "asks.who", "say who acts where nobody is left"),
    ("up: supervisor", "up: []", "recusal.up", "name the roles"),
    ("up: supervisor", "up: nobody_there", "recusal.up", "nobody_there"),
    ("up: supervisor", "up: clerk", "recusal.up", "acts for its own unit alone"),
    ("recusal: {up: supervisor}\n", "recusal: {up: grid_worker}\nmatter: lift2\n", "recusal.up", "does not see"),
    ("type: colleague, title: {zh: 甲", "type: person, title: {zh: 甲", "asks.who", "its type can be colleague, unit"),
    ("recuses: true}\nasks.back", "recuses: true, readmits: true}\nasks.back", "asks.who", "cannot both"),
    ("by: unit, recuses: true", "by: [unit, reporter], recuses: true", "actions.step_back.recuses", "hold no post"),
    ("by: supervisor, needs: [who]", "by: [supervisor, reporter], needs: [who]", "actions.take_out", "who works there"),
    ("type: colleague, title: {zh: 甲, en: A}, recuses: true", "type: colleague, title: {zh: 甲, en: A}, recuses: true, default: 3", "asks.who.default", "nobody writes a value"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("right", "wrong", "where", "says"), BROKEN, ids=[f"{n} {says}" for n, (*_, says) in enumerate(BROKEN)]
)
def test_what_could_strand_or_tell_is_named(right: str, wrong: str, where: str, says: str) -> None:
    assert right in SOUND
    found = told(SOUND.replace(right, wrong))
    assert any(one.startswith(f"{where}:") and says in one for one in found), found


def test_too_few_to_stand_in_are_named() -> None:
    assert any("it takes 3" in one for one in told(SOUND, supervisor=["office", "office"]))
    of_units = SOUND.replace("type: colleague, title: {zh: 甲", "type: unit, title: {zh: 甲")
    assert any("of several" in one for one in told(of_units)), "one unit could take all of them out"
    assert told(of_units.replace("up: supervisor", "up: [supervisor, dispatcher]")) == []


def test_words_without_effect_are_named() -> None:
    assert any("no effect" in one for one in told("recusal: {up: supervisor}"))
    assert any("nobody can be readmitted" in one for one in told(
        "{asks.back: {type: colleague, title: {zh: 乙, en: B}, readmits: true}, actions.mend.may: [back]}"))  # fmt: skip


def test_a_door_of_the_public_asks_for_no_colleague() -> None:
    change = (
        SOUND
        + """
form.kin: {type: colleague, title: {zh: 丙, en: C}}
opens: {portal: {anybody: true, fields: [title, text, grade, kin]}}
"""
    )
    assert any(one.startswith("opens.portal.fields") and "who works there" in one for one in told(change))


def test_the_drawing_says_who_acts_instead() -> None:
    roles = {"supervisor": {"zh": "督查员", "en": "Supervisor"}}
    drawn = svg(kind_from(small(SOUND)), "zh", around=Around(roles))
    assert "自行回避" in drawn
    assert "督查员接办" in drawn
