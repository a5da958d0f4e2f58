"""The operator's page names every setting that the program reads, and no other."""

from __future__ import annotations

import re
from pathlib import Path

SETTING = re.compile(r"\b(?:YIWANG_[A-Z]+(?:_[A-Z]+)*|DATABASE_(?:APP_)?URL)\b")


def test_every_setting_stands_in_the_operators_table(checkout: Path) -> None:
    read = {name for file in (checkout / "src").rglob("*.py") for name in SETTING.findall(file.read_text("utf-8"))}
    told = set(
        re.findall(rf"^\| `({SETTING.pattern})` \|", (checkout / "docs" / "operate.md").read_text("utf-8"), re.M)
    )
    assert told == read
