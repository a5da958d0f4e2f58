"""Who writes a kind begins it, sees it and walks it from the terminal, and nothing of it is written anywhere."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from yiwang.commands.handlers.pack_kind import kind_in
from yiwang.commands.line import main
from yiwang.packs import loading
from yiwang.why import Refusal

ROOT = Path(__file__).resolve().parents[2]
PACKS = {"demo": ROOT / "packs/demo", "vale": ROOT / "tests/packs/vale"}


@pytest.fixture
def pack(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACKS[request.param], tmp_path / "pack"))


def refused(*words: str) -> bool:
    """Whether a command was not carried out."""
    try:
        return main([*words]) not in (0, None)
    except SystemExit:
        return True


both = pytest.mark.parametrize("pack", list(PACKS), indirect=True)


@both
def test_a_new_kind_is_sound_as_it_stands(database: str, pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "new", str(pack), "tree_survey"]) in (0, None)
    assert main(["pack", "check", str(pack), "--lang", "en"]) == 0
    assert "tree_survey" in capsys.readouterr().out


@both
@pytest.mark.parametrize("name", ["Tree", "tree survey", "../tree", "", "t" * 41])
def test_a_name_that_is_none_writes_nothing(database: str, pack: Path, name: str) -> None:
    before = sorted(pack.rglob("*"))
    assert refused("pack", "new", str(pack), name)
    assert sorted(pack.rglob("*")) == before


@pytest.mark.parametrize("pack", ["demo"], indirect=True)
def test_a_kind_that_is_there_is_not_written_over(database: str, pack: Path) -> None:
    text = (pack / "matters/hotline.yaml").read_text("utf-8")
    assert refused("pack", "new", str(pack), "hotline")
    assert (pack / "matters/hotline.yaml").read_text("utf-8") == text


@pytest.mark.parametrize("pack", ["demo"], indirect=True)
def test_a_matter_is_walked_in_memory(
    database: str, pack: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["pack", "new", str(pack), "tree_survey"])
    walk = """open title=银杏 text=倒伏
give unit="bureau-water
no_such_thing
give unit=bureau-water
finish
finish result=扶正
approve
back
+3 days
approve post=csc-dispatcher-2
"""
    monkeypatch.setattr("sys.stdin", io.StringIO(walk))
    capsys.readouterr()
    main(["pack", "try", str(pack), "tree_survey", "--lang", "en", "--at", "2026-10-12T09:30"])
    said = capsys.readouterr().out
    assert "To be assigned" in said
    assert "In hand" in said
    assert "A quotation mark is not closed." in said
    assert "no_such_thing" in said
    assert "result: " in said  # what was missing
    assert "Closed" in said


@pytest.mark.parametrize("pack", ["demo"], indirect=True)
@pytest.mark.parametrize(
    ("kind", "walk", "says"),
    [
        ("river_patrol", "\nround HD01\n", ["opened by itself: every month", "To be walked"]),
        (
            "random_inspection",
            "\nopen title=双随机 text=第四季度检查\ndraw_lots lot_words='一二三 四五六'\n",
            ["drawn by lot: Draw draws Firms drawn A 3%", "Firms drawn, drawn by lot: ", "seed 一二三 四五六"],
        ),
    ],
)
def test_rounds_and_draws_show_before_anybody_works_with_them(
    kind: str,
    walk: str,
    says: list[str],
    database: str,
    pack: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(walk))
    main(["pack", "try", str(pack), kind, "--lang", "en", "--at", "2026-10-12T09:30"])
    main(["pack", "draw", str(pack), kind, "--lang", "en"])
    said = capsys.readouterr().out
    walked, _, drawn = said.partition("<svg")
    assert all(one in walked for one in says), walked
    assert says[0] in drawn


@pytest.mark.parametrize("pack", ["demo"], indirect=True)
def test_a_drawing_says_what_stands_around_the_kind(
    database: str, pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["pack", "draw", str(pack), "incident", "--lang", "en"])
    drawn = capsys.readouterr().out
    assert "on duty: District duty desk (" in drawn
    assert "drawn on the map: Road closed (line, at most 20 km)" in drawn
    assert "may be given to no neighbourhood (" in drawn


@pytest.mark.parametrize("pack", ["vale"], indirect=True)
def test_a_line_that_is_none_is_told_with_what_can_be_written(
    database: str, pack: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["pack", "new", str(pack), "tree_survey"])
    capsys.readouterr()
    monkeypatch.setattr("sys.stdin", io.StringIO("open title=Elm text=Leans\nopen title=Oak\ngivv\nhelp\n"))
    main(["pack", "try", str(pack), "tree_survey", "--lang", "en", "--at", "2026-10-12T09:30"])
    refusals = [line.strip() for line in capsys.readouterr().out.splitlines() if "refused" in line]
    assert refusals[0] == "refused: One is open already; write back to take back a step, quit to end."
    assert refusals[1] == "refused: There is no givv; did you mean give?"
    assert "you can write give, drop, finish" in refusals[2]
    assert refusals[2].endswith("due, back, quit.")
    with pytest.raises(Refusal, match="是不是 tree_survey？"):
        kind_in(loading.read(pack), "tree_surveys")
