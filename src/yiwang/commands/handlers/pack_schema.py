"""`yiwang pack schema`: JSON Schemas of the pack's files. It needs no Django."""

from __future__ import annotations

import argparse
import json

from yiwang.commands.frame.command import command
from yiwang.nouns.pack import schemas
from yiwang.org.titles import schema as schema_of
from yiwang.why import SCHEMA


@command("pack schema")
def run_schema(args: argparse.Namespace) -> int:
    written = {name: schema_of(type_) for name, type_ in schemas().items()}
    for name, schema in {**written, "receipt": SCHEMA}.items():
        text = json.dumps(schema, ensure_ascii=False, indent=2)
        if args.out:
            args.out.mkdir(parents=True, exist_ok=True)
            (args.out / f"{name}.schema.json").write_text(text + "\n", "utf-8")
        else:
            print(text)
    return 0
