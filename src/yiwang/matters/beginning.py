"""The first text of a kind of somebody's own: sound as it stands, in the languages and roles of their pack."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

from yiwang.org.roles import DESK, EVERYWHERE, RoleFacts
from yiwang.why import say

TEMPLATE = Path(__file__).with_name("new_kind.yaml")
_TITLES = {
    name: f"matters.new_{name}"
    for name in (
        "of_text of_result of_reason at_fresh at_hand at_look at_over at_drop do_give do_drop do_finish do_approve"
        " do_again"
    ).split()
}


def text_of(
    name: str, languages: Sequence[str], roles: Mapping[str, RoleFacts], prefixes: Collection[str], today: date
) -> str:
    """The file of a kind called `name`. Raises LookupError where no role of the pack takes matters in."""
    titles = {
        what: _title({language: say(key).speak(language) for language in languages}) for what, key in _TITLES.items()
    }
    called = name.replace("_", " ").capitalize()
    return TEMPLATE.read_text(encoding="utf-8").format(
        name=name,
        title=_title(dict.fromkeys(languages, called)),
        title_text=called,
        version=today.isoformat(),
        prefix=_prefix(name, prefixes),
        intake=_intake(roles),
        **titles,
    )


def _title(texts: Mapping[str, str]) -> str:
    """As a flow mapping of YAML: {zh: "办理", en: "In hand"}."""
    return (
        "{" + ", ".join(f"{language}: {json.dumps(text, ensure_ascii=False)}" for language, text in texts.items()) + "}"
    )


def _prefix(name: str, taken: Collection[str]) -> str:
    """Letters of the name that no other kind's numbers begin with."""
    letters = re.sub("[^a-z]", "", name).upper() or "K"
    for n in range(2, 9):
        if (found := letters[:n]) not in taken and len(found) == n:
            return found
    return next(found for n in range(1, 1000) if (found := f"{letters[:6]}{n}") not in taken)


def _intake(roles: Mapping[str, RoleFacts]) -> str:
    """The role that takes matters in: at a desk, else everywhere."""
    for place in (DESK, EVERYWHERE):
        for name, role in roles.items():
            if role.place == place:
                return name
    raise LookupError(DESK)
