"""What the reader knows, as data: one YAML file a subject, read once."""

from __future__ import annotations

import importlib.resources
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from yiwang.why.yaml_text import data_of


@cache
def load(name: str) -> dict[str, Any]:
    """The data of `grammar/<name>.yaml`."""
    source = importlib.resources.files(__name__).joinpath(f"{name}.yaml")
    data: dict[str, Any] = data_of(source.read_text("utf-8"))
    return data


def words(text: str | Iterable[str]) -> list[str]:
    """A list of words from "甲 乙 丙" or a YAML list, the longest first, so that the longest match wins."""
    listed = text.split() if isinstance(text, str) else [word for part in text for word in str(part).split()]
    return sorted(dict.fromkeys(listed), key=lambda word: (-len(word), word))


def any_of(text: str | Iterable[str]) -> str:
    """A regular expression (a non-capturing group) that matches one of the words, the longest first."""
    return "(?:" + "|".join(map(re.escape, words(text))) + ")"


@cache
def phrase(name: str, file: str = "phrases") -> re.Pattern[str]:
    """The compiled pattern of that name in `grammar/<file>.yaml`."""
    return re.compile(load(file)[name])
