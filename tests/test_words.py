"""Every sentence exists in Chinese and English with the same places to fill, is used, and is never missing."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
import yaml

SOURCE = Path(__file__).resolve().parents[1] / "src" / "yiwang"
ROOMS = sorted(file.parent.name for file in SOURCE.glob("*/words.yaml"))
WORDS = {
    key: entry
    for room in ROOMS
    for key, entry in (yaml.safe_load((SOURCE / room / "words.yaml").read_text("utf-8")) or {}).items()
}
KEY = re.compile(r"[\"']([a-z]+(?:\.[a-z0-9_]+)+)[\"']")
HALF_KEY = re.compile(r"[\"']([a-z]+\.(?:[a-z0-9_]+\.)*[a-z0-9_]*)\{")


@lru_cache
def sources() -> dict[Path, str]:
    files = [f for f in SOURCE.rglob("*") if f.suffix in (".py", ".html", ".txt") and "migrations" not in f.parts]
    return {file: file.read_text("utf-8") for file in files}


def places(text: str) -> set[str]:
    """The names to fill in a sentence: "still {n} open" has {"n"}."""
    return {name.split(".")[0].split("[")[0] for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("room", ROOMS)
def test_a_rooms_words_begin_with_its_name(room: str) -> None:
    entries = yaml.safe_load((SOURCE / room / "words.yaml").read_text("utf-8")) or {}
    assert [key for key in entries if not key.startswith(f"{room}.")] == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_key_stands_once_in_its_file(room: str) -> None:
    keys = re.findall(r"^[\"']?([a-z]+\.[\w.]+)[\"']?\s*:", (SOURCE / room / "words.yaml").read_text("utf-8"), re.M)
    assert sorted({key for key in keys if keys.count(key) > 1}) == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_sentence_is_there_in_both_languages_with_the_same_places(room: str) -> None:
    wrong = [
        key
        for key, entry in WORDS.items()
        if key.startswith(f"{room}.")
        and (set(entry) != {"zh", "en"} or not all(entry.values()) or places(entry["zh"]) != places(entry["en"]))
    ]
    assert wrong == []


def test_no_sentence_is_spoken_that_does_not_exist() -> None:
    spoken = re.compile(r"\bsay(?:\(|\s)\s*[\"']([a-z]+\.[a-z0-9_.]+)[\"']")
    missing = {
        f"{file.relative_to(SOURCE)}: {key}"
        for file, text in sources().items()
        for key in spoken.findall(text)
        if key not in WORDS
    }
    assert sorted(missing) == []


def test_every_sentence_is_given_what_fills_its_places() -> None:
    wrong = []
    for file, text in sources().items():
        for line, key, given in _spoken_in_python(text) if file.suffix == ".py" else _spoken_in_a_page(text):
            if given != places(WORDS[key]["zh"]):
                wrong.append(f"{file.relative_to(SOURCE)}:{line} {key} is given {sorted(given)}")
    assert wrong == []


def _spoken_in_python(text: str) -> Iterator[tuple[int, str, set[str]]]:
    """(line, key, names given) of every call that names its sentence and what fills it."""
    for call in ast.walk(ast.parse(text)):
        if isinstance(call, ast.Call) and getattr(call.func, "id", getattr(call.func, "attr", "")) in ("say", "spoken"):
            named = {one.arg for one in call.keywords}
            key = call.args[0] if call.args else None
            if isinstance(key, ast.Constant) and None not in named:
                yield call.lineno, key.value, {name for name in named if name}


def _spoken_in_a_page(text: str) -> Iterator[tuple[int, str, set[str]]]:
    for found in re.finditer(r"{%\s*say\s+\"([a-z_.0-9]+)\"(.*?)%}", text):
        given = set(re.findall(r"(\w+)=", re.sub(r"\"[^\"]*\"", "", found[2])))
        yield text.count("\n", 0, found.start()) + 1, found[1], given


def test_no_sentence_is_left_that_nobody_speaks() -> None:
    whole = {key for text in sources().values() for key in KEY.findall(text)}
    halves = tuple({half for text in sources().values() for half in HALF_KEY.findall(text)})  # say(f"look.role.{role}")
    unused = [key for key in WORDS if key not in whole and not (halves and key.startswith(halves))]
    assert unused == []
