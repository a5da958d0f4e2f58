"""Whose each item and each statement is: what the text says of responsible units, laid on what stands before it."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from .item import Item
from .owners import Owners, owners_in
from .place import Place
from .statement import Statement

_HINT = re.compile(r"单位|部门|负责|牵头|责任|落实|配合|[)\]][。;. ]*$")


def assign_owners(placed: list[Place], items: list[Item], statements: list[Statement], year: int | None) -> None:
    """Set lead unit, helpers and the whole list on the items and on the statements before each mention."""
    starts = [item.quote_offset for item in items]
    for item, following in pairwise(items):
        item.end_offset = following.quote_offset
    mentions: list[tuple[int, Owners, Place]] = []
    for place in placed:
        if place.silent:
            continue
        text = place.block.text
        if place.owners is not None:
            mentions.append((place.block.origin(len(text) - 1), place.owners, place))
        if _HINT.search(text):
            mentions.extend((place.block.origin(max(0, o.end - 1)), o, place) for o in owners_in(text, year))
    mentions.sort(key=lambda mention: mention[0])
    chapters: dict[str, Owners] = {}
    previous = -1
    for at, owners, place in mentions:
        k = bisect_right(starts, at) - 1
        inside = k >= 0 and (place.item_no is not None or place.starts_item or not place.heading)
        if owners.for_all:
            chapter = place.path[0] if place.path else ""
            for item in items:
                if not chapter or item.section.startswith(chapter):
                    _add(item, owners)
            continue
        if place.heading:
            chapters[place.section] = owners
            continue
        low = previous
        if inside:
            _add(items[k], owners)
            low = max(low, starts[k] - 1)
        for statement in statements:
            if low < statement.quote_offset <= at:
                _add(statement, owners)
        previous = at
    for statement in statements:
        k = bisect_right(starts, statement.quote_offset) - 1
        if not statement.units and k >= 0 and (not items[k].end_offset or statement.quote_offset < items[k].end_offset):
            _copy(items[k], statement) if statement.item_no == items[k].item_no else None
    things: list[Item | Statement] = [*items, *statements]
    for section, owners in chapters.items():
        for thing in things:
            if not thing.units and thing.section.startswith(section):
                _add(thing, owners)


def _add(owned: Item | Statement, owners: Owners) -> None:
    if owners.leads and owned.lead_unit is None:
        owned.lead_unit = owners.leads[0]
    owned.units = list(dict.fromkeys((*owned.units, *owners.units)))
    if owned.lead_unit is None and owned.units and not owners.for_all:
        owned.lead_unit = owned.units[0]
    owned.co_units = [unit for unit in owned.units if unit != owned.lead_unit]
    if owners.due and (isinstance(owned, Item) or owned.kind != "result"):
        owned.due = owners.due
    if isinstance(owned, Item):
        owned.equal_owners = owned.equal_owners or owners.equal


def _copy(item: Item, statement: Statement) -> None:
    statement.lead_unit, statement.co_units, statement.units = item.lead_unit, list(item.co_units), list(item.units)
    if item.due and statement.kind != "result":
        statement.due = item.due
