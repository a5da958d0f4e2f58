"""`yiwang why ID`: a receipt computed again."""

from __future__ import annotations

import argparse
import json
from typing import Any

from yiwang.commands.frame.askers import acting
from yiwang.commands.frame.command import command
from yiwang.nouns.again import Answer, again
from yiwang.nouns.ids import Id
from yiwang.org.asker import Asker
from yiwang.why import Words, say
from yiwang.why.json_form import write

HELD, NO_LONGER = 0, 1


@command("why", asker=acting)
def run_why(args: argparse.Namespace, asker: Asker) -> int:
    answer = again(asker, Id.parse(args.id))
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
    if answer.holds:
        return say("nouns.still_holds", value=answer.now)
    return say("nouns.no_longer", was=answer.was, now=answer.now)


def _as_json(name: str, answer: Answer) -> dict[str, Any]:
    answered = {"id": name, "holds": answer.holds, "was": write(answer.was), "is": write(answer.now)}
    answered["receipt"] = answer.receipt.to_json()
    verdict = {language: _verdict(answer).speak(language) for language in ("zh", "en")}
    more = {"note": answer.note, "since": None if answer.holds else answer.since}
    return {**answered, "verdict": verdict, **{key: one.to_json() for key, one in more.items() if one}}
