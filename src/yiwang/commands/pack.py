"""`yiwang pack check|diff|load|words|new|draw|try|schema`."""

from __future__ import annotations

from pathlib import Path

from .frame.command import Nouns, does


def add(nouns: Nouns) -> None:
    """Register the commands of packs."""
    pack = nouns.add_parser("pack", help="prove, load and describe packs").add_subparsers(required=True)
    check = pack.add_parser("check", help="prove every definition of a pack before it is used")
    check.add_argument("folder", type=Path)
    check.add_argument("--lang", choices=("zh", "en"), default="zh")
    does(check, "pack check")
    load = pack.add_parser("load", help="make the district what the pack says")
    load.add_argument("folder", type=Path)
    load.add_argument("--lang", choices=("zh", "en"), default="zh")
    load.add_argument("--approved-by", default="", metavar="USERNAME", help="who adopts what changes (roles: adopts)")
    load.add_argument("--reason", default="", help="why it is changed")
    load.add_argument("--proposed-by", default="", metavar="USERNAME", help="who made the change; another person")
    load.add_argument("--at-start", action="store_true", help="as a start does: nothing that somebody must want first")
    does(load, "pack load")
    diff = pack.add_parser("diff", help="what would change for the running district, and for what runs")
    diff.add_argument("folder", type=Path)
    diff.add_argument("--lang", choices=("zh", "en"), default="zh")
    does(diff, "pack diff")
    words = pack.add_parser("words", help="what the platform still says in English in a pack of another language")
    words.add_argument("folder", type=Path)
    does(words, "pack words")
    new = pack.add_parser("new", help="begin a kind of your own: a file that is sound as it stands")
    new.add_argument("folder", type=Path)
    new.add_argument("kind", help="its name: lower-case letters, digits and _")
    new.add_argument("--lang", choices=("zh", "en"), default="zh")
    does(new, "pack new", by="pack_kind")
    draw = pack.add_parser("draw", help="a kind as a drawing (SVG)")
    draw.add_argument("folder", type=Path)
    draw.add_argument("kind")
    draw.add_argument("--out", type=Path, help="write it into this file instead of printing it")
    draw.add_argument("--lang", default="zh", help="a language of the pack")
    does(draw, "pack draw", by="pack_kind")
    tried = pack.add_parser("try", help="walk a matter of a kind in memory: nothing is written")
    tried.add_argument("folder", type=Path)
    tried.add_argument("kind")
    tried.add_argument("--at", help="when it begins (2026-10-12T09:30)")
    tried.add_argument("--lang", default="zh", help="a language of the pack")
    does(tried, "pack try", by="pack_try")
    schema = pack.add_parser("schema", help="JSON Schemas of the pack's files, for editors")
    schema.add_argument("--out", type=Path, help="write one file each into this folder")
    does(schema, "pack schema", by="pack_schema", django=False)
