"""The text of a pack's file, in whichever encoding an office saved it, and what is wrong with a pack and where."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from yiwang.tables import Unreadable
from yiwang.tables.encoding import GB18030, encoding_of, marked
from yiwang.why import Words, say

MOST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a pack, where, and how to correct it."""

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


def name_of(path: Path, root: Path | None) -> str:
    """A file's name as complaints tell it."""
    return path.relative_to(root).as_posix() if root else path.name


def text_of(path: Path, *, root: Path | None = None) -> str:
    """The file's text: UTF-8, with or without its mark, UTF-16 with its mark, or GB18030, as `signals import` takes.

    Raises PackError for a file that is missing, empty of text, or of no such encoding.
    """
    name = name_of(path, root)
    try:
        if not path.is_file():
            raise PackError([Problem(name, 1, say("org.no_file"))])
        if path.stat().st_size > MOST_BYTES:
            raise PackError([Problem(name, 1, say("org.file_too_big", most=MOST_BYTES >> 20))])
        content = path.read_bytes()
    except OSError as error:
        raise PackError([Problem(name, 1, say("org.not_readable", why=error.strerror or ""))]) from None
    text = _decoded(content, name)
    for number, line in enumerate(text.split("\n"), start=1):
        if any(c < " " and c not in "\t\r\f" for c in line):
            raise PackError([Problem(name, number, say("org.control_sign"))])
    return text


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode(marked(content) or "utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
    try:
        if marked(content) is None and encoding_of(content, sure=True) == GB18030:
            return content.decode(GB18030)
    except Unreadable:
        pass
    raise PackError([Problem(name, line, say("org.no_encoding"))])
