"""The text of a pack's file, in whichever encoding an office saved it, and what is wrong with a pack and where."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from yiwang.why import Words, say

MOST_BYTES = 64 * 1024 * 1024
_ODD_SHARE = 0.12  # of the signs above ASCII: more that no list of common signs has is another encoding's text


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
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError as error:
        wrong = error
    if not marked and not content.startswith(codecs.BOM_UTF8):
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError:
            pass
        else:
            if _is_plain_chinese(text) and not _mostly_utf8(content):
                return text
    line = content[: wrong.start].count(b"\n") + 1
    raise PackError([Problem(name, line, say("org.no_encoding"))])


def _mostly_utf8(content: bytes) -> bool:
    """Whether most lines that hold more than ASCII are UTF-8: then the others are damaged, not of another encoding."""
    telling = [line for line in content.splitlines() if not line.isascii()]
    return sum(_fits(line) for line in telling) * 2 > len(telling)


def _fits(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_plain_chinese(text: str) -> bool:
    """Whether the signs are those that people write: Big5 read as GB18030 is legal, and full of rare ones."""
    signs = [c for c in text if c > "\x7f"]
    return sum(not _common(c) for c in signs) <= _ODD_SHARE * len(signs)


def _common(sign: str) -> bool:
    try:
        return len(sign.encode("gb2312")) == 2 and not "\u3040" <= sign <= "\u30ff"
    except UnicodeEncodeError:
        return False
