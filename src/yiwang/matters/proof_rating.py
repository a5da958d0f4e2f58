"""Proves how a kind is rated: by the reporter alone, once, and a bad rating leads to something (R3.13-R3.15). Pure."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.expr import ExprError
from yiwang.why import Words, say

from .action import Action
from .definition import Kind
from .guards import Guard
from .rating import BAD, DEFAULT, LEVEL, Default, Rating

Complaint = tuple[str, Words]
_REPORTER, _SYSTEM = "reporter", "system"


def complaints(kind: Kind) -> Iterator[Complaint]:
    """(path in the file, what is wrong)."""
    if kind.rating is None:
        return
    yield from _levels(kind, kind.rating)
    asking = {name: action for name, action in kind.actions.items() if kind.rating.of in action.asked}
    if not asking:
        yield "rating", say("matters.rating_never", field=kind.rating.of)
    for name, action in asking.items():
        if action.actors != [_REPORTER]:
            yield f"actions.{name}.by", say("matters.rating_by_others", action=name, field=kind.rating.of)
        if action.at_most != 1:
            yield f"actions.{name}.at_most", say("matters.rating_again", action=name)
    if len(asking) > 1:
        yield "rating", say("matters.rating_twice", actions=list(asking))
    if kind.rating.default:
        yield from _default(kind, kind.rating, kind.rating.default)


def _levels(kind: Kind, rating: Rating) -> Iterator[Complaint]:
    spec = kind.asks.get(rating.of)
    if spec is None or spec.type != "enum" or spec.sensitivity:
        yield "rating.of", say("matters.rating_field", field=rating.of)
        return
    if spec.default is not None or spec.computed:
        yield f"asks.{rating.of}", say("matters.rating_prefilled", field=rating.of)
    if sorted(rating.levels) != sorted(spec.values):
        yield "rating.levels", say("matters.rating_levels", known=list(spec.values))
    if not rating.bad or set(rating.bad) != set(rating.levels[: len(rating.bad)]):
        yield "rating.bad", say("matters.rating_bad", levels=rating.levels)


def _default(kind: Kind, rating: Rating, default: Default) -> Iterator[Complaint]:
    """Silence counts as a level that is none of the bad ones, by an act of the platform after a time, on what ended."""
    action = kind.actions.get(default.by)
    if default.level not in rating.levels or default.level in rating.bad:
        yield "rating.default.level", say("matters.rating_default_level", name=default.level)
    if action is None or action.actors != [_SYSTEM] or action.does is None or action.does.after is None:
        yield "rating.default.by", say("matters.rating_default_by", action=default.by)
        return
    if action.to or not all(kind.stages[stage].final for stage in action.stages if stage in kind.stages):
        yield f"actions.{default.by}", say("matters.rating_default_moves", action=default.by)
    elif not _only_without_a_rating(kind, action):
        yield f"actions.{default.by}.does", say("matters.rating_default_always", action=default.by, fact=LEVEL)


def _only_without_a_rating(kind: Kind, action: Action) -> bool:
    try:
        asked = kind.expression(action.does.when) if action.does and action.does.when else None
    except ExprError:
        return True  # told of where expressions are
    return asked is not None and not Guard(asked).may_be(True, {LEVEL: 1})


def without_consequence(kind: Kind) -> Iterator[Complaint]:
    """A bad rating leads somewhere, opens something or sets off an act: else nobody would be told of it (R3.14)."""
    rating = kind.rating
    if rating is None:
        return
    for action in kind.actions.values():
        texts = [action.does.when] if action.does else []
        if rating.of in action.asked:
            texts += [*(one.when for one in action.outcomes), *(one.when for one in action.opens)]
        if any(text and _holds_of_bad(kind, rating, text) for text in texts):
            return
    yield "rating.bad", say("matters.rating_for_nothing", fact=BAD)


def _holds_of_bad(kind: Kind, rating: Rating, text: str) -> bool:
    """Whether a condition asks for the rating, and may hold of the worst: that nobody has rated is no consequence."""
    worst = {BAD: True, LEVEL: 1, f"form.{rating.of}": rating.levels[0], DEFAULT: None}
    asked = kind.expressions[text].fields()
    return not {BAD, LEVEL, f"form.{rating.of}"}.isdisjoint(asked) and Guard(kind.expressions[text]).may_be(True, worst)
