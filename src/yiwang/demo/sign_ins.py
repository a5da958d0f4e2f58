"""The sign-ins of the demo: one for each person of the district that somebody would want to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yiwang.why.yaml_text import data_of


@dataclass(frozen=True, slots=True)
class SignIn:
    """An account of the demo: who that is, and the face that they begin at."""

    username: str
    name: str
    face: str
    who: dict[str, str]


def read(pack: Path) -> tuple[str, list[SignIn]]:
    """(the one password, the sign-ins) of a demo pack."""
    kept: dict[str, Any] = data_of((pack / "sign_ins.yaml").read_text("utf-8"))
    fields = ("username", "name", "face", "who")
    return str(kept["password"]), [SignIn(**{name: one[name] for name in fields}) for one in kept["sign_ins"]]


def table(pack: Path, language: str) -> Iterator[str]:
    """The sign-ins as lines for a terminal."""
    password, accounts = read(pack)
    width = max(len(one.username) for one in accounts)
    yield f"  {'口令' if language == 'zh' else 'password'}: {password}"
    for one in accounts:
        yield f"  {one.username:<{width}}  {one.name}  {one.who[language]}"
