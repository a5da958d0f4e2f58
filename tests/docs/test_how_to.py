"""What docs/add_a_*.md say is done here as they say it: on a copy of the demo pack, and on a copy of the tree."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.docs.how_to import BLOCK, DOCS, carry_out, environment

PAGES = sorted(page.name for page in DOCS.glob("add_a_*.md"))
NOTICES = DOCS / "examples" / "notices"


@pytest.fixture(scope="module")
def folder(database: str, checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a pack in it, with the kind and the measure that the pages add."""
    folder = tmp_path_factory.mktemp("pack")
    shutil.copytree(checkout / "packs" / "demo", folder / "my-district")
    carry_out("add_a_kind.md", folder)
    carry_out("add_a_measure.md", folder)
    return folder


@pytest.fixture(scope="module")
def town(folder: Path) -> Any:
    """A small district that has them too."""
    from tests.support.district import make_district

    def add(pack: Path) -> None:
        for file in ("matters/bicycles.yaml", "indicators/bicycles_in_time.yaml"):
            shutil.copy(folder / "my-district" / file, pack / file)

    return make_district(add)


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 10, day, hour, tzinfo=UTC)


def bicycles(town: Any, day: int, cleared: datetime) -> str:
    """Reported by a resident, assigned to the water bureau, moved and verified; returns its number."""
    from yiwang.matters import store
    from yiwang.org.session import acting_as

    said = {"title": "单车", "text": "堵住了盲道"}
    with acting_as(town.system) as platform:
        opened = store.open_matter(platform, "bicycles", said, place=(121.91, 31.01), at=at(day, 2), door="portal")
    steps = (
        ("dispatcher-1", "send", {"unit": "water"}, at(day, 3)),
        ("water-1", "clear", {"moved": "12"}, cleared),
        ("dispatcher-2", "accept", {}, cleared),
    )
    for post, action, data, when in steps:
        with acting_as(town.as_(post)) as asker:
            store.act(asker, opened.id, action, data, at=when)
    return opened.number


def test_a_kind_stands_on_the_desk_and_closes(town: Any) -> None:
    from django.contrib.auth.models import User
    from django.test import Client

    from yiwang.matters.models import Matter
    from yiwang.org.session import acting_as

    client = Client(HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE="en")
    user = User.objects.get(username=town.username("dispatcher-1"))
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    shown = client.get("/desk/new/?kind=bicycles")
    assert (shown.status_code, "Bicycles in the way" in shown.content.decode()) == (200, True)
    number = bicycles(town, 9, at(9, 4))
    with acting_as(town.as_("head")):
        assert Matter.objects.get(number=number).stage == "closed"


def test_a_measure_counts_what_the_page_shows(town: Any, capsys: pytest.CaptureFixture[str]) -> None:
    from yiwang.commands.line import main

    for day, cleared in ((12, at(12, 6)), (13, at(20, 6))):
        bicycles(town, day, cleared)
    shown = re.search(r"^```\n\$ yiwang (.+)\n((?:.+\n)+)```$", (DOCS / "add_a_measure.md").read_text("utf-8"), re.M)
    assert shown
    capsys.readouterr()
    period = shown[1].replace("2026-10 ", "2026-10-12/2026-10-31 ")  # beside the one of the test before
    assert main([*period.split(), "--district", town.code]) == 0
    assert shown[2] in capsys.readouterr().out


@pytest.fixture(scope="module")
def tree(database: str, checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree, with the face, the noun and the door that the pages add."""
    tree = tmp_path_factory.mktemp("tree")
    dust = shutil.ignore_patterns("__pycache__", ".*_cache")
    for name in ("src", "tests", "packs"):
        shutil.copytree(checkout / name, tree / name, ignore=dust)
    shutil.copy(checkout / "pyproject.toml", tree)
    shutil.copytree(NOTICES, tree / "src" / "yiwang" / "notices", ignore=dust)
    (tree / "tests" / "notices").mkdir()
    shutil.move(tree / "src" / "yiwang" / "notices" / "test_notices.py", tree / "tests" / "notices")
    for page in ("add_a_face.md", "add_a_noun.md", "add_a_door.md"):
        carry_out(page, tree)
    return tree


@pytest.mark.slow
def test_a_face_a_noun_and_a_door_do_what_their_tests_say(tree: Path, postgres_server: str) -> None:
    """Their own tests, and those that hold every room: floors, purity, both languages, policies and rights."""
    named = ["counter", "notices", "api/test_open311.py", "test_words.py", "test_house.py", "test_pure.py"]
    named += ["nouns/test_register.py", "org/test_policies.py", "org/test_granting.py"]
    files = [f"tests/{name}" for name in named]
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *files]
    for name in ("counter", "notices"):
        (tree / "tests" / name / "__init__.py").touch()
    alone = environment(tree, DATABASE_URL=postgres_server)
    done = subprocess.run(command, cwd=tree, env=alone, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-6000:]


@pytest.mark.slow
def test_imports_point_down_in_them_too(tree: Path) -> None:
    line = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run([sys.executable, "-c", line], cwd=tree, env=environment(tree), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_short(page: str) -> None:
    assert len((DOCS / page).read_text("utf-8").splitlines()) <= 120


def test_what_the_page_of_nouns_quotes_stands_in_its_example() -> None:
    whole = "".join(file.read_text("utf-8") for file in NOTICES.rglob("*.py"))
    quoted = [block["text"] for block in BLOCK.finditer((DOCS / "add_a_noun.md").read_text("utf-8"))
              if block["language"] == "python"]  # fmt: skip
    assert quoted
    assert all(text in whole for text in quoted)
