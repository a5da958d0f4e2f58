"""`yiwang goals import|list|lamps|supervise`: what needs the database."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yiwang.why import Conflict, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yiwang.org.asker import Asker


def add(goals: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the commands on `yiwang goals`."""
    importer = goals.add_parser("import", help="put a plan on the board for review")
    importer.add_argument("file", type=Path)
    importer.add_argument("--kind", choices=("plan", "report"), default="plan")
    importer.add_argument("--year", type=int, help="the year of the plan, where its text does not say it")
    importer.add_argument(
        "--adopt", action="store_true", help="confirm what was read and adopt it, in the name of the person of --as"
    )
    importer.set_defaults(run=import_plan)
    lister = goals.add_parser("list", help="the goals of a year with value, plan and lamp")
    lister.add_argument("--lamp", choices=("ok", "watch", "alarm", "done", "stale", "unknown"))
    lister.set_defaults(run=list_goals)
    counter = goals.add_parser("lamps", help="how many goals stand under each lamp")
    counter.set_defaults(run=count_lamps)
    orders = goals.add_parser("supervise", help="open supervision orders for red goals that have none")
    orders.set_defaults(run=supervise)
    for parser in (importer, lister, counter, orders):
        parser.add_argument("--as", dest="username", metavar="USERNAME", help="who asks; else the platform itself")
    for parser in (lister, counter):
        parser.add_argument("--year", type=int)
        parser.add_argument("--json", action="store_true")


@contextmanager
def asking(username: str | None) -> Iterator[Asker]:
    """The person who signs in under that name, or the platform itself."""
    from yiwang.serve.django import setup

    setup()
    from django.contrib.auth import get_user_model

    from yiwang.org import queries, session

    if username is None:
        asker = session.system(queries.home_district()[0])
    else:
        user = get_user_model().objects.filter(username=username).first()
        found = session.asker_of_user(user.pk) if user else None
        if found is None:
            print(f"{username}: nobody signs in under this name, or he holds no post today", file=sys.stderr)
            raise SystemExit(2)
        asker = found
    with session.acting_as(asker):
        yield asker


def import_plan(args: argparse.Namespace) -> int:
    source = args.file.read_bytes()
    with asking(args.username) as asker:
        from yiwang.reading import UnreadableDocument

        from . import store

        try:
            plan = store.import_plan(asker, source, args.file.name, kind=args.kind, year=args.year)
            print(f"plan {plan.pk}: {plan.title}, {plan.statements.count()} statements to review")
            if args.adopt:
                confirmed, dropped = store.confirm_all(asker, plan.pk)
                goals = store.adopt(asker, plan.pk)
                print(f"{confirmed} confirmed, {dropped} dropped that promise no value, {len(goals)} goals adopted")
        except UnreadableDocument as error:
            return _refuse(error.words.speak("zh"))
        except Conflict as error:
            return _refuse(error.receipt.sentence("zh"))
        except Refusal as error:
            return _refuse(error.receipt.sentence("zh"))
    return 0


def list_goals(args: argparse.Namespace) -> int:
    with asking(args.username) as asker:
        from . import queries

        for one in queries.lamps(asker, year=args.year).goals:
            if args.lamp and one.colour != args.lamp:
                continue
            row = _as_json(one)
            if args.json:
                print(json.dumps(row, ensure_ascii=False))
            else:
                target = f"{one.goal.comparator} {row['target'] or '—'} {one.goal.unit}".strip()
                cells = (
                    str(row["id"]),
                    one.colour,
                    row["title"],
                    f"{row['actual'] or '—'} / {target}",
                    row["lead"] or "—",
                )
                print("\t".join(cells))
    return 0


def _as_json(one: Any) -> dict[str, Any]:
    def plain(value: Any) -> str | None:
        return None if value is None else f"{value.normalize() + 0:f}"

    return {
        "id": one.goal.pk,
        "title": one.goal.title,
        "lamp": one.colour,
        "why": one.lamp.receipt.sentence("zh"),
        "actual": plain(one.lamp.actual),
        "planned": plain(one.lamp.planned),
        "target": plain(one.promise.target),
        "unit": one.goal.unit,
        "due": one.promise.ends.isoformat(),
        "lead": one.lead.code if one.lead else None,
    }


def count_lamps(args: argparse.Namespace) -> int:
    with asking(args.username) as asker:
        from . import queries

        found = queries.lamps(asker, year=args.year)
        if args.json:
            print(json.dumps({"year": found.year, "goals": found.total, **found.counts}))
        else:
            print(f"{found.year}: {found.total} goals")
            for colour, n in found.counts.items():
                print(f"  {colour}: {n}")
    return 0


def supervise(args: argparse.Namespace) -> int:
    with asking(args.username) as asker:
        from . import store

        try:
            opened = store.supervise(asker)
        except Refusal as error:
            return _refuse(error.receipt.sentence("zh"))
    print(f"{len(opened)} orders opened{': ' + ', '.join(opened) if opened else ''}")
    return 0


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2
