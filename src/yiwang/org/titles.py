"""Texts of a pack in the languages that it names, and how definitions that hold them are read and kept. Pure.

`pack.yaml` lists the languages (`languages: [pt]`, usually Chinese and English); each text of the pack stands in
each of them. What the platform itself says stands in its own catalogues (`yiwang.why.words`), and in languages that it
lacks in the pack's words.yaml (`yiwang.pages.words`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from yiwang.typed.sizes import Size
from yiwang.typed.text import is_blank
from yiwang.why.words import LANGUAGES, said_in
from yiwang.why.yaml_text import data_of

from .described import describe

T = TypeVar("T")
CODE = re.compile(r"[a-z]{2}")  # ISO 639-1
_NAMES = {str: "str", int: "int", float: "float", bool: "bool", list: "array", dict: "object", type(None): "null"}


class Title(Mapping[str, str]):
    """A text by language: {zh: 水务局, en: Water Bureau}."""

    __slots__ = ("_texts",)

    def __init__(self, **texts: str) -> None:
        self._texts = texts

    def __getitem__(self, language: str) -> str:
        return self._texts[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __hash__(self) -> int:
        return hash(tuple(sorted(self._texts.items())))

    def __repr__(self) -> str:
        return f"Title({self._texts})"

    def speak(self, language: str = LANGUAGES[0]) -> str:
        """The text in a language, else in the nearest that there is.

        >>> Title(pt="Buraco na rua").speak("en")
        'Buraco na rua'
        """
        return said_in(self._texts, language)

    def mapping(self) -> dict[str, str]:
        return dict(self._texts)


def convert(data: Any, type_: type[T], languages: Sequence[str] | None = None) -> T:
    """A definition from what YAML or JSON read. Raises msgspec.ValidationError.

    languages  in which each text of it must stand, in this order; None: what was kept before, as it was kept
    """
    return msgspec.convert(data, type_, strict=False, dec_hook=_hook(languages))


def plain(value: Any) -> Any:
    """A definition as mappings, lists and texts."""
    return msgspec.to_builtins(value, enc_hook=_kept)


def written(value: Any) -> str:
    """A definition as JSON."""
    return msgspec.json.encode(value, enc_hook=_kept).decode()


def schema(type_: type) -> dict[str, Any]:
    """The JSON Schema of a definition's file, with what each of its fields means."""
    found = msgspec.json.schema(type_, schema_hook=_schema)
    describe(found, type_)
    return found


def languages_of(file: Path, root: Path | None) -> tuple[str, ...] | None:
    """The languages of the pack to which a file belongs: what its pack.yaml names, the platform's own where it names
    none that can be read; None for a file of no pack, whose texts stand in whichever language.

    root  the pack's folder, where it is known
    """
    said: Any = None
    folders = [root] if root else [file.parent, file.parent.parent]
    pack = next((folder for folder in folders if (folder / "pack.yaml").is_file()), root)
    if pack is None:
        return None
    with suppress(OSError, ValueError, yaml.YAMLError, KeyError, TypeError, RecursionError):
        said = data_of((pack / "pack.yaml").read_text("utf-8"))["district"]["languages"]
    sound = isinstance(said, list) and bool(said) and all(isinstance(one, str) and CODE.fullmatch(one) for one in said)
    return tuple(dict.fromkeys(said)) if sound else LANGUAGES


def columns(name: str, languages: Sequence[str]) -> tuple[str, ...]:
    """The columns of a list in which a text stands: name_zh, name_en."""
    return tuple(f"{name}_{language}" for language in languages)


def texts(row: Mapping[str, str], name: str, languages: Sequence[str], otherwise: str = "") -> dict[str, str]:
    """language -> text of a row's columns; of `otherwise` where a cell is empty or the column absent."""
    return {one: row.get(f"{name}_{one}") or (row[f"{otherwise}_{one}"] if otherwise else "") for one in languages}


def _hook(languages: Sequence[str] | None) -> Callable[[type, Any], Any]:
    def read(type_: type, value: Any) -> Any:
        if type_ is Size:
            return _size(value)
        if type_ is not Title:
            raise NotImplementedError(type_)
        return _title(value, languages)

    return read


def _title(value: Any, languages: Sequence[str] | None) -> Title:
    """In the words of msgspec, so that a file's reader can tell what is wrong in its own."""
    if not isinstance(value, dict):
        raise ValueError(f"Expected `object`, got `{_NAMES.get(type(value), 'object')}`")
    for text in value.values():
        if not isinstance(text, str):
            raise ValueError(f"Expected `str`, got `{_NAMES.get(type(text), 'object')}`")
    for language in languages or ([] if value else LANGUAGES):
        if language not in value or (languages and is_blank(value[language])):
            raise ValueError(f"Object missing required field `{language}`")
    for language in value:
        if not CODE.fullmatch(str(language)) or (languages and language not in languages):
            raise ValueError(f"Object contains unknown field `{language}`")
    return Title(**{language: value[language] for language in languages or value})


def _size(value: Any) -> Size:
    try:
        return Size(value) if not isinstance(value, bool) else Size(None)
    except ValueError:
        raise ValueError("Invalid decimal string") from None


def _kept(value: Any) -> Any:
    if isinstance(value, Title):
        return value.mapping()
    if isinstance(value, Size):
        return value.said
    raise NotImplementedError(type(value))


def _schema(type_: type) -> dict[str, Any]:
    if type_ is Size:
        written = {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?( (m|km|m2|mu|ha|km2))?$"}
        return {"anyOf": [{"type": "number"}, written]}
    if type_ is not Title:
        raise NotImplementedError(type_)
    return {
        "type": "object",
        "description": "a text in each language of the pack",
        "minProperties": 1,
        "additionalProperties": {"type": "string"},
    }
