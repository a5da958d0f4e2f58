# ruff: noqa: E501 (what is sound is easier to see on one line)
"""Each broken definition is refused on the line that is to be mended, with what would mend it (design §4)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from tests.matters.broken_kinds import BROKEN_KINDS
from tests.matters.small_kind import CLASSES, FULL, UNITS, crew, small
from yiwang.matters import proof, proof_fillable
from yiwang.matters.definition import Kind, kind_from, placed
from yiwang.matters.schema import Home
from yiwang.org.pack_file import PackFile
from yiwang.org.pack_text import PackError, Problem


def problems(change: str, folder: Path) -> tuple[PackFile, list[Problem]]:
    """The small kind with a change, as a file, and what is wrong with it."""
    path = folder / "matters" / "lift.yaml"
    path.parent.mkdir()
    path.write_text(yaml.safe_dump(small(change), allow_unicode=True, sort_keys=False), "utf-8")
    file = PackFile(path, root=folder)
    kind = placed(file.as_a(Kind), Home())
    wrong = proof.complaints(kind, units=UNITS, classes=CLASSES, crew=crew(**FULL))
    return file, [file.problem(where, words) for where, words in wrong]


def test_there_are_sixty_of_them() -> None:
    assert len(BROKEN_KINDS) >= 60


@pytest.mark.parametrize(("change", "path", "says"), BROKEN_KINDS.values(), ids=BROKEN_KINDS)
def test_a_broken_definition_is_refused_on_its_line(change: str, path: str, says: str, tmp_path: Path) -> None:
    file, found = problems(change, tmp_path)
    begins = f"matters/lift.yaml:{file.line(path)}: {says}"
    assert any(one.speak("en").startswith(begins) for one in found), (begins, [one.speak("en") for one in found])
    assert all(any("一" <= sign <= "鿿" for sign in one.speak("zh")) for one in found)


# what looks like one of them, and strands nobody
SOUND = {
    "a number within its range": "asks.days.least: 1\nactions.mend.needs: [done, days]\nactions.finish.when: form.days >= 1",
    "an amount within its range": "asks.cost: {type: money, least: 1, title: {zh: 甲, en: A}}\nactions.mend.needs: [done, cost]\nactions.finish.when: form.cost >= 1",
    "worked out, and always so": "form.b: {type: bool, title: {zh: 甲, en: A}, computed: \"form.grade = 'small' or form.grade = 'great'\"}\nactions.finish.when: form.b",
    "like anything": "actions.finish.when: form.text like '%'",
    "one way for each text": "actions.finish.when: form.text like 'x%'\nactions.drop: {title: {zh: 弃, en: Drop}, from: looking, to: over, by: dispatcher, verifies: true, unless: form.text like 'x%'}",
    "not blank": "actions.finish.when: length(form.text) > 0",
    "long enough, as is checked": "actions.mend.checks: [{that: length(form.done) >= 10, because: {zh: 甲, en: A}}]",
    "two patterns that meet": "actions.mend.checks: [{that: form.done like 'A%' and form.done like '%B', because: {zh: 甲, en: A}}]",
    "days in order, as is checked": "asks.d: {type: date, title: {zh: 甲, en: A}}\nasks.e: {type: date, title: {zh: 甲, en: A}}\nactions.mend.needs: [done, d, e]\nactions.mend.checks: [{that: form.d < form.e, because: {zh: 甲, en: A}}]\nactions.finish.when: form.d < form.e",
    "a text in capitals": "actions.mend.checks: [{that: upper(form.done) = 'X', because: {zh: 甲, en: A}}]",
    "chosen one way or the other": "asks.m: {type: choices, title: {zh: 甲, en: A}, values: {a: {zh: 甲, en: A}, b: {zh: 乙, en: B}}, at_least: 1}\nactions.mend.needs: [done, m]\nactions.finish.when: form.m.a or form.m.b",
    "as many rows as are asked": "asks.rows: {type: list, at_least: 2, title: {zh: 甲, en: A}, fields: {a: {type: number, title: {zh: 甲, en: A}}}}\nactions.mend.needs: [done, rows]\nactions.finish.when: form.rows.count >= 2",
    "one number alone": "asks.days.least: 0.1\nasks.days.most: 0.1\nactions.mend.needs: [done, days]",
    "as many as there are, which a third is held against too": "asks.n: {type: number, least: 1, most: 5000, title: {zh: 甲, en: A}}\nasks.f: {type: number, least: 0, most: 5000, title: {zh: 乙, en: B}}\nasks.s: {type: number, least: 0, most: 5000, title: {zh: 丙, en: C}}\nactions.mend.needs: [done, n, f, s]\nactions.mend.checks: [{that: form.f * 100 >= form.n * 99, because: {zh: 甲, en: A}}, {that: form.s = form.n, because: {zh: 甲, en: A}}]\nactions.finish.when: form.s >= form.n",
}  # fmt: skip


@pytest.mark.parametrize("change", SOUND.values(), ids=SOUND)
def test_what_only_looks_like_one_is_not_refused(change: str, tmp_path: Path) -> None:
    assert [one.speak("en") for one in problems(change, tmp_path)[1]] == []


def test_a_text_of_blanks_is_no_title(tmp_path: Path) -> None:
    with pytest.raises(PackError) as refused:
        problems("title: {zh: 电梯, en: '\u200b '}", tmp_path)
    assert [one.speak("en") for one in refused.value.problems] == [
        "matters/lift.yaml:2: en is missing in title; add it"
    ]


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ("{type: unit, of: [company]}", "0 units of the district can be named in u, and 1 must be"),
        ("{type: units, of: [street], at_least: 3}", "1 unit of the district can be named in u, and 3 must be"),
    ],
)
def test_a_unit_of_which_there_is_none_is_not_asked_for(field: str, says: str) -> None:
    spec = yaml.safe_load(field) | {"title": {"zh": "甲", "en": "A"}}
    kind = kind_from(
        {**(whole := small("actions.mend.needs: [done, u]")), "asks": {**whole["asks"], "u": spec}}, Home()
    )
    there = replace(crew(**FULL), unit_kinds={"centre": "centre", "office": "office", "north": "street"})
    (wrong,) = proof_fillable.complaints(kind, there)
    assert (wrong[0], wrong[1].speak("en").split(";")[0]) == ("asks.u.of", says)
