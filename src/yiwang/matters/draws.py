"""Draws by lot, of a pack's list or of people (`draws_people`): anybody draws the same again (R8.1, R8.2). Pure.

The pool is laid down as it stood, with its SHA-256; each object gets the SHA-256 of seed, pool and code, and the lowest
are drawn. Whoever has the entry needs nothing else, and no machine's random numbers are in it.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec import field as described

from yiwang.org import personal
from yiwang.why import Receipt, Refusal, Words, say

from .fields.spec import FieldSpec
from .objects import Lists, ObjectFacts, codes_in

NOTE = "draw."  # in an entry's data: draw.<field> -> what was drawn of what; no field of a form has a dot in its name
WAY = "sha256 of seed, pool and code, the lowest first"
_SHARE = re.compile(r"([0-9]{1,2}(?:\.[0-9]{1,3})?|100)%")


class Draw(Struct, forbid_unknown_fields=True, frozen=True):
    """What an action draws by lot (R8.2).

    field       the field that takes what is drawn, and nobody enters it: several objects of a list, or several people
                who hold a post, without whoever takes no part (回避) or could not sit on its panel
    of          how many, or a share of the pool ("5%", never fewer than that); {class: how many or which share}: a
                class that is not there is not drawn from
    seed        a field whose words are the seed, said by whoever draws in sight of all; none: the ledger's last hash
    only        the classes from which is drawn, such as those with a certificate
    leaves_out  fields whose objects or people are not drawn: who has declared an interest, what was drawn before
    avoids      a field: who is listed to avoid an object that it names is not drawn
    not_within  what a matter of the kind has drawn within it is not drawn again
    """

    field: str
    of: int | str | dict[str, int | str]
    seed: str = ""
    only: list[str] = described(default_factory=list)
    leaves_out: list[str] = described(default_factory=list)
    avoids: str = ""
    not_within: str = ""

    def shares(self) -> Iterator[tuple[str, int | str]]:
        """(class or "" for all, how many or which share)."""
        yield from self.of.items() if isinstance(self.of, dict) else [("", self.of)]


def share_of(text: str) -> tuple[int, int] | None:
    """A share in thousandths of a per cent, as a fraction; None where it is none.

    >>> share_of("5%"), share_of("12.5%"), share_of("five")
    ((5000, 100000), (12500, 100000), None)
    """
    if not (said := _SHARE.fullmatch(text)):
        return None
    number, _, rest = said[1].partition(".")
    return int(number) * 1000 + int(rest.ljust(3, "0") or 0), 100_000


def many(wanted: int | str, pool: int) -> int:
    """How many are drawn of a pool; of a share never fewer than it says.

    >>> many(2, 9), many("5%", 30), many("5%", 20), many("5%", 0)
    (2, 2, 1, 0)
    """
    if isinstance(wanted, int):
        return wanted
    part, whole = share_of(wanted) or (0, 1)
    return -(-pool * part // whole)


def drawn(
    how: Draw,
    fields: Mapping[str, FieldSpec],
    state: Mapping[str, Any],
    lists: Lists,
    otherwise: str,
    before: Collection[str] = (),
) -> tuple[list[str], dict[str, Any]]:
    """(codes, what the entry says of the draw). Raises Refusal where there are not as many as must be drawn.

    otherwise  the seed where nobody says one
    before     what was drawn within the time in which nothing is drawn again
    """
    known = lists.get(fields[how.field].list_, {})
    out = _left_out(how, fields, state, known, before)
    pool = sorted([one.code, one.class_] for one in known.values() if one.listed and one.code not in out)
    return lot(how, pool, out, state, otherwise)


def lot(
    how: Draw, pool: list[list[str]], out: Mapping[str, str], state: Mapping[str, Any], otherwise: str
) -> tuple[list[str], dict[str, Any]]:
    """The same of a pool [[code, class], …] and of what was left out: code -> why. Raises Refusal."""
    said = {
        "way": WAY,
        "seed": seed_from(state.get(f"form.{how.seed}")) if how.seed else otherwise,
        "of": dict(how.shares()),
        "pool": pool,
        "hash": hash_of(pool),
        "left_out": dict(out),
    }
    for class_, wanted in how.shares():
        there = len(pool) if not class_ else sum(one[1] == class_ for one in pool)
        if many(wanted, there) > there:
            raise Refusal(say("matters.pool_too_small", n=there, wanted=many(wanted, there)))
    names = again(said)
    if not names:
        raise Refusal(say("matters.nothing_to_draw"))
    return names, {**said, "drawn": names}


def again(said: Mapping[str, Any]) -> list[str]:
    """What an entry's seed, pool and shares draw: the same, whoever asks and whenever."""
    chosen: list[str] = []
    for class_, wanted in said["of"].items():
        pool = [code for code, of in said["pool"] if not class_ or of == class_]
        chosen += sorted(pool, key=lambda code: rank(said["seed"], said["hash"], code))[: many(wanted, len(pool))]
    return sorted(set(chosen))


