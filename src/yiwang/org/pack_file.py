"""A file of a pack, read so that every complaint can name file, line and remedy (design §4)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from yiwang.why import Words, say
from yiwang.why.yaml_text import LOADER

from . import pack_misfit, yaml_slips
from .pack_misfit import Step
from .pack_text import PackError, Problem, name_of, text_of
from .titles import convert, languages_of, plain

T = TypeVar("T")
_DEEPEST = 40
_MOST_PARTS = 200_000
_NO_NUMBER = re.compile(r"\s*[+-]?(nan|inf|infinity)\s*", re.IGNORECASE)  # what is read as one, and bounds nothing


class PackFile:
    """One YAML file: its data, and the line on which each part of it stands.

    Raises PackError when the file is not YAML, says a thing twice, or holds what no definition can.
    """

    def __init__(self, path: Path, *, root: Path | None = None) -> None:
        self.path = path
        self.name = name_of(path, root)
        self._languages = languages_of(path, root)
        text = text_of(path, root=root)
        loader = LOADER(text)
        try:
            self._tree = loader.get_single_node()
            wrong = [Problem(self.name, line, words) for line, words in _slips(self._tree)]
            if wrong:
                raise PackError(wrong)
            self.data: Any = loader.construct_document(self._tree) if self._tree is not None else None
        except yaml.YAMLError as error:
            mark = _begun(error) or getattr(error, "problem_mark", None)
            why = getattr(error, "problem", "") or getattr(error, "reason", "")
            raise self._no_yaml(text, mark.line + 1 if mark else 1, why) from None
        except (ValueError, TypeError, OverflowError, RecursionError) as error:  # such as the 30th of February
            raise self._no_yaml(text, _line_of_date(text), str(error)[:80]) from None
        finally:
            loader.dispose()

    def _no_yaml(self, text: str, line: int, why: str) -> PackError:
        at, words = yaml_slips.blamed(text, line) or (line, say("org.not_yaml", why=yaml_slips.reason(why)))
        return PackError([Problem(self.name, at, words)])

    def line(self, path: str) -> int:
        """The line of a part named like ``actions.assign.needs[0]``; of its nearest parent when it is absent."""
        node, line, rest = self._tree, 1, path
        while rest:
            child = _child(node, rest)
            if child is None:
                break
            key, node, rest = child
            line = key.start_mark.line + 1
        return line

    def problem(self, path: str, words: Words) -> Problem:
        return Problem(self.name, self.line(path), words)

    def as_a(self, type_: type[T]) -> T:
        """The file as a typed definition. Raises PackError with the line of the first part that does not fit."""
        if self.data is None:
            raise PackError([Problem(self.name, 1, say("org.empty"))])
        try:
            value = convert(self.data, type_, self._languages)
        except msgspec.ValidationError as error:
            steps, what = _blamed(self.data, partial(convert, type_=type_, languages=self._languages), str(error))
            path, unknown = _spelt(steps), pack_misfit.UNKNOWN.fullmatch(what)
            if isinstance(text := _at(self.data, steps), str) and _NO_NUMBER.fullmatch(text):
                raise PackError([self.problem(path, say("org.no_number", text=text[:40]))]) from None
            at = f"{path}.{unknown[1]}".lstrip(".") if unknown else path
            words = pack_misfit.misfit(what, path, type_, steps, _at(self.data, steps))
            raise PackError([self.problem(at, words)]) from None
        endless = [(_spelt(steps), str(_at(self.data, steps))) for steps in _endless(plain(value), [])]
        if endless:  # a text in quotes may say so, and no database keeps it
            raise PackError([self.problem(path, say("org.no_number", text=text[:40])) for path, text in endless])
        return value


# --- what the tree shows before anything is read of it -----------------------------------------------------------


def _slips(tree: Any) -> Iterator[tuple[int, Words]]:
    """(line, what is wrong) of keys that stand twice, commas without quotes, values that cannot be kept."""
    waiting, parts = [(tree, 0)] if tree is not None else [], 0
    while waiting:
        node, depth = waiting.pop()
        parts += 1
        line = node.start_mark.line + 1
        if depth > _DEEPEST or parts > _MOST_PARTS:
            yield line, say("org.too_deep")
            return
        if isinstance(node, yaml.ScalarNode):
            yield from _unkept(node, line)
        elif isinstance(node, yaml.SequenceNode):
            waiting += [(one, depth + 1) for one in node.value]
        else:
            yield from _keys(node)
            waiting += [(one, depth + 1) for pair in node.value for one in pair]


def _keys(node: Any) -> Iterator[tuple[int, Words]]:
    first: dict[str, int] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            yield line, say("org.key_no_text")
            continue
        if not key.style and (slip := yaml_slips.blank(key.value)):
            yield line, slip
        if key.value in first:
            yield line, say("org.key_twice", name=key.value, first=first[key.value])
        first.setdefault(key.value, line)
        alone = isinstance(value, yaml.ScalarNode) and value.start_mark.index == value.end_mark.index
        if node.flow_style and alone and not value.style:
            yield line, yaml_slips.colon(key.value) or say("org.comma", name=key.value)


def _unkept(node: Any, line: int) -> Iterator[tuple[int, Words]]:
    text = node.value
    if "\x00" in text or not _encodable(text):
        yield line, say("org.control_sign")
    elif (node.tag.endswith(":int") and len(text) > 15) or (node.tag.endswith(":float") and not _is_finite(text)):
        yield line, say("org.no_number", text=text[:40])


def _begun(error: yaml.YAMLError) -> Any:
    """Where a bracket or a quote that is never closed was opened: the reader finds out lines later."""
    unclosed = (getattr(error, "context", None) or "").startswith(("while parsing a flow", "while scanning a quoted"))
    return getattr(error, "context_mark", None) if unclosed else None


def _is_finite(text: str) -> bool:
    try:
        return math.isfinite(float(text.replace("_", "")))
    except ValueError:
        return not text.lower().endswith((".inf", ".nan"))


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _line_of_date(text: str) -> int:
    """The line of the first thing that looks like a day and is none."""
    for number, line in enumerate(text.split("\n"), start=1):
        for year, month, day in re.findall(r"\b(\d{4})-(\d\d?)-(\d\d?)\b", line):
            if not 1 <= int(month) <= 12 or not 1 <= int(day) <= _days(int(year), int(month)):
                return number
    return 1


def _days(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 28 + leap if month == 2 else 30 if month in (4, 6, 9, 11) else 31


def _endless(part: Any, steps: list[Step]) -> Iterator[list[Step]]:
    """The places of numbers that are none: infinite, or not a number."""
    if isinstance(part, float) and not math.isfinite(part):
        yield steps
    elif isinstance(part, dict):
        for key, value in part.items():
            yield from _endless(value, [*steps, key])
    elif isinstance(part, list | tuple):
        for number, value in enumerate(part):
            yield from _endless(value, [*steps, number])


# --- where a part stands -----------------------------------------------------------------------------------------


def _child(node: Any, path: str) -> tuple[Any, Any, str] | None:
    """(key, value, the rest of the path) of the first part of a path; a key may hold points itself."""
    if isinstance(node, yaml.MappingNode):
        for key, value in sorted(node.value, key=lambda pair: -len(str(pair[0].value))):
            if path == key.value or path.startswith((f"{key.value}.", f"{key.value}[")):
                return key, value, path[len(key.value) :].lstrip(".")
    if isinstance(node, yaml.SequenceNode):
        match = re.match(r"\[?(\d+)\]?\.?", path)
        if match and int(match[1]) < len(node.value):
            one = node.value[int(match[1])]
            return one, one, path[match.end() :]
    return None


def _spelt(steps: list[Step]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".")


# --- what does not fit, and where exactly ------------------------------------------------------------------------

_WHERE = re.compile(r" - at `(?P<key>key` in `)?\$(?P<path>[^`]*)`$")


def _blamed(data: Any, read: Callable[[Any], Any], message: str) -> tuple[list[Step], str]:
    """The exact place of a misfit: msgspec says `[...]` for "some entry", so each is tried alone."""
    match = _WHERE.search(message)
    if match is None:
        return [], message
    steps: list[Step] = []
    for token in re.findall(r"\.([^.\[]+)|\[(\d+|\.\.\.)\]", match["path"]):
        name = token[0] or token[1]
        if name == "...":
            steps.append(_entry(data, read, message, steps))
        else:
            steps.append(int(name) if token[1] else name)
    return steps, message[: match.start()]


def _entry(data: Any, read: Callable[[Any], Any], message: str, steps: list[Step]) -> Step:
    whole = _at(data, steps)
    entries: list[Step] = list(whole) if isinstance(whole, dict) else list(range(len(whole)))
    for entry in entries:
        alone = {entry: whole[entry]} if isinstance(whole, dict) else [whole[entry]]
        try:
            read(_with(data, steps, alone))
        except msgspec.ValidationError as error:
            if _plain(str(error)) == _plain(message):
                return entry
    return entries[0] if entries else ""


def _plain(message: str) -> str:
    return re.sub(r"\[(\d+|\.\.\.)\]", "[]", message)


def _at(data: Any, steps: list[Step]) -> Any:
    for step in steps:
        data = data[step]
    return data


def _with(data: Any, steps: list[Step], value: Any) -> Any:
    """A copy of `data` in which the part at `steps` is `value`."""
    if not steps:
        return value
    first, *rest = steps
    copied: Any = dict(data) if isinstance(data, dict) else list(data)
    copied[first] = _with(data[first], rest, value)
    return copied


def optional(folder: Path, name: str, type_: type[T], problems: list[Problem]) -> tuple[PackFile, T] | None:
    """A file that a pack need not have, and what it says; None where there is none, and where it cannot be read: then
    `problems` gets every reason."""
    if not (folder / name).is_file():
        return None
    try:
        file = PackFile(folder / name, root=folder)
        return file, file.as_a(type_)
    except PackError as error:
        problems += error.problems
        return None
