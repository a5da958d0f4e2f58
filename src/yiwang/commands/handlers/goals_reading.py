"""`yiwang goals read|score`: read a plan, score a reading. Neither needs Django."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from yiwang.commands.frame.command import command
from yiwang.commands.frame.failures import refusal
from yiwang.reading import UnreadableDocument
from yiwang.reading import read as read_document
from yiwang.reading.agreement import FIELDS
from yiwang.reading.score import BadLine
from yiwang.reading.score import score as compare


@command("goals read")
def read(args: argparse.Namespace) -> int:
    source = sys.stdin.buffer.read() if str(args.file) == "-" else args.file.read_bytes()
    try:
        reading = read_document(source, filename=args.file.name, year=args.year)
    except UnreadableDocument as refused:
        raise refusal(f"{refused.words.speak('zh')}\n{refused.words.speak('en')}") from None
    for warning in reading.warnings:
        print(warning.speak("zh"), file=sys.stderr)
    if args.jsonl:
        rows = [*(one.to_json() for one in reading.statements), *(one.to_json() for one in reading.items)]
        for row in rows:
            print(json.dumps(row, ensure_ascii=False))
    if args.stats:
        print(json.dumps(reading.stats(), ensure_ascii=False, indent=1))
    if not args.jsonl and not args.stats:
        for statement in reading.statements:
            print(_line(statement))
    return 0


def _line(statement: Any) -> str:
    value = "" if statement.value is None else f"{statement.value:,}"
    value += f"–{statement.value2:,}" if statement.value2 is not None else ""
    parts = (
        statement.item_no or "",
        statement.kind,
        statement.period,
        statement.indicator,
        f"{statement.comparator} {value}{statement.unit or ''}".strip(),
        statement.lead_unit or "",
    )
    return "\t".join(parts)


@command("goals score")
def score(args: argparse.Namespace) -> int:
    text = args.text.read_text("utf-8") if args.text else None
    with args.gold.open(encoding="utf-8") as gold, args.pred.open(encoding="utf-8") as pred:
        try:
            result = compare(gold, pred, text)
        except BadLine as error:
            raise refusal(str(error)) from None
    if args.json:
        print(json.dumps(result.to_json(), ensure_ascii=False, indent=1))
    else:
        for name, view in result.views.items():
            fields = " ".join(f"{f} {view['acc_' + f]:.3f}" for f in FIELDS)
            extras = "".join(f" {k} {v:.3f}" for k, v in view["extras"].items())
            print(
                f"{name:7s} gold {view['gold']:4d} pred {view['pred']:4d} matched {view['matched']:4d}  "
                f"P {view['precision']:.3f} R {view['recall']:.3f} F1 {view['f1']:.3f} | {fields} | "
                f"strict F1 {view['strict_f1']:.3f} full F1 {view['full_f1']:.3f}{extras}"
            )
        for name in ("items", "milestones"):
            figures = getattr(result, name)
            if figures:
                print(
                    name, " ".join(f"{k} {v:.3f}" if isinstance(v, float) else f"{k} {v}" for k, v in figures.items())
                )
    for row in result.missed[: args.errors]:
        print("missed", json.dumps(row, ensure_ascii=False))
    for want, have, bad in result.wrong[: args.errors]:
        print(",".join(bad), json.dumps(want, ensure_ascii=False), "->", json.dumps(have, ensure_ascii=False))
    for row in result.extra[: args.errors]:
        print("extra", json.dumps(row, ensure_ascii=False))
    return 0
