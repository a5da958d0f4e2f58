"""`yiwang pack check|diff|load|words`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator

from yiwang.commands.frame.command import command
from yiwang.ledger import checkpoints
from yiwang.nouns.pack import Difference, WholePack, parts
from yiwang.org.appointing import Change
from yiwang.org.installed import calendars, district, districts
from yiwang.org.pack_text import PackError
from yiwang.org.queries import NoDistrict, home_district
from yiwang.org.session import acting_as, system
from yiwang.packs import differing, loading
from yiwang.packs.adopting import Adoption, LeftAsItIs
from yiwang.pages.loading import PackPages
from yiwang.pages.words import to_translate
from yiwang.why import Words, say

LEFT = 3  # the answer of a start that left the district as it is (`run.up` knows it)


def _sound(args: argparse.Namespace) -> WholePack | None:
    """The pack of a command; None where something is wrong with it, which is printed."""
    try:
        pack = loading.read(args.folder)
        problems = pack.problems
    except PackError as error:
        problems = error.problems
    for problem in problems:
        print(problem.speak(args.lang))
    return None if problems else pack


@command("pack check")
def run_check(args: argparse.Namespace) -> int:
    pack = _sound(args)
    if pack is None:
        return 1
    said = [(part, pack.parts[noun]) for noun, part in parts().items()]
    counted = [f"{len(pack.organisation.units)} units", *(line for part, read in said for line in part.counted(read))]
    print(f"{args.folder}: {', '.join(counted)}, no problem")
    for line in (line for part, read in said for line in part.proven(read, args.lang)):
        print(f"  {line}")
    for problem in (problem for part, read in said for problem in part.warned(read)):
        print(say("packs.warning", of=problem.speak(args.lang)).speak(args.lang))
    return 0


@command("pack words")
def run_words(args: argparse.Namespace) -> int:
    """What is to be translated, as lines of a words.yaml; what is wrong with the pack is said by `pack check`."""
    pages = loading.read(args.folder).parts["pages"]
    assert isinstance(pages, PackPages)
    for line in to_translate(pages.words, pages.languages):
        print(line)
    return 0


@command("pack diff")
def run_diff(args: argparse.Namespace) -> int:
    """As `diff` answers: 0 nothing would change, 1 something would, 2 it cannot be told."""
    pack = _sound(args)
    if pack is None:
        return 2
    differences = differing.differences(pack)
    if differences is None:
        print(say("packs.not_loaded_yet", code=pack.organisation.pack.district.code).speak(args.lang))
        return 1
    changed, against = differences
    for line in differing.spoken(changed, args.lang):
        print(line)
    for problem in against:
        print(problem.speak(args.lang))
    if not changed:
        print(say("packs.no_difference").speak(args.lang))
    return 2 if against else 1 if changed else 0


@command("pack load")
def run_load(args: argparse.Namespace) -> int:
    before = calendars()
    try:
        changes: list[Change] = []
        adoption = Adoption(args.approved_by, args.reason, args.proposed_by)
        differs: list[Difference] = []
        loaded = loading.load(
            args.folder,
            lambda part: print(f"  loading {part}", flush=True),
            changes,
            adoption,
            differs,
            at_start=args.at_start,
        )
    except LeftAsItIs as left:
        for text in [*differing.spoken(left.changed, args.lang), *(one.speak(args.lang) for one in left.against)]:
            print(text)
        print(say("packs.left_as_it_is", folder=str(args.folder)).speak(args.lang))
        return LEFT
    except PackError as error:
        for problem in error.problems:
            print(problem.speak(args.lang))
        return 1
    checkpoints.take(loaded)
    for change in changes:
        key = "packs.struck" if change.struck else "packs.still_ended"
        told = {"username": change.username, "name": change.name, "post": change.post, "on": change.on.isoformat()}
        print(say(key, **told).speak(args.lang))
    for text in differing.spoken([one for one in differs if one.sign == "-"], args.lang):
        print(text)
    for line in _served(loaded):
        print(line.speak(args.lang))
    if before.get(loaded) not in (None, calendars()[loaded]):
        for words in _moved_by_the_calendar(loaded):
            print(words.speak(args.lang))
    return 0


def _served(loaded: int) -> Iterator[Words]:
    """What was loaded, and which district passers-by see where several are loaded."""
    served = district(loaded)
    yield say("packs.loaded", title=served.title, code=served.code)
    if len(districts()) == 1:
        return
    try:
        home = district(home_district()[0])
    except NoDistrict:
        yield say("packs.home_not_loaded", code=os.environ.get("YIWANG_DISTRICT", ""))
        return
    if home.id == loaded:
        yield say("packs.is_home", title=home.title, code=home.code)
    else:
        yield say("packs.other_home", title=home.title, code=home.code, other=served.title, other_code=served.code)


def _moved_by_the_calendar(loaded: int) -> list[Words]:
    """What the new calendar would do to what runs, noun by noun."""
    with acting_as(system(loaded)) as asker:
        told = [part.calendar_changed(asker) for part in parts().values()]
    return [words for words in told if words is not None]
