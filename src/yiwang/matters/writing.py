"""Letters on their way into the files of a matter, and out again for whoever they are written to.

What is kept names nobody in plain words: a file of a matter is shown to everybody who sees the matter. A letter that
names who reported it is made again from its entry for a reading with its purpose, handed out once and kept nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from yiwang.files import names, word
from yiwang.files import store as files
from yiwang.files.definition import Clean
from yiwang.files.queries import FileRow
from yiwang.org.asker import Asker
from yiwang.why import Receipt, say

from . import templates
from .act import Act, Decision
from .clock_state import State
from .definition import Kind
from .facts import fold
from .letters import NOTE, Letter, notes
from .models import Entry
from .plain import part
from .queries import OneMatter
from .world import World

MATTER = "matter"  # what a file says that it belongs to


def with_letters(
    asker: Asker,
    matter: int,
    kind: Kind,
    state: State,
    step: Act,
    decision: Decision,
    world: World,
    known_names: Iterable[str],
) -> Decision:
    """The decision, with a note of each letter that the action writes, and these kept as files of the matter.

    known_names  names that are masked wherever they stand
    """
    writes = kind.actions[step.action].writes
    if not writes:
        return decision
    shown, _, _ = part(decision.delta, {}, 0, known_names, kind.hidden)
    data = dict(decision.data)
    for name in writes:
        content = made(kind, kind.letters[name], State(state | shown), step.at, world)
        called = names.clean(kind.letters[name].title.speak(world.district.languages[0]), "docx")
        digest = files.digest_of(content)
        kept = files.keep(asker, Clean(called, word.MEDIA_TYPE, content, digest), noun=MATTER, subject=matter)
        data[f"{NOTE}{name}"] = {"file": kept.pk, "sha256": digest}
    return replace(decision, data=data)


def made(kind: Kind, letter: Letter, state: Mapping[str, Any], at: Any, world: World, reporter: str = "") -> bytes:
    """The document of a letter.

    reporter  who reported it in plain words; empty: nobody is named
    """
    text = templates.fill(letter.text, letter.otherwise, kind, state, at, world, reporter)
    return word.letter(letter.title.speak(world.district.languages[0]), text)


@dataclass(frozen=True, slots=True)
class Written:
    """A letter of a matter: which, by which entry, and its file where the asker sees it."""

    name: str
    letter: Letter
    entry: Entry
    sha256: str
    file: FileRow | None

    @property
    def names_reporter(self) -> bool:
        return templates.REPORTER in templates.named_in(self.letter.text)


def letters_of(matter: OneMatter) -> Iterator[Written]:
    """Every letter of a matter, the newest first."""
    by_number = {file.pk: file for file in matter.evidence}
    for entry in reversed(matter.entries):
        for name, said in notes(entry.data):
            if name in matter.kind.letters:
                yield Written(name, matter.kind.letters[name], entry, said["sha256"], by_number.get(said["file"]))


def again(matter: OneMatter, written: Written, world: World, reporter: str = "") -> bytes:
    """The letter made from the ledger alone, as the matter stood when it was written."""
    state = fold(entry.delta for entry in matter.entries if entry.seq <= written.entry.seq)
    return made(matter.kind, written.letter, state, written.entry.at, world, reporter)


def receipt(matter: OneMatter, written: Written, world: World) -> Receipt:
    """What stands in a letter and whence, and whether the ledger still gives the same document."""
    state = fold(entry.delta for entry in matter.entries if entry.seq <= written.entry.seq)
    language = world.district.languages[0]
    each = [
        Receipt(
            templates.called(matter.kind, name),
            templates.fact_in_words(name, matter.kind, state, written.entry.at, world),
        )
        for name in templates.named_in(written.letter.text)
    ]
    same = files.digest_of(again(matter, written, world)) == written.sha256
    kept = Receipt(say("matters.letter_same" if same else "matters.letter_differs"), f"SHA-256 {written.sha256[:16]}")
    claim = say("matters.letter_written", letter=written.letter.title.speak(language), seq=written.entry.seq)
    return Receipt(claim, written.entry.at, [*each, kept])
