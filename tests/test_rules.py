"""The rule book leads to files and tests that are there, and knows every rule that the code names."""

from __future__ import annotations

import ast
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


NUMBER = re.compile(r"\b(R\d+)\.(\d+)(?:[-–](?:R\d+\.)?(\d+)\b)?|§(\d+(?:\.\d+)?)")


def numbers_in(text: str) -> set[str]:
    """The rules that a text names: R9.3, each of R0.1-R0.5, and §10.7 of the design (§ of a law has no "design")."""
    found = set()
    for room, first, last, paragraph in NUMBER.findall(text):
        found |= {f"§{paragraph}"} if paragraph else {f"{room}.{n}" for n in range(int(first), int(last or first) + 1)}
    return found


def test_every_number_that_the_code_names_has_a_line() -> None:
    """With the file that holds it and the test that proves it."""
    in_the_book = numbers_in(" ".join(rule for rule, _, _ in ROWS))
    named: dict[str, set[str]] = {}
    for file in (ROOT / "src" / "yiwang").rglob("*"):
        if file.suffix in (".py", ".yaml", ".html", ".md") and "migrations" not in file.parts:
            text = file.read_text("utf-8")
            of_the_design = " ".join(re.findall(r"design (§[\d., §]*)", text))
            rest = re.sub(r"§[\d.]+", "", text)
            for number in numbers_in(of_the_design) | numbers_in(rest):
                named.setdefault(number, set()).add(str(file.relative_to(ROOT)))
    assert len(named) > 60
    assert {number: files for number, files in named.items() if number.rstrip(".") not in in_the_book} == {}


def test_every_line_of_the_book_is_read() -> None:
    written = [line for line in BOOK.splitlines() if line.startswith("| ") and "`" in line]
    assert len(written) == len(ROWS) > 40


# `matters/store.py: open_matter`, `reading/` or `run/lanes.py` in the pages for those who look for something
NAMED = re.compile(r"`(?P<file>[a-z_]+(?:/[a-z_]+)*/(?:[a-z_]+\.py)?)(?:: (?P<name>[\w.]+))?`")


def _named_in(page: str) -> set[tuple[str, str]]:
    text = (ROOT / "docs" / page).read_text("utf-8")
    return {(found["file"], found["name"] or "") for found in NAMED.finditer(text)}


@pytest.mark.parametrize(("page", "least"), [("architecture.md", 60), ("finding.md", 25)])
def test_what_a_page_leads_to_is_there(page: str, least: int) -> None:
    named = _named_in(page)
    assert len(named) > least
    assert [(file, name) for file, name in sorted(named) if not _is_there(file, name)] == []


ROOTS = ("", "src/yiwang", "src", "tests", "packs/demo")  # from where a page may name a file
A_FILE = re.compile(r"`((?:[\w.-]+/)+(?:[\w-]+\.(?:py|ya?ml|ts|css|html|toml|csv|md))?)(?:: [\w.]+)?`")
A_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
NEW = {  # what the pages that say how something is added make
    "add_a_noun.md": {"src/yiwang/notices/"},
    "finding.md": {"commands/X.py", "commands/handlers/X.py"},
}


def _gone_from(page: Path) -> set[str]:
    """What a page names or links to and is not there; blocks of text and code aside, which other tests carry out."""
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.M | re.S)
    roots = [ROOT / root for root in ROOTS] + [page.parent]
    named = {name for name in A_FILE.findall(text) if not any((root / name).exists() for root in roots)}
    named = {name for name in named if not any((ROOT / "src").rglob(name))}  # `grammar/units.yaml`, of its room
    return named | {link for link in A_LINK.findall(text) if not (page.parent / link).exists()}


@pytest.mark.parametrize(
    "page", [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")], ids=lambda page: page.relative_to(ROOT).as_posix()
)
def test_every_page_leads_to_files_that_are_there(page: Path) -> None:
    assert _gone_from(page) - NEW.get(page.name, set()) == set()


def test_a_file_that_is_gone_is_missed(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("`matters/store.py: act`, `matters/gone.py`, [more](there.md), `tests/`\n```\n`x/y.py`\n```\n")
    assert _gone_from(page) == {"matters/gone.py", "there.md"}


def _is_there(file: str, name: str) -> bool:
    """Whether a file or folder is there, and defines the class, function or value; "Class.method" one of a class."""
    path = next((root / file for root in (ROOT / "src" / "yiwang", ROOT) if (root / file).exists()), None)
    if path is None or not name:
        return path is not None
    nodes: list[ast.stmt] = ast.parse(path.read_text("utf-8")).body
    for part in name.split("."):
        found = next((node for node in nodes if part in _defined(node)), None)
        if found is None:
            return False
        nodes = getattr(found, "body", [])
    return True


def _defined(node: ast.stmt) -> set[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    names = {one.id for target in targets for one in ast.walk(target or ast.Pass()) if isinstance(one, ast.Name)}
    return names | {getattr(node, "name", "")}


def test_a_name_that_is_gone_is_missed() -> None:
    assert _is_there("matters/store.py", "act")
    assert not _is_there("matters/store.py", "acted")
    assert _is_there("matters/opening.py", "Opening.decide")
    assert not _is_there("matters/opening.py", "Opening.decided")
    assert not _is_there("matters/gone.py", "")
