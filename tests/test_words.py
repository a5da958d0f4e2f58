"""Every sentence exists in Chinese and English with the same places to fill, is used, and is never missing."""

from __future__ import annotations

import re
import string
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


def test_no_sentence_is_left_that_nobody_speaks() -> None:
    whole = {key for text in sources().values() for key in KEY.findall(text)}
    halves = tuple({half for text in sources().values() for half in HALF_KEY.findall(text)})  # say(f"look.role.{role}")
    unused = [key for key in WORDS if key not in whole and not (halves and key.startswith(halves))]
    assert unused == []
