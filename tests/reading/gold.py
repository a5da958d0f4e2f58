"""Texts of invented districts with what a careful colleague reads in them.

`texts/NN.gold.tsv`, one statement a line: kind, time frame, period, indicator, comparator and value (range8..9),
unit, measure, the clause with the number in ⟦⟧ (↵ is a line break of the text), flags. A milestone ends with its
clause.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

TEXTS = Path(__file__).parent / "texts"
NAMES = sorted(path.stem for path in TEXTS.glob("*.txt"))


def text_of(name: str) -> str:
    return (TEXTS / f"{name}.txt").read_text("utf-8")


def gold_of(name: str) -> list[dict[str, Any]]:
    """The labelled lines of a text, with their offsets in it, in the order of the text."""
    text = text_of(name)
    rows, at = [], 0
    for line in (TEXTS / f"{name}.gold.tsv").read_text("utf-8").splitlines():
        fields = line.split("\t")
        row = _milestone(fields) if fields[0] == "milestone" else _statement(fields)
        found = text.find(row["quote"], at)
        if found < 0:
            found = text.find(row["quote"])
        assert found >= 0, f"{name}: {row['quote']} does not stand in the text"
        row["quote_offset"] = found
        if "mark" in row:
            row["number_offset"] = found + row.pop("mark")
        at = max(0, found - 60)
        rows.append(row)
    return rows


def _milestone(fields: list[str]) -> dict[str, Any]:
    return {"kind": "milestone", "time_frame": fields[1], "period": fields[2], "indicator": fields[3],
            "quote": fields[7].replace("↵", "\n"), "strength": "hard"}  # fmt: skip


def _statement(fields: list[str]) -> dict[str, Any]:
    sign, value = re.fullmatch(r"(trend|range|[=≈≥≤<>])(.*)", fields[4]).groups()  # type: ignore[union-attr]
    low, _, high = value.partition("..")
    quote = fields[7].replace("↵", "\n")
    row = {
        "kind": fields[0], "time_frame": fields[1], "period": fields[2], "indicator": fields[3], "comparator": sign,
        "value": float(low) if low else None, "value2": float(high) if high else None, "unit": fields[5],
        "measure": fields[6], "quote": re.sub("[⟦⟧]", "", quote),
    }  # fmt: skip
    marked = re.search("⟦(.*?)⟧", quote, re.S)
    if marked:
        row |= {"number": marked[1], "mark": marked.start()}
    for flag in fields[8].split() if len(fields) > 8 else []:
        row[flag] = True
    return row


def owners_of(name: str) -> list[dict[str, Any]]:
    """The numbered items of a text with their units, the lead first; empty where the text names none."""
    listed = yaml.safe_load((Path(__file__).parent / "owners.gold.yaml").read_text("utf-8"))
    return [{"kind": "item", "item_no": number, "units": units} for number, units in listed.get(name, {}).items()]
