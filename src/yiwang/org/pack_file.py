"""A file of a pack, read so that every complaint can name file, line and mend (design §4)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from yiwang.why import Words, say

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a pack, where, and how to mend it."""

    file: str
    line: int
    words: Words

    def speak(self, language: str = "zh") -> str:
        return f"{self.file}:{self.line}: {self.words.speak(language)}"


class PackError(Exception):
    """A pack that cannot be used; `problems` tell why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(problem.speak() for problem in problems))
        self.problems = problems


class PackFile:
    """One YAML file: its data, and the line on which each part of it stands.

    Raises PackError when the file is not YAML.
    """

    def __init__(self, path: Path, *, root: Path | None = None) -> None:
        self.path = path
        self.name = str(path.relative_to(root)) if root else path.name
        text = path.read_text("utf-8")
        try:
            self._tree = yaml.compose(text, Loader=yaml.SafeLoader)
            self.data: Any = yaml.safe_load(text)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else 1
            raise PackError(
                [Problem(self.name, line, say("org.not_yaml", why=getattr(error, "problem", "")))]
            ) from None

    def line(self, path: str) -> int:
        """The line of a part named like ``actions.assign.needs[0]``; of its nearest parent when it is absent."""
        node, line = self._tree, 1
        for part in re.findall(r"[^.\[\]]+", path):
            found = _child(node, part)
            if found is None:
                break
            key, node = found
            line = key.start_mark.line + 1
        return line

    def problem(self, path: str, words: Words) -> Problem:
        return Problem(self.name, self.line(path), words)

    def as_a(self, type_: type[T]) -> T:
        """The file as a typed definition. Raises PackError with the line of the first part that does not fit."""
        try:
            return msgspec.convert(self.data, type_, strict=False)
        except msgspec.ValidationError as error:
            what, _, where = str(error).partition(" - at `$")
            path = where.rstrip("`").lstrip(".").replace("[...]", "")
            raise PackError([self.problem(path, say("org.does_not_fit", what=what, where=path or "—"))]) from None


def _child(node: Any, part: str) -> tuple[Any, Any] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == part:
                return key, value
    if isinstance(node, yaml.SequenceNode) and part.isdigit() and int(part) < len(node.value):
        return node.value[int(part)], node.value[int(part)]
    return None


def rows_of(path: Path, *, root: Path | None = None, needs: tuple[str, ...]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """(line, row) of a CSV file with a head line. Raises PackError when a needed column is missing."""
    name = str(path.relative_to(root)) if root else path.name
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [column for column in needs if column not in (reader.fieldnames or ())]
        if missing:
            raise PackError([Problem(name, 1, say("org.columns_missing", columns=missing))])
        for row in reader:
            yield reader.line_num, {key: (value or "").strip() for key, value in row.items() if key}
