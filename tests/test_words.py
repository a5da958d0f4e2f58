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


# --- how sentences are written (docs/words.md) ------------------------------------------------------------------------

HAN = re.compile(r"[\u4e00-\u9fff]")
SPOKEN_ABOUT = re.compile(r"(?<=“)[^”]*(?=”)|(?<={)[^}]*(?=})")  # what is quoted, and the names of places
# rooms whose refusals are shown to people; those of the others stand behind the file and line that they are about
SPEAK_TO_PEOPLE = frozenset("api board desk files goals look matters nouns people portal reading why".split())
REFUSALS = frozenset(
    ["Refusal", "NotAllowed", "NotThere", "Conflict", "Incomplete", "Unreadable", "NotKept", "Wrong", "Unanswerable"]
)


@pytest.mark.parametrize("room", ROOMS)
def test_english_is_plain(room: str) -> None:
    """Nobody is "he", nobody is asked to please, nothing is shouted."""
    plain = {key: SPOKEN_ABOUT.sub("", entry["en"]) for key, entry in WORDS.items() if key.startswith(f"{room}.")}
    odd = re.compile(r"\b(he|him|his|she|her|hers|please|mend|mends|mended)\b|!|\S  |\s$|not yours to see", re.I)
    assert {key: text for key, text in plain.items() if odd.search(text)} == {}


COUNTED = re.compile(r"\{(?:n|all|clocks|days|matters|minutes|most|refused|rows)\} (?:\w+ )?[a-z]{3,}s\b")
COUNTED_IN_PAGES = SPEAK_TO_PEOPLE | {"wall"}
NO_COUNT = ("board.unlinked_n", "files.too_many_pixels", "desk.reading_kept_as")  # of several; megapixels; a number


@pytest.mark.parametrize("room", sorted(COUNTED_IN_PAGES))
def test_english_has_a_word_for_one_and_a_word_for_several(room: str) -> None:
    """ "1 matters" is said nowhere: what is counted is `{n} {n:matter|matters}`."""
    said = {key: entry["en"] for key, entry in WORDS.items() if key.startswith(f"{room}.")}
    assert {key: text for key, text in said.items() if COUNTED.search(text) and key not in NO_COUNT} == {}
    chosen = [one for text in said.values() for one in re.findall(r"\{\w+:([^}]*)\}", text)]
    assert [one for one in chosen if one != "or" and (one.count("|") != 1 or not all(one.split("|")))] == []


@pytest.mark.parametrize("room", ROOMS)
def test_each_language_is_written_in_its_own_signs(room: str) -> None:
    """No Chinese in the English, but for what is quoted; no half-width comma, colon, query or stop behind Chinese."""
    entries = {key: entry for key, entry in WORDS.items() if key.startswith(f"{room}.") and key not in NAMES}
    english = {key: SPOKEN_ABOUT.sub("", entry["en"]) for key, entry in entries.items()}
    half = re.compile(r"[\u4e00-\u9fff][,;:?!](?!\w)|\s。|。。|，，")
    assert [key for key, text in english.items() if HAN.search(text)] == []
    assert [key for key, entry in entries.items() if half.search(re.sub(r"“.*?”|\[.*?\]", "", entry["zh"]))] == []
    same = [key for key, entry in entries.items() if entry["en"] == entry["zh"]]
    assert [key for key in same if re.search(r"[A-Za-z]{3}", english[key])] == []


NAMES = ("goals.every_street", "goals.every_bureau")  # words that plans use, read and not spoken


@pytest.mark.parametrize("room", ROOMS)
def test_what_holds_several_sentences_ends_with_a_stop(room: str) -> None:
    for key, entry in WORDS.items():
        if key.startswith(f"{room}."):
            assert not re.search(r"[a-z)}]\. [A-Z]", entry["en"]) or entry["en"][-1] in ".:?}", key
            assert not re.search(r"。.", entry["zh"]) or entry["zh"][-1] in "。：？}", key


def test_a_refusal_is_a_sentence() -> None:
    """It begins with a capital (or with what it is about) and ends with a stop."""
    refused = {key for file, text in sources().items() if file.suffix == ".py" for key in _refused_with(text)}
    refused = {key for key in refused if key.split(".")[0] in SPEAK_TO_PEOPLE}
    assert len(refused) > 60
    texts = {key: WORDS[key]["en"] for key in refused if WORDS[key]["en"] not in ("{each}", "{because}")}
    assert {key: text for key, text in texts.items() if not re.match(r"[A-Z{“\"]", text) or text[-1] not in ".?:"} == {}


def _refused_with(text: str) -> Iterator[str]:
    """The sentences of the refusals that a file makes."""
    for node in ast.walk(ast.parse(text)):
        name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
        if name in REFUSALS:
            yield from _outermost(node)


def _outermost(node: ast.AST) -> Iterator[str]:
    """The keys that are spoken in a node, without those that only fill a place of another."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say":
        if node.args and isinstance(node.args[0], ast.Constant):
            yield node.args[0].value
        return
    for child in ast.iter_child_nodes(node):
        yield from _outermost(child)


def test_nobody_is_he() -> None:
    """Not in what documents say, and not in what code and tests say of themselves."""
    root = SOURCE.parents[1]
    code = sources() | {file: file.read_text("utf-8") for file in (root / "tests").rglob("*.py")}
    said = {str(page): page.read_text("utf-8") for page in (*root.glob("*.md"), *(root / "docs").glob("*.md"))}
    said |= {
        f"{file}: {getattr(node, 'name', '')}": ast.get_docstring(node) or ""
        for file, text in code.items()
        if file.suffix == ".py"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
    }
    spoken = {where: re.sub(r"“.*?”|\".*?\"", "", text) for where, text in said.items()}
    somebody = re.compile(r"\b(he|his|him|himself|she|her|herself)\b")
    assert [where for where, text in spoken.items() if somebody.search(text)] == []
