"""What the README shows is what its commands print, and what it links to exists."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "README.zh.md"]
SHOWN = re.compile(r"^```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```$", re.M | re.S)
CASES = [(page.name, *shown.groups()) for page in PAGES for shown in SHOWN.finditer(page.read_text("utf-8"))]
LANGUAGE = re.compile(r"--(?:limit|language) (?:\"[^\"]+\"|\S+)")


def printed(command: str) -> str:
    """What the shell prints, with this environment's programs in place of those of `.venv`."""
    line = command.replace(".venv/bin/yiwang", f"{sys.executable} -m yiwang.commands")
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(line, shell=True, cwd=ROOT, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(("page", "command", "output"), CASES, ids=[f"{p}: {c[:60]}" for p, c, _ in CASES])
def test_a_command_prints_what_the_readme_shows(page: str, command: str, output: str) -> None:
    assert printed(command) == output


@pytest.mark.parametrize("page", [*PAGES, *sorted((ROOT / "docs").glob("*.md"))], ids=lambda page: page.name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_both_readmes_show_the_same_commands() -> None:
    verbs = [[LANGUAGE.sub("", command) for name, command, _ in CASES if name == page.name] for page in PAGES]
    assert verbs[0] == verbs[1]


if __name__ == "__main__":  # python tests/test_readme.py writes the outputs anew
    for page in PAGES:
        text = page.read_text("utf-8")
        page.write_text(SHOWN.sub(lambda m: f"```console\n$ {m['command']}\n{printed(m['command'])}```", text), "utf-8")
