"""A district that is no demo, as `run.py up --no-demo --pack …` serves it: nobody can sign in yet."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import as_application, empty_database
from tests.support.district import write_pack
from tests.support.site import Site, served

CODE = "998866"
WHY = ("--reason", "新任人员开通")


@dataclass(frozen=True)
class Town:
    """The served district and its administrator's terminal."""

    site: Site
    pack: Path

    def yiwang(self, *arguments: str, fails: bool = False) -> str:
        """What a command of the administrator prints."""
        environment = {**os.environ, "DATABASE_URL": self.site.owner, "DATABASE_APP_URL": self.site.app}
        environment |= {"YIWANG_VAR": str(self.site.var)}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        command = [sys.executable, "-m", "yiwang.commands", *arguments]
        ran = subprocess.run(command, env=environment, capture_output=True, text=True)
        assert (ran.returncode != 0) is fails, ran.stdout + ran.stderr
        assert "Traceback" not in ran.stderr, ran.stderr
        return ran.stdout

    def link(self, username: str, act: str = "invite", *more: str) -> str:
        """The address of a new link."""
        said = self.yiwang("people", act, username, "--site", self.site.url, *WHY, *more)
        found = re.search(r"http://\S+/account/\S+/", said)
        assert found, said
        return found[0]


@pytest.fixture(scope="session")
def town(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    pack = write_pack(tmp_path_factory.mktemp("town") / "pack", CODE)
    text = (pack / "pack.yaml").read_text("utf-8")
    (pack / "pack.yaml").write_text(text.replace("  demo: true\n", ""), "utf-8")
    people = (pack / "people.csv").read_text("utf-8").replace(f".{CODE},", ",")
    (pack / "people.csv").write_text(people, "utf-8")
    arguments = ("--no-demo", "--pack", str(pack), "--workers", "1")
    with empty_database(postgres_server) as owner, served(owner, as_application(owner), *arguments) as site:
        yield Town(site, pack)


@pytest.fixture
def visit(browser: Browser, town: Town) -> Iterator[Callable[..., Page]]:
    """A new visitor's empty page, in Chinese or English, wide or narrow."""
    opened = []

    def visitor(language: str = "zh-CN", width: int = 1440) -> Page:
        context = browser.new_context(base_url=town.site.url, locale=language, viewport={"width": width, "height": 900})
        opened.append(context)
        page = context.new_page()
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        return page

    errors: list[str] = []
    yield visitor
    for context in opened:
        context.close()
    assert [one for one in errors if "status of 4" not in one] == []
