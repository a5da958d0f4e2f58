"""How pressing a category is may be said in the words of the pack's own kinds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.district import write_pack


@pytest.mark.parametrize(("listed", "says"), [("  burning: {zh: 燃, en: Burning}\n", []), ("", ["burning"])])
def test_the_words_of_a_kind_are_known(database: str, tmp_path: Path, listed: str, says: list[str]) -> None:
    from yiwang.packs import loading

    pack = write_pack(tmp_path / "pack", "998844")
    kind, categories = pack / "matters" / "hotline.yaml", pack / "categories.csv"
    kind.write_text(kind.read_text("utf-8").replace("urgencies:\n", f"urgencies:\n{listed}"), "utf-8")
    lines = categories.read_text("utf-8").replace("request,urgent", "request,burning")
    assert "burning" in lines
    categories.write_text(lines, "utf-8")
    found = [problem.speak("en") for problem in loading.read(pack).problems]
    assert [any(one in problem for problem in found) for one in says] == [True] * len(says)
    assert bool(found) == bool(says)
