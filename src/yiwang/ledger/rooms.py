"""What each room lets the ledger look at: its module `auditing`, found and not listed.

KEPT         tables whose rows are written into the ledger (store.Rows): each row must be what its entries say
DEFINITIONS  those of them that the load of a pack writes
SOURCES      chains of the room's own, beside `ledger_entry`
differences  what is wrong in the room, whatever it knows how to compare
older        rows that are older than the ledger: noted once, so that they too are held from then on
begins       name -> a function (asker) that writes rows older than the ledger into entries of the room's own kind

Every column of every table stands in one of them, or is set aside with its reason (tests/ledger/test_columns.py):

CHECKED      table -> columns that `differences` compares with what the ledger says
ASIDE        table -> column (or EVERY) -> why it is no evidence
DIGESTED     table -> columns of KEPT that stand in the ledger by their digest alone
DISTRICT_OF  table -> what says to which district a row `t` belongs, where it has no column of it
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.apps import apps
from django.db import models

from yiwang.org.asker import Asker
from yiwang.org.district import District

from .chain import Break

EVERY = "*"  # all columns of a table
OWN_NUMBER = "a row's own number, which nothing refers to"  # why an id is set aside


@dataclass(frozen=True, slots=True)
class Audited:
    """Something with a chain of its own, looked through: how many entries it has, and what is wrong.

    files  how many files were read for it
    """

    subject: str
    entries: int
    broken: list[Break] = field(default_factory=list)
    files: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A table of chained entries.

    sequence  that numbers the entries
    ends      SELECT subject, seq, hash of the last entry of each chain that has entries beyond a number, of a district:
              parameters (number, district)
    strays    SELECT subject, seq of the leaves of a district whose entry is not there or says something else:
              parameters (source, district)
    """

    name: str
    sequence: str
    ends: str
    strays: str


OWN = Source(
    "ledger",
    "ledger_entry_id_seq",
    "SELECT DISTINCT ON (subject) subject, seq, hash FROM ledger_entry WHERE id > %s AND district_id = %s"
    " ORDER BY subject, seq DESC",
    "SELECT l.subject, l.seq, c.n FROM ledger_leaf l JOIN ledger_checkpoint c ON c.id = l.checkpoint_id"
    " LEFT JOIN ledger_entry e ON e.district_id = c.district_id AND e.subject = l.subject AND e.seq = l.seq"
    " WHERE l.source = %s AND c.district_id = %s AND e.hash IS DISTINCT FROM l.hash ORDER BY c.n, l.subject LIMIT 1000",
)


def _rooms() -> Iterator[ModuleType]:
    for app in apps.get_app_configs():
        name = f"{app.name}.auditing"
        if app.name.startswith("yiwang.") and find_spec(name):
            yield import_module(name)


def _said(what: str) -> dict[str, Any]:
    """What all rooms say together, by table."""
    return {table: said for room in _rooms() for table, said in getattr(room, what, {}).items()}


@cache
def aside() -> Mapping[str, Mapping[str, str]]:
    """table -> column -> why it is no evidence."""
    return _said("ASIDE")


@cache
def checked() -> Mapping[str, frozenset[str]]:
    """table -> columns that a room compares by itself."""
    return {table: frozenset(columns.split()) for table, columns in _said("CHECKED").items()}


@cache
def digested() -> Mapping[str, frozenset[str]]:
    """table -> columns that stand in the ledger by their digest."""
    return {table: frozenset(columns.split()) for table, columns in _said("DIGESTED").items()}


@cache
def district_of() -> Mapping[str, str]:
    """table -> what says to which district its row `t` belongs."""
    return _said("DISTRICT_OF")


def in_the_ledger() -> list[type[models.Model]]:
    """Every table whose rows are written into the ledger."""
    return [model for room in _rooms() for model in (*getattr(room, "KEPT", ()), *getattr(room, "DEFINITIONS", ()))]


def definitions() -> list[type[models.Model]]:
    """Those of them that the load of a pack writes."""
    return [model for room in _rooms() for model in getattr(room, "DEFINITIONS", ())]


def sources() -> list[Source]:
    """Every table of chained entries."""
    return [OWN, *(source for room in _rooms() for source in getattr(room, "SOURCES", ()))]


def differences(district: District, notes: Mapping[str, Mapping[str, Any]], subject: str = "") -> Iterator[Audited]:
    """What each room finds, everywhere or for one subject; `notes` are those that `older` once gave."""
    for room in _rooms():
        if found := getattr(room, "differences", None):
            yield from found(district, notes, subject)


def begins() -> dict[str, Callable[[Asker], None]]:
    """name -> what writes rows that are older than the ledger into it."""
    return {name: begin for room in _rooms() for name, begin in getattr(room, "begins", {}).items()}


def older(district: District) -> Iterator[tuple[str, Iterable[Mapping[str, Any]]]]:
    """(name, notes in pieces) of what is older than the ledger, room by room."""
    for room in _rooms():
        if found := getattr(room, "older", None):
            yield from found(district)
