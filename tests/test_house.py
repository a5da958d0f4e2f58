"""The house in numbers: every package has its floor, imports stand at the top, templates are narrow and only show."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "yiwang"
LATE_IMPORTS = 20
WIDEST = 120  # columns of a template
DEEPEST = 2  # conditions inside each other in one template

_TAG = re.compile(r"\{[%{].*?[%}]\}")
_QUOTED = re.compile(r'"[^"]*"')


def late(tree: ast.Module) -> int:
    """Imports that do not stand at the top of the file; those for types alone are counted too."""
    return sum(isinstance(node, ast.Import | ast.ImportFrom) and node.col_offset > 0 for node in ast.walk(tree))


def test_late_imports_are_found() -> None:
    assert late(ast.parse("import a\nif T:\n    import b\ndef f():\n    from c import d\n")) == 2


def test_imports_stand_at_the_top() -> None:
    files = SOURCE.rglob("*.py")
    counts = {file.relative_to(SOURCE).as_posix(): late(ast.parse(file.read_text("utf-8"))) for file in files}
    assert sum(counts.values()) < LATE_IMPORTS, {name: n for name, n in counts.items() if n}


def test_every_package_has_its_floor() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    floors = next(one["layers"] for one in contracts if one["type"] == "layers")
    listed = {name.strip(" ()").removeprefix("yiwang.") for floor in floors for name in floor.split("|")}
    there = {one.stem for one in SOURCE.iterdir() if one.suffix == ".py" or (one / "__init__.py").exists()}
    assert there - {"__init__"} <= listed


def too_much(text: str) -> Iterator[str]:
    """What a template does that belongs into the row its view hands over; each with its line."""
    depth = 0
    for n, line in enumerate(text.splitlines(), 1):
        if len(line) > WIDEST:
            yield f"{n}: {len(line)} columns"
        for tag in _TAG.findall(line):
            words = _QUOTED.sub("", tag).split()
            if "|add:" in tag or "widthratio" in words:
                yield f"{n}: arithmetic: {tag}"
            if words.count("and") + words.count("or") > 1:
                yield f"{n}: more than two operands: {tag}"
            depth += (words[:2] == ["{%", "if"]) - (words[:2] == ["{%", "endif"])
            if depth > DEEPEST and words[1] == "if":
                yield f"{n}: a condition inside {depth - 1} others: {tag}"


def test_what_is_too_much_for_a_template_is_found() -> None:
    bad = [
        "x" * 121,
        "{{ n|add:1 }}",
        "{% widthratio a b 100 %}",
        "{% if a and b or c %}{% endif %}",
        "{% if a %}{% if b %}{% if c %}{% endif %}{% endif %}{% endif %}",
    ]
    assert [len(list(too_much(text))) for text in bad] == [1, 1, 1, 1, 1]
    assert not list(too_much('{% if a and b %}{% if c %}{% say "x and y or z" %}{% endif %}{% endif %}'))


def test_templates_are_narrow_and_only_show() -> None:
    found = {
        one.relative_to(SOURCE).as_posix(): list(too_much(one.read_text("utf-8"))) for one in SOURCE.rglob("*.html")
    }
    assert len(found) > 80
    assert not {name: faults for name, faults in found.items() if faults}
