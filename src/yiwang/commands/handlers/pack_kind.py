"""`yiwang pack new|draw`: one kind of a pack, before anybody works with it."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from yiwang.commands.frame.command import command
from yiwang.matters import beginning
from yiwang.matters.called import titles_of
from yiwang.matters.definition import Kind
from yiwang.matters.drawing_around import Around
from yiwang.matters.drawing_svg import svg
from yiwang.matters.fields.spec import NAME
from yiwang.matters.loading import Matters
from yiwang.nouns.pack import WholePack
from yiwang.org.pack_table import like
from yiwang.org.pack_text import PackError
from yiwang.org.roles import roles_from
from yiwang.org.titles import plain
from yiwang.packs import loading
from yiwang.why import Refusal, Words, say


@command("pack new")
def run_new(args: argparse.Namespace) -> list[Words]:
    folder = args.folder / "matters"
    file: Path = folder / f"{args.kind}.yaml"
    if not NAME.fullmatch(args.kind):
        raise Refusal(say("matters.new_bad_name", name=args.kind[:60]))
    if file.exists():
        raise Refusal(say("matters.new_taken", file=str(file)))
    pack = loading.read(args.folder)
    prefixes = {kind.prefix for kind in pack.part(Matters).kinds}
    said = pack.organisation
    try:
        text = beginning.text_of(args.kind, said.languages, roles_from(plain(said.roles.roles)), prefixes, date.today())
    except LookupError:
        raise Refusal(say("matters.new_no_intake")) from None
    folder.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return [say("matters.new_written", file=str(file), folder=str(args.folder))]


@command("pack draw")
def run_draw(args: argparse.Namespace) -> int:
    try:
        pack = loading.read(args.folder)
    except PackError as error:
        for problem in error.problems:
            print(problem.speak(args.lang))
        return 1
    kind = kind_in(pack, args.kind)
    roles = titles_of(roles_from(plain(pack.organisation.roles.roles)))
    around = Around(roles, pack.organisation.rosters, pack.part(Matters).gate.facts())
    drawn = svg(kind, args.lang, around=around)
    if args.out:
        args.out.write_text(drawn, encoding="utf-8")
    else:
        sys.stdout.write(drawn)
    return 0


def kind_in(pack: WholePack, name: str) -> Kind:
    """A kind of a pack by its name. Raises Refusal where there is no such kind."""
    kinds = {kind.matter: kind for kind in pack.part(Matters).kinds}
    if name in kinds:
        return kinds[name]
    if near := like(name, kinds):
        raise Refusal(say("matters.no_kind_near", kind=name[:60], near=near))
    raise Refusal(say("matters.no_kind_in_pack", kind=name[:60], known=[*kinds]))
