# ruff: noqa: E501 (a mistake is easier to see on one line)
"""`yiwang pack check` proves a pack, and names file, line and mend of what is wrong with it (design §4)."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.packs.checking import problems
from tests.support.district import write_pack
from yiwang.commands.line import main
from yiwang.org.pack_file import PackFile
from yiwang.org.pack_text import PackError


@pytest.fixture
def pack(database: str, tmp_path: Path) -> Path:
    return write_pack(tmp_path / "pack", "998877")


def test_the_demo_pack_and_a_small_one_are_proven(pack: Path, checkout: Path) -> None:
    assert problems(pack) == []
    assert problems(checkout / "packs" / "demo") == []


# what is changed in hotline.yaml, and what is said of it
MISTAKES = [
    ("to: handling\n", "to: handlin\n", "there is no stage handlin"),
    ("owner: unit}", "owner: nobody}", "there is no owner nobody"),
    ("assigned: {title: {zh: 待签收, en: To be accepted}, owner: unit}", "assigned: {title: {zh: 待签收, en: To be accepted}}", "stage assigned has no owner"),
    ("when: count.refuse >= 2", "when: count.refus >= 2", "did you mean count.refuse"),
    ("when: count.refuse >= 2", "when: count.refuse >= 'two'", "expression"),
    ("limit: 1 workday\n", "limit: 1 wokday\n", "is not understood"),
    ("needs: [basis, suggested_unit]", "needs: [basis, sugested_unit]", "there is no field sugested_unit"),
    ("    verifies: true\n    reference: 办核分离\n    key: V", "    key: V", "closes what was handled without verification"),
    ("starts: rework\n    restarts: rework\n    stops: answer", "starts: rework\n    stops: rework", "no clock running"),
    ("  - {to: street of place, because: {zh: 属地托底, en: the street where it is takes what nobody else has}}", "  - {to: moon, because: {zh: 属地托底, en: the street where it is takes what nobody else has}}", "the route leads to no unit: moon"),
    ("  - {to: duty of category, because: {zh: 权责清单, en: list of powers and duties}}", "  - {to: water, because: {zh: 先, en: first}}\n  - {to: duty of category, because: {zh: 后, en: then}}", "can never fire"),
    ("prefix: RX", "prefix: RX\ncolour: red", ":7: there is nothing called colour in the file"),
    ("stages:\n", "stages:\n  limbo: {title: {zh: 无, en: Limbo}, owner: unit}\n", "no end can be reached from stage limbo"),
    ("title: {zh: 12345 热线工单, en: Hotline ticket}", "title: {zh: 12345 热线工单, en: [}", "a [ on this line has no partner"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "says"), MISTAKES, ids=[says for *_, says in MISTAKES])
def test_every_mistake_is_named_with_file_and_line(pack: Path, right: str, wrong: str, says: str) -> None:
    path = pack / "matters" / "hotline.yaml"
    text = path.read_text("utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong), "utf-8")
    found = problems(pack)
    assert any(says in one and one.startswith("matters/hotline.yaml:") for one in found), found


@pytest.mark.parametrize(
    ("file", "right", "wrong"),
    [
        ("indicators/hotline_on_time.yaml", "reference:", "decimals: 1000000000000\nreference:"),
        ("indicators/hotline_on_time.yaml", "reference:", "decimals: -1\nreference:"),
        ("maps/messages.yaml", "at_most: 200", "at_most: -5"),
        ("maps/messages.yaml", "at_most: 200", "at_most: 0"),
        ("goals.yaml", "green_within: 0", "green_within: -1"),
    ],
)
def test_a_number_that_means_nothing_is_refused_on_its_line(
    tmp_path: Path, database: str, checkout: Path, file: str, right: str, wrong: str
) -> None:
    pack = shutil.copytree(checkout / "packs" / "demo", tmp_path / "demo")
    path = pack / file
    text = path.read_text("utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), "utf-8")
    assert any(one.startswith(f"{file}:") for one in problems(pack))


def test_lists_that_do_not_fit_together_are_named(pack: Path) -> None:
    (pack / "posts.csv").write_text("code,unit,role,title_zh,title_en\nx,moon,wizard,甲,A\n", "utf-8")
    (pack / "duties.csv").write_text("category,unit_rule,clause,note\nnothing,moon,1,\n", "utf-8")
    found = problems(pack)
    for says in ("unit moon is not in units.csv", "role wizard", "posts.csv:2", "duties.csv:2"):
        assert any(says in one for one in found), says


# what pack.yaml says of time, and what is said of it
HOURS = [
    ("calendar: nowhere", "pack.yaml:5: ", "nowhere"),
    ("calendar: own.yaml", "own.yaml:3: ", "noon"),
    ("time_zone: Asia/Atlantis", "pack.yaml:5: ", "Asia/Atlantis"),
    ("time_zone: Asia/Urumqi", "pack.yaml:5: ", "Asia/Urumqi and its calendar that of Asia/Shanghai"),
]


@pytest.mark.parametrize(("says", "where", "names"), HOURS)
def test_a_calendar_that_cannot_be_used_is_named_with_its_line(pack: Path, says: str, where: str, names: str) -> None:
    (pack / "own.yaml").write_text("calendar: own\nextends: cn\nhours: noon\n", "utf-8")
    text = (pack / "pack.yaml").read_text("utf-8")
    (pack / "pack.yaml").write_text(text.replace("  demo: true\n", f"  {says}\n  demo: true\n"), "utf-8")
    assert [one for one in problems(pack) if one.startswith(where) and names in one], problems(pack)


def test_a_folder_that_is_no_pack(database: str, tmp_path: Path) -> None:
    assert "no pack.yaml" in problems(tmp_path)[0]


def test_schemas_for_editors(tmp_path: Path) -> None:
    from yiwang.commands.line import main

    assert main(["pack", "schema", "--out", str(tmp_path)]) == 0
    written = {path.name: json.loads(path.read_text("utf-8")) for path in tmp_path.iterdir()}
    assert {"matter.schema.json", "indicator.schema.json", "receipt.schema.json"} <= written.keys()
    assert "Kind" in written["matter.schema.json"]["$defs"]


def test_a_kind_that_nobody_sees_is_warned_of_and_passes(
    pack: Path, checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It would be worked on by units whose people never find it in a list."""
    (pack / "matters" / "isolation.yaml").write_bytes((checkout / "packs/demo/matters/isolation.yaml").read_bytes())
    roles = pack / "roles.yaml"
    assert main(["pack", "check", str(pack), "--lang", "en"]) == 0
    assert "warning" not in capsys.readouterr().out
    roles.write_text(
        roles.read_text("utf-8").replace("kinds: all", "kinds: [hotline, grid_event, supervision]"), "utf-8"
    )
    assert main(["pack", "check", str(pack), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "warning: matters/isolation.yaml:2: nobody who holds a post sees isolation" in said
    assert main(["pack", "check", str(pack)]) == 0
    assert "提醒：matters/isolation.yaml:2: 没有岗位的角色看得到种类 isolation" in capsys.readouterr().out


def test_what_is_retired_cannot_be_opened_under_another(pack: Path, checkout: Path) -> None:
    demo = checkout / "packs" / "demo" / "matters"
    (pack / "matters" / "opinion.yaml").write_text(
        (demo / "opinion.yaml").read_text("utf-8") + "retired: true\n", "utf-8"
    )
    signed = (demo / "proposal.yaml").read_text("utf-8").replace(": head", ": supervisor")  # no head here
    (pack / "matters" / "proposal.yaml").write_text(signed, "utf-8")
    found = problems(pack)
    assert any("opinion is retired, so none of it can be opened by another" in one for one in found), found


@pytest.mark.parametrize(
    ("slip", "line"),
    [
        ("title: {zh: 甲, en: Broken, again}\n", 2),  # a comma without quotes
        ("title: {zh: 甲, en: Broken\nversion: 2026-01-01\n", 2),  # a bracket that is never closed
        ('title: {zh: 甲, en: "Broken}\nversion: 2026-01-01\n', 2),  # a quote that is never closed
        ("title: {zh: 甲, en: Broken: again}\n", 2),  # a colon without quotes
    ],
)
def test_a_slip_of_yaml_is_blamed_on_its_own_line(tmp_path: Path, slip: str, line: int) -> None:
    path = tmp_path / "kind.yaml"
    path.write_text(f"matter: kind\n{slip}prefix: KI\n", "utf-8")
    with pytest.raises(PackError) as wrong:
        PackFile(path)
    assert [problem.line for problem in wrong.value.problems] == [line]


def test_whoever_acts_on_a_kind_sees_it(pack: Path) -> None:
    roles = pack / "roles.yaml"
    roles.write_text(roles.read_text("utf-8").replace("kinds: [hotline, grid_event]", "kinds: [hotline]"), "utf-8")
    told = [one for one in problems(pack) if "the role grid_worker does not see grid_event" in one]
    assert told
    assert all(one.startswith("matters/grid_event.yaml:") for one in told)
