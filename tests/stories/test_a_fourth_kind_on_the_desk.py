"""A kind that the platform never heard of is opened on the desk by the role that its file names, and by no other."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.district import DEMO_PACK
from tests.support.foreign import LEAK

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.support.site import Site

pytestmark = pytest.mark.browser

PASSWORD = "clear river demo"
CLERK, DISPATCHER = "qiruolan", "shijing"


@pytest.fixture(scope="module")
def other_site(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo district, whose pack has one file more: a kind `leak` that clerks open."""
    from tests.conftest import FEW, as_application, empty_database
    from tests.support.site import served

    pack: Path = tmp_path_factory.mktemp("packs") / "demo"
    shutil.copytree(DEMO_PACK, pack)
    (pack / "matters" / "leak.yaml").write_text(LEAK.replace("to: water,", "to: bureau-water,"), "utf-8")
    with empty_database(postgres_server) as owner, served(owner, as_application(owner), *FEW) as site:
        given = {"DATABASE_URL": site.owner, "DATABASE_APP_URL": site.app, "YIWANG_VAR": str(site.var)}
        command = [sys.executable, "-m", "yiwang.commands", "pack", "load", str(pack)]
        loaded = subprocess.run(command, env={**os.environ, **given}, capture_output=True, text=True, check=False)
        assert loaded.returncode == 0, loaded.stdout + loaded.stderr
        yield site


@pytest.fixture
def desk(browser: Any, other_site: Site) -> Iterator[Any]:
    """`desk(username)`: the form for something new, as that person sees it."""
    contexts = []

    def opened(username: str, query: str) -> Page:
        context = browser.new_context(base_url=other_site.url, locale="zh-CN")
        contexts.append(context)
        page: Page = context.new_page()
        page.goto("/sign-in/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", PASSWORD)
        page.click("main form .btn.pri")
        page.wait_for_url(re.compile(r"/(desk|wall|board)/"))
        page.goto(f"/desk/new/{query}")
        return page

    yield opened
    for context in contexts:
        context.close()


def test_who_its_file_names_opens_it_and_nobody_else(desk: Any) -> None:
    page = desk(CLERK, "?kind=leak")
    page.fill("[name=title]", "泵站旁漏水")
    page.fill("[name=text]", "泵站围墙外一直在漏水")
    page.select_option("[name=size]", "flood")
    page.click("form.new-form button.btn.pri")
    page.wait_for_load_state()
    said = page.locator(".notice.success")
    assert said.count() == 1, (page.url, page.locator("main").inner_text()[:400])
    assert re.search(r"LS-\d{8}-\d+", said.inner_text())
    other = desk(DISPATCHER, "")
    assert other.locator("a.chip[href='?kind=leak']").count() == 0
    assert other.locator("form.new-form").count() == 1
