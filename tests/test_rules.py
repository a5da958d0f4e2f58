"""The rule book leads to files and tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BOOK = (ROOT / "docs" / "rules.md").read_text("utf-8")
ROWS = re.findall(r"^\| (?P<rule>[^|]+) \| `(?P<where>[^`]+)` \| `(?P<test>[^`]+)` \|$", BOOK, re.M)


@pytest.mark.parametrize(("rule", "where", "test"), ROWS, ids=[rule[:60] for rule, _, _ in ROWS])
def test_a_rule_leads_to_its_file_and_its_test(rule: str, where: str, test: str) -> None:
    assert (ROOT / where).exists()
    assert (ROOT / test).exists()


def test_every_line_of_the_book_is_read() -> None:
    written = [line for line in BOOK.splitlines() if line.startswith("| ") and "`" in line]
    assert len(written) == len(ROWS) > 40
