"""`yiwang goals import|list|lamps|supervise`: what needs the database."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import Any

from yiwang.commands.frame.askers import acting, named
from yiwang.commands.frame.command import command
from yiwang.goals import queries, store
from yiwang.org.asker import Asker
from yiwang.org.session import acting_as


@command("goals import", asker=named)
def import_plan(args: argparse.Namespace, asker: Asker) -> None:
    source = args.file.read_bytes()
    with acting_as(asker):
        plan = store.import_plan(asker, source, args.file.name, kind=args.kind, year=args.year)
        print(f"plan {plan.pk}: {plan.title}, {plan.statements.count()} statements to review")
    if args.adopt:
        with acting_as(asker):
            confirmed, dropped = store.confirm_all(asker, plan.pk)
            goals = store.adopt(asker, plan.pk)
        print(f"{confirmed} confirmed, {dropped} dropped that promise no value, {len(goals)} goals adopted")


@command("goals list", asker=acting)
def list_goals(args: argparse.Namespace, asker: Asker) -> Iterator[str]:
    for standing in queries.lamps(asker, year=args.year).goals:
        if args.lamp and standing.colour != args.lamp:
            continue
        row = _as_json(standing)
        if args.json:
            yield json.dumps(row, ensure_ascii=False)
            continue
        target = f"{standing.goal.comparator} {row['target'] or '—'} {standing.goal.unit}".strip()
        figures = f"{row['actual'] or '—'} / {target}"
        yield "\t".join((str(row["id"]), standing.colour, row["title"], figures, row["lead"] or "—"))


def _as_json(standing: Any) -> dict[str, Any]:
    def plain(value: Any) -> str | None:
        return None if value is None else f"{value.normalize() + 0:f}"

    return {
        "id": standing.goal.pk,
        "title": standing.goal.title,
        "lamp": standing.colour,
        "why": standing.lamp.receipt.sentence("zh"),
        "actual": plain(standing.lamp.actual),
        "planned": plain(standing.lamp.planned),
        "target": plain(standing.promise.target),
        "unit": standing.goal.unit,
        "due": standing.promise.ends.isoformat(),
        "lead": standing.lead.code if standing.lead else None,
    }


@command("goals lamps", asker=acting)
def count_lamps(args: argparse.Namespace, asker: Asker) -> Iterator[str]:
    lamps = queries.lamps(asker, year=args.year)
    if args.json:
        yield json.dumps({"year": lamps.year, "goals": lamps.total, **lamps.counts})
        return
    yield f"{lamps.year}: {lamps.total} goals"
    for colour, n in lamps.counts.items():
        yield f"  {colour}: {n}"


@command("goals supervise", asker=acting)
def supervise(args: argparse.Namespace, asker: Asker) -> Iterator[str]:
    opened = store.supervise(asker)
    yield f"{len(opened)} orders opened{': ' + ', '.join(opened) if opened else ''}"
