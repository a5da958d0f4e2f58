"""The stranger's test: docs/write_a_kind.md, line by line, from nothing to a closed and rated matter in the browser."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import FEW, as_application, empty_database
from tests.docs.at_the_desk import Person, follow
from tests.docs.how_to import BLOCK, DOCS, carry_out
from tests.support.site import served

PAGE = "write_a_kind.md"
TEN_MINUTES = 600.0
CARRIED_OUT = {"console", "diff", "text", "browser"}


@pytest.mark.browser
def test_a_stranger_comes_from_nothing_to_a_closed_matter(
    browser: Any, own_site: Any, checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the page alone: no file of the platform, of its packs or of its tests knows this kind."""
    shutil.copytree(checkout / "packs" / "demo", tmp_path / "packs" / "demo")
    for name, value in {
        "DATABASE_URL": own_site.owner,
        "DATABASE_APP_URL": own_site.app,
        "YIWANG_VAR": str(own_site.var),
    }.items():
        monkeypatch.setenv(name, value)
    begun = time.monotonic()
    carry_out(PAGE, tmp_path)
    person = Person(browser, own_site.url)
    follow(PAGE, person)
    person.page.context.close()
    assert time.monotonic() - begun < TEN_MINUTES


@pytest.fixture
def own_site(postgres_server: str) -> Iterator[Any]:
    """The demo district, served: here it gets a kind more."""
    with (
        empty_database(postgres_server) as owner,
        served(owner, as_application(owner), *FEW, patience=TEN_MINUTES) as site,
    ):
        yield site


def test_every_block_of_the_page_is_carried_out() -> None:
    """But for none: whatever stands in a box is done, and not only read."""
    blocks = [(block["language"], block["path"]) for block in BLOCK.finditer((DOCS / PAGE).read_text("utf-8"))]
    assert {language for language, _ in blocks} == CARRIED_OUT
    assert all(path for language, path in blocks if language in ("diff", "text"))


def test_nothing_else_knows_the_kind_of_the_page(checkout: Path) -> None:
    for folder in ("src", "packs"):
        known = [path for path in (checkout / folder).rglob("*") if path.suffix in (".py", ".yaml", ".csv", ".html")]
        assert [path for path in known if "fountains" in path.read_text("utf-8")] == []
