"""`yiwang indicators …`: what is measured, how it stands, and why."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from yiwang.why import NotThere, Unreadable

if TYPE_CHECKING:
    from yiwang.org.asker import Asker
    from yiwang.why import Receipt

    from .measured import Measured
    from .vitals import Vital


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register `yiwang indicators` and its commands."""
    indicators = subparsers.add_parser("indicators", help="how it stands, with receipts down to the matters")
    commands = indicators.add_subparsers(metavar="COMMAND", required=True)
    listing = commands.add_parser("list", help="every indicator and vital sign")
    listing.set_defaults(run=run_list)
    show = commands.add_parser("show", help="one indicator or vital sign with its receipt")
    show.add_argument("id")
    show.add_argument("--unit", metavar="U", help="code or name of a unit; the whole district when left out")
    show.add_argument("--period", metavar="P", help="2026-10, 2026, 2026-Q3, 2026-10-01/2026-10-12, today, month, year")
    show.add_argument("--by", choices=("lead", "street"), help="whose matters a unit's are")
    show.add_argument("--as-of", metavar="INSTANT", help="as it stood then, from the ledger (2026-10-12T10:00+08:00)")
    show.add_argument("--split", choices=("unit", "month"), help="told apart by unit or month")
    show.add_argument("--cases", metavar="PART", help="list its matters: numerator, denominator, against, excluded")
    show.add_argument("--page", type=int, default=1, help="of the matters")
    show.set_defaults(run=run_show)
    for parser in (listing, show):
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--district", help="code of the district, where there are several")
        parser.add_argument("--as", dest="user", metavar="USER", help="in whose name; the platform's own when left out")
        parser.add_argument("--lang", choices=("zh", "en"), default="zh")


def run_list(args: argparse.Namespace) -> int:
    asker = _asker(args)
    if asker is None:
        return 2
    from yiwang.org.session import acting_as

    from . import kept, queries

    with acting_as(asker):
        signs = kept.signs(asker)
    for one in queries.definitions(asker):
        row = {"id": one.indicator, "title": one.title.mapping(), "measures": one.measures, "unit": one.unit.mapping()}
        _print(args, row, f"{one.indicator:28} {getattr(one.title, args.lang)}")
    for sign in signs:
        vital = sign.definition
        row = {"id": vital.code, "title": vital.title.mapping(), "measures": "vital", "unit": vital.unit.mapping()}
        _print(args, row, f"{vital.code:28} {getattr(vital.title, args.lang)}")
    return 0


def run_show(args: argparse.Namespace) -> int:
    asker = _asker(args)
    if asker is None:
        return 2
    from . import vitals

    try:
        try:
            return _show(args, asker)
        except NotThere:
            if args.id not in [one.definition.code for one in vitals.vitals(asker, spark=1)]:
                raise
            _tell(args, _of_vital(vitals.vital(asker, args.id)), vitals.vital(asker, args.id).receipt)
            return 0
    except (NotThere, Unreadable) as wrong:
        print(wrong.words.speak(args.lang), file=sys.stderr)
        return 2


def _show(args: argparse.Namespace, asker: Asker) -> int:
    from datetime import datetime

    from . import queries

    stands = any(one.stands for one in queries.definitions(asker) if one.indicator == args.id)
    asked: dict[str, Any] = {"period": args.period or (None if stands else "month"), "by": args.by}
    if args.as_of:
        try:
            asked["as_of"] = datetime.fromisoformat(args.as_of).astimezone()
        except ValueError:
            print(f"{args.as_of}: no instant like 2026-10-12T10:00+08:00.", file=sys.stderr)
            return 2
    if args.split == "unit":
        for code, one in queries.measure_by_unit(asker, args.id, within=args.unit, **asked).items():
            _print(args, _of(one), _line(one, code, args.lang))
        return 0
    if args.split == "month":
        asked["period"] = args.period or "year"
        for one in queries.measure_by_month(asker, args.id, unit=args.unit, **asked):
            _print(args, _of(one), _line(one, str(one.period), args.lang))
        return 0
    found = queries.measure(asker, args.id, unit=args.unit, **asked)
    if args.cases:
        return _cases(args, asker, found)
    _tell(args, _of(found), found.with_cases())
    return 0