def rank(seed: str, pool: str, code: str) -> str:
    """The lot of an object: whose is lowest is drawn."""
    return hashlib.sha256("\n".join((seed, pool, code)).encode()).hexdigest()


def hash_of(pool: list[list[str]]) -> str:
    """SHA-256 of a pool [[code, class], …] as JSON without blanks."""
    return hashlib.sha256(json.dumps(pool, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def seed_from(said: Any) -> str:
    """The words of a seed as they are kept: one spelling, and nothing of a person in it."""
    return personal.masked(" ".join(unicodedata.normalize("NFKC", str(said or "")).split()))


def differences(said: Mapping[str, Any]) -> list[Words]:
    """What is otherwise when an entry's draw is drawn again; nothing where it says the same."""
    differing = []
    if hash_of([list(one) for one in said["pool"]]) != said["hash"]:
        differing.append(say("matters.redraw_pool"))
    if (now := again(said)) != said["drawn"]:
        differing.append(say("matters.redraw_differs", now=now, was=said["drawn"]))
    return differing


def receipt_of(said: Mapping[str, Any], title: Any, named: Mapping[str, Any]) -> Receipt:
    """Who was drawn of what, by which seed, who was left out and why, and whether it comes out the same again.

    named  code -> what it is called
    """
    called = [named.get(code, code) for code in said["drawn"]]
    why: dict[str, int] = {}
    for reason in said["left_out"].values():
        why[reason] = why.get(reason, 0) + 1
    reasons = [
        Receipt(say("matters.draw_seed"), said["seed"]),
        Receipt(say("matters.draw_pool", hash=said["hash"]), len(said["pool"])),
        *(Receipt(say(f"matters.left_out_{reason}"), n) for reason, n in sorted(why.items())),
        Receipt(say("matters.draw_way")),
        Receipt(say("matters.drawn_again"), not differences(said)),
    ]
    return Receipt(say("matters.draw_of", title=title, names=called), len(called), tuple(reasons), "R8.2")


def notes(data: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """(field, what was drawn) of every draw of an entry."""
    yield from ((name.removeprefix(NOTE), said) for name, said in data.items() if name.startswith(NOTE))


def _left_out(
    how: Draw,
    fields: Mapping[str, FieldSpec],
    state: Mapping[str, Any],
    known: Mapping[str, ObjectFacts],
    before: Collection[str],
) -> dict[str, str]:
    """code -> why it is not drawn: class, interest, drawn before."""
    named = {code for name in how.leaves_out for code in codes_in(fields[name], state.get(f"form.{name}"))}
    near = {*codes_in(fields[how.avoids], state.get(f"form.{how.avoids}"))} if how.avoids else set()
    classes = {class_ for class_, _ in how.shares()} - {""}
    left_out: dict[str, str] = {}
    for code, facts in known.items():
        if not facts.listed:
            continue
        if (how.only and facts.class_ not in how.only) or (classes and facts.class_ not in classes):
            left_out[code] = "class"
        elif code in named:
            left_out[code] = "named"
        elif near & {*facts.avoids}:
            left_out[code] = "interest"
        elif code in before:
            left_out[code] = "before"
    return left_out
