"""`yiwang why ID`: a receipt computed again."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import TYPE_CHECKING, Any

from yiwang.why import NotThere, Unreadable

if TYPE_CHECKING:
    from yiwang.why import Words

    from .again import Answer

HELD, NO_LONGER, REFUSED = 0, 1, 2


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register `yiwang why`."""
    from .ids import EXAMPLES

    why = subparsers.add_parser(
        "why",
        help="does a receipt still hold, and if not, what changed since",
        epilog="for example: " + "   ".join(EXAMPLES.values()).replace("%", "%%"),
    )
    why.add_argument("id", metavar="ID", help="NOUN:NAME, then #INSTANT when it was said, then =VALUE what was said")
    why.add_argument("--json", action="store_true")
    why.add_argument("--as", dest="user", metavar="USER", help="in whose name; the platform's own when left out")
    why.add_argument("--district", help="code of the district, where there are several")
    spoken = "zh" if os.environ.get("LC_ALL", os.environ.get("LANG", "")).startswith("zh") else "en"
    why.add_argument("--lang", choices=("zh", "en"), default=spoken)
    why.set_defaults(run=run_why)


def run_why(args: argparse.Namespace) -> int:
    from .ids import Id, Unanswerable

    try:
        wanted = Id.parse(args.id)
    except Unanswerable as wrong:
        return _refuse(wrong.words, args)
    from yiwang.serve.django import setup

    setup()
    from yiwang.org.asking import NoSuchUser, asker_named
    from yiwang.org.queries import NoDistrict
    from yiwang.org.session import acting_as
    from yiwang.why import say

    from .again import again

    try:
        with acting_as(asker_named(args.user, args.district)) as asker:
            answer = again(asker, wanted)
    except NoDistrict as none:
        print(none.sentence(args.lang), file=sys.stderr)
        return REFUSED
    except NoSuchUser:
        return _refuse(say("api.no_user", name=args.user), args)
    except (Unanswerable, NotThere, Unreadable) as wrong:
        return _refuse(wrong.words, args)
    if args.json:
        print(json.dumps(_as_json(args.id, answer), ensure_ascii=False))
    else:
        print(answer.receipt.text(args.lang))
        print(_verdict(answer).speak(args.lang))
        for more in (answer.note, answer.since if not answer.holds else None):
            if more:
                print(more.text(args.lang))
    return HELD if answer.holds else NO_LONGER


def _verdict(answer: Answer) -> Words:
    from yiwang.why import say

    if answer.holds:
        return say("api.still_holds", value=answer.now)
    return say("api.no_longer", was=answer.was, now=answer.now)


def _as_json(name: str, answer: Answer) -> dict[str, Any]:
    from yiwang.why.json_form import write

    found = {"id": name, "holds": answer.holds, "was": write(answer.was), "is": write(answer.now)}
    found["receipt"] = answer.receipt.to_json()
    verdict = {language: _verdict(answer).speak(language) for language in ("zh", "en")}
    more = {"note": answer.note, "since": None if answer.holds else answer.since}
    return {**found, "verdict": verdict, **{key: one.to_json() for key, one in more.items() if one}}


def _refuse(words: Words, args: argparse.Namespace) -> int:
    print(words.speak(args.lang), file=sys.stderr)
    return REFUSED
