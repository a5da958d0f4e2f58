"""What a pack may say in words.yaml: the platform's sentences in those of its languages that the platform lacks. Pure.

It has the shape of a room's words.yaml, `portal.report: {pt: Relatar}`: the key of a sentence, its text by language.
"""

from __future__ import annotations

import string
from collections.abc import Iterator, Sequence

from yiwang.why import Words, catalogue, say
from yiwang.why.words import LANGUAGES, Own, is_title

WORDS = "words"
Complaint = tuple[str, Words]  # (path in the file, what is wrong there)


def complaints(said: object, languages: Sequence[str]) -> Iterator[Complaint]:
    """Everything that is wrong with the file of a pack that speaks these languages."""
    if not isinstance(said, dict):
        yield "", say("pages.words_shape")
        return
    foreign = [one for one in languages if one not in LANGUAGES]
    for key, texts in said.items():
        if not isinstance(key, str) or key not in catalogue:
            yield str(key), say("pages.words_unknown", name=str(key))
        elif not is_title(texts):
            yield key, say("pages.words_shape")
        else:
            yield from _texts(key, texts, foreign)


def _texts(key: str, texts: dict[str, str], foreign: Sequence[str]) -> Iterator[Complaint]:
    wanted = _places(catalogue.text(key, "en"))
    for language, text in texts.items():
        at = f"{key}.{language}"
        if language not in foreign:
            yield at, say("pages.words_language", language=language, known=foreign)
        elif not text.strip():
            yield at, say("pages.words_empty", name=key)
        elif (given := _places(text)) != wanted:
            yield at, say("pages.words_places", name=key, given=_listed(given), wanted=_listed(wanted))


def coverage(said: Own, languages: Sequence[str]) -> Iterator[str]:
    """How many sentences stand in each language that the platform lacks, and which rooms say how many in English."""
    for language in (one for one in languages if one not in LANGUAGES):
        n = sum(language in texts for texts in said.values())
        left = lacking(said, language)
        rest = ", ".join(f"{room} {len(keys)}" for room, keys in left.items())
        every = n + sum(len(keys) for keys in left.values())
        yield f"words.yaml: {n} of {every} sentences of the platform in {language}" + (
            f"; English: {rest}" * bool(rest)
        )


def lacking(said: Own, language: str) -> dict[str, list[str]]:
    """room -> the keys that it says and the pack does not say in this language; none where it says all."""
    left = {
        room: [key for key in catalogue.room(room) if language not in said.get(key, {})] for room in catalogue.rooms()
    }
    return {room: keys for room, keys in left.items() if keys}


def to_translate(said: Own, languages: Sequence[str]) -> Iterator[str]:
    """Lines for words.yaml of what is still said in English: whoever fills one in takes its first # away."""
    for language in (one for one in languages if one not in LANGUAGES):
        for room, keys in lacking(said, language).items():
            yield f"# --- {room} ---"
            for key in keys:
                yield f'# {key}: {{{language}: ""}}  # {" ".join(catalogue.text(key, "en").split())}'


def _places(text: str) -> set[str] | None:
    """The names to fill in a sentence; None where its braces do not fit together."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return None


def _listed(names: set[str] | None) -> list[str]:
    return sorted(f"{{{name}}}" for name in names or ())