def _cases(args: argparse.Namespace, asker: Asker, found: Measured) -> int:
    from yiwang.matters.models import Matter
    from yiwang.org.session import acting_as

    cases = found.cases(args.cases, page=args.page)
    with acting_as(asker):
        rows = {row["pk"]: row for row in Matter.objects.filter(pk__in=cases.ids).values("pk", "number", "title")}
    if not args.json:
        print(f"{cases.total:,}")
    for pk in cases.ids:
        _print(
            args,
            {"matter": pk, **{k: rows[pk][k] for k in ("number", "title")}},
            f"{rows[pk]['number']}  {rows[pk]['title']}",
        )
    return 0


def _line(one: Measured, head: str, lang: str) -> str:
    of = f"  {one.numerator:,} / {one.denominator:,}" if one.denominator is not None else ""
    return f"{head:20} {one.text(lang)}{of}"


def _of(one: Measured) -> dict[str, Any]:
    """A figure as JSON: the value as a number, None where there is none."""
    value = None if one.value is None else float(one.value)
    return {
        "id": one.definition.indicator,
        "title": one.definition.title.mapping(),
        "unit": one.unit.code if one.unit else None,
        "period": str(one.period) if one.period else None,
        "at": one.at.isoformat(),
        "value": int(value) if value is not None and not one.definition.decimals else value,
        "value_unit": one.definition.unit.mapping(),
        "numerator": one.numerator,
        "denominator": one.denominator,
        "excluded": one.excluded,
        "excluded_by_code": one.codes,
        "lamp": one.lamp,
        "version": one.definition.version.isoformat(),
        "reference": one.definition.reference,
    }


def _of_vital(one: Vital) -> dict[str, Any]:
    return {
        "id": one.definition.code,
        "title": one.definition.title.mapping(),
        "value": one.value,
        "value_unit": one.definition.unit.mapping(),
        "at": one.at.isoformat() if one.at else None,
        "last": one.last,
        "level": one.level,
        "lamp": one.lamp,
    }


def _tell(args: argparse.Namespace, row: dict[str, Any], receipt: Receipt) -> None:
    if args.json:
        print(json.dumps(row | {"receipt": _as_json(receipt, args.lang)}, ensure_ascii=False))
    else:
        print(receipt.text(args.lang))


def _as_json(receipt: Receipt, lang: str) -> dict[str, Any]:
    from yiwang.why.words import format_value

    found: dict[str, Any] = {"claim": receipt.sentence(lang)}
    if receipt.value is not None:
        plain = isinstance(receipt.value, int | float | str)
        found["value"] = receipt.value if plain else format_value(receipt.value, lang)
    if receipt.source:
        found["source"] = receipt.source
    if receipt.because:
        found["because"] = [_as_json(one, lang) for one in receipt.because]
    return found


def _print(args: argparse.Namespace, row: dict[str, Any], line: str) -> None:
    print(json.dumps(row, ensure_ascii=False) if args.json else line)


def _asker(args: argparse.Namespace) -> Asker | None:
    """Who asks; None after the reason has been printed."""
    from yiwang.serve.django import setup

    setup()
    from yiwang.org.asking import NoSuchUser, asker_named
    from yiwang.org.queries import NoDistrict
    from yiwang.why import say

    try:
        return asker_named(args.user, args.district)
    except NoDistrict as none:
        print(none.sentence(args.lang), file=sys.stderr)
    except NoSuchUser:
        print(say("indicators.no_such_user", name=args.user).speak(args.lang), file=sys.stderr)
    return None
