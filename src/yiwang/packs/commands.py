"""`yiwang pack check|load|schema`."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yiwang.org.appointing import Change
    from yiwang.why import Words


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the commands of packs."""
    pack = subparsers.add_parser("pack", help="prove, load and describe packs").add_subparsers(required=True)
    check = pack.add_parser("check", help="prove every definition of a pack before it is used")
    check.add_argument("folder", type=Path)
    check.add_argument("--lang", choices=("zh", "en"), default="zh")
    check.set_defaults(run=run_check)
    load = pack.add_parser("load", help="make the district what the pack says")
    load.add_argument("folder", type=Path)
    load.add_argument("--lang", choices=("zh", "en"), default="zh")
    load.set_defaults(run=run_load)
    schema = pack.add_parser("schema", help="JSON Schemas of the pack's files, for editors")
    schema.add_argument("--out", type=Path, help="write one file each into this folder")
    schema.set_defaults(run=run_schema)


def run_check(args: argparse.Namespace) -> int:
    from yiwang.org.pack_file import PackError
    from yiwang.serve.django import setup

    setup()
    from . import loading

    try:
        pack = loading.read(args.folder)
        problems = pack.problems
    except PackError as error:
        problems = error.problems
    for problem in problems:
        print(problem.speak(args.lang))
    if problems:
        return 1
    kinds = pack.matters.kinds
    print(f"{args.folder}: {len(pack.organisation.units)} units, {len(pack.matters.categories)} categories, no problem")
    for kind in kinds:
        title = getattr(kind.title, args.lang)
        parts = f"{len(kind.stages)} stages, {len(kind.actions)} actions, {len(kind.clocks)} clocks"
        print(f"  {kind.matter} {title}: {parts}, proven")
    return 0


def run_load(args: argparse.Namespace) -> int:
    from yiwang.org.pack_file import PackError
    from yiwang.serve.django import setup

    setup()
    from yiwang.ledger import checkpoints
    from yiwang.org.models import District
    from yiwang.why import say

    from . import loading

    before = dict(District.objects.values_list("pk", "calendar"))
    try:
        changes: list[Change] = []
        district = loading.load(args.folder, lambda part: print(f"  loading {part}", flush=True), changes)
    except PackError as error:
        for problem in error.problems:
            print(problem.speak(args.lang))
        return 1
    checkpoints.take(district)
    for change in changes:
        key = "packs.struck" if change.struck else "packs.still_ended"
        told = {"username": change.username, "name": change.name, "post": change.post, "on": change.on.isoformat()}
        print(say(key, **told).speak(args.lang))
    for line in _served(district):
        print(line.speak(args.lang))
    if before.get(district) not in (None, District.objects.get(pk=district).calendar):
        print(_clocks_to_move(district).speak(args.lang))
    return 0


def _served(loaded: int) -> Iterator[Words]:
    """What was loaded, and which district passers-by see where several are loaded."""
    from yiwang.org.models import District
    from yiwang.org.queries import NoDistrict, home_district
    from yiwang.why import say

    one = District.objects.get(pk=loaded)
    yield say("packs.loaded", title=one.title, code=one.code)
    if District.objects.count() == 1:
        return
    try:
        home = District.objects.get(pk=home_district()[0])
    except NoDistrict:
        yield say("packs.home_not_loaded", code=os.environ.get("YIWANG_DISTRICT", ""))
        return
    if home.pk == loaded:
        yield say("packs.is_home", title=home.title, code=home.code)
    else:
        yield say("packs.other_home", title=home.title, code=home.code, other=one.title, other_code=one.code)


def _clocks_to_move(district: int) -> Words:
    """How many running clocks the new calendar would move: whoever loaded it decides, and says why (R0.1)."""
    from yiwang.matters import rescheduling
    from yiwang.org.queries import facts
    from yiwang.org.session import acting_as, system
    from yiwang.why import say

    with acting_as(system(district)) as asker:
        moved = rescheduling.preview(asker, facts(asker).calendar)
    return say("packs.calendar_changed", clocks=len(moved), matters=len({one.matter for one in moved}))


def run_schema(args: argparse.Namespace) -> int:
    import msgspec

    from yiwang.goals.definition import Rules
    from yiwang.indicators.definition import Indicator, VitalSigns
    from yiwang.matters.definition import Kind
    from yiwang.org.definition import Pack, Roles
    from yiwang.signals.definition import MessageMap
    from yiwang.why import SCHEMA

    files = {
        "pack": Pack,
        "roles": Roles,
        "matter": Kind,
        "indicator": Indicator,
        "vitals": VitalSigns,
        "map": MessageMap,
        "goals": Rules,
    }
    schemas = {name: msgspec.json.schema(type_) for name, type_ in files.items()}
    for name, schema in {**schemas, "receipt": SCHEMA}.items():
        text = json.dumps(schema, ensure_ascii=False, indent=2)
        if args.out:
            args.out.mkdir(parents=True, exist_ok=True)
            (args.out / f"{name}.schema.json").write_text(text + "\n", "utf-8")
        else:
            print(text)
    return 0
