"""`yiwang indicators …`: what is measured, how it stands, and why."""

from __future__ import annotations

import argparse
import json
from typing import Any

from yiwang.commands.frame.askers import named
from yiwang.commands.frame.command import command
from yiwang.commands.frame.failures import refusal
from yiwang.indicators import kept, queries, vitals
from yiwang.indicators.measured import Measured
from yiwang.indicators.vitals import Vital
from yiwang.matters.queries import numbers_and_titles
from yiwang.org.asker import Asker
from yiwang.org.queries import facts
from yiwang.org.session import acting_as
from yiwang.typed.moments import moment
from yiwang.why import NotThere, Receipt
from yiwang.why.words import format_value


@command("indicators list", asker=named)
def run_list(args: argparse.Namespace, asker: Asker) -> None:
    with acting_as(asker):
        signs = kept.signs(asker)
    for one in queries.definitions(asker):
        row = {"id": one.indicator, "title": one.title.mapping(), "measures": one.measures, "unit": one.unit.mapping()}
        _print(args, row, f"{one.indicator:28} {one.title.speak(args.lang)}")
    for sign in signs:
        vital = sign.definition
        row = {"id": vital.code, "title": vital.title.mapping(), "measures": "vital", "unit": vital.unit.mapping()}
        _print(args, row, f"{vital.code:28} {vital.title.speak(args.lang)}")


@command("indicators show", asker=named)
def run_show(args: argparse.Namespace, asker: Asker) -> None:
    try:
        _show(args, asker)
    except NotThere:
        if args.id not in [one.definition.code for one in vitals.vitals(asker, spark=1)]:
            raise
        _tell(args, _of_vital(vitals.vital(asker, args.id)), vitals.vital(asker, args.id).receipt)


def _show(args: argparse.Namespace, asker: Asker) -> None:
    stands = any(one.stands for one in queries.definitions(asker) if one.indicator == args.id)
    asked: dict[str, Any] = {"period": args.period or (None if stands else "month"), "by": args.by}
    if args.as_of:
        asked["as_of"] = moment(args.as_of, facts(asker).zone)
        if asked["as_of"] is None:
            raise refusal(f"{args.as_of}: no instant like 2026-10-12T10:00+08:00.")
    if args.split == "unit":
        for code, by_month in queries.measure_by_unit(asker, args.id, within=args.unit, **asked).items():
            _print(args, _of(by_month), _line(by_month, code, args.lang))
        return
    if args.split == "month":
        asked["period"] = args.period or "year"
        for by_month in queries.measure_by_month(asker, args.id, unit=args.unit, **asked):
            _print(args, _of(by_month), _line(by_month, str(by_month.period), args.lang))
        return
    measured = queries.measure(asker, args.id, unit=args.unit, **asked)
    if args.cases:
        _cases(args, asker, measured)
    else:
        _tell(args, _of(measured), measured.with_cases())


def _cases(args: argparse.Namespace, asker: Asker, measured: Measured) -> None:
    cases = measured.cases(args.cases, page=args.page)
    with acting_as(asker):
        known = numbers_and_titles(asker, cases.ids)
    if not args.json:
        print(f"{cases.total:,}")
    for pk in cases.ids:
        number, called = known[pk]
        row = {"number": number, "title": format_value(called, args.lang)}
        _print(args, {"matter": pk, **row}, "{number}  {title}".format_map(row))


def _line(measured: Measured, head: str, lang: str) -> str:
    of = f"  {measured.numerator:,} / {measured.denominator:,}" if measured.denominator is not None else ""
    return f"{head:20} {measured.text(lang)}{of}"


def _of(measured: Measured) -> dict[str, Any]:
    """A figure as JSON: the value as a number, None where there is none."""
    return {
        "id": measured.definition.indicator,
        "title": measured.definition.title.mapping(),
        "unit": measured.unit.code if measured.unit else None,
        "period": str(measured.period) if measured.period else None,
        "at": measured.at.isoformat(),
        "value": measured.number,
        "value_unit": measured.definition.unit.mapping(),
        "numerator": measured.numerator,
        "denominator": measured.denominator,
        "excluded": measured.excluded,
        "excluded_by_code": measured.codes,
        "lamp": measured.lamp,
        "version": measured.definition.version.isoformat(),
        "reference": measured.definition.reference,
    }


def _of_vital(vital: Vital) -> dict[str, Any]:
    return {
        "id": vital.definition.code,
        "title": vital.definition.title.mapping(),
        "value": vital.value,
        "value_unit": vital.definition.unit.mapping(),
        "at": vital.at.isoformat() if vital.at else None,
        "last": vital.last,
        "level": vital.level,
        "lamp": vital.lamp,
    }


def _tell(args: argparse.Namespace, row: dict[str, Any], receipt: Receipt) -> None:
    if args.json:
        print(json.dumps(row | {"receipt": _as_json(receipt, args.lang)}, ensure_ascii=False))
    else:
        print(receipt.text(args.lang))


def _as_json(receipt: Receipt, lang: str) -> dict[str, Any]:
    tree: dict[str, Any] = {"claim": receipt.sentence(lang)}
    if receipt.value is not None:
        plain = isinstance(receipt.value, int | float | str)
        tree["value"] = receipt.value if plain else format_value(receipt.value, lang)
    if receipt.source:
        tree["source"] = receipt.source
    if receipt.because:
        tree["because"] = [_as_json(one, lang) for one in receipt.because]
    return tree


def _print(args: argparse.Namespace, row: dict[str, Any], line: str) -> None:
    print(json.dumps(row, ensure_ascii=False) if args.json else line)
