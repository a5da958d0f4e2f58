"""A pack as a whole: read, proven, loaded. Each noun reads and loads its own part."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from yiwang.ledger import beginning, definitions
from yiwang.ledger import store as ledger
from yiwang.matters import loading as matters
from yiwang.nouns import register
from yiwang.org import definition, pack_reading, session, store
from yiwang.org.appointing import Change
from yiwang.org.asker import Asker
from yiwang.org.models import District, Unit
from yiwang.org.pack_file import PackError, PackFile, Problem
from yiwang.why import say

# nouns above matters bring a module `loading` with read(folder, pack) -> object with `.problems`, load(asker, object)
ROOMS = ("indicators", "signals", "goals", "demo")
FOLDERS = ("matters", "indicators", "maps")


@dataclass
class WholePack:
    """Everything that a folder says, and everything that is wrong with it."""

    folder: Path
    organisation: definition.Organisation
    matters: matters.Matters
    rooms: dict[str, Any] = field(default_factory=dict)
    between: list[Problem] = field(default_factory=list)

    @property
    def problems(self) -> list[Problem]:
        parts = [self.organisation, self.matters, *self.rooms.values()]
        return [*(problem for part in parts for problem in part.problems), *self.between]

    @property
    def units(self) -> set[str]:
        return {unit["code"] for unit in self.organisation.units}


def read(folder: Path) -> WholePack:
    """The pack in a folder, with all its problems. Raises PackError where nothing else can be read."""
    said = pack_reading.read(folder)
    pack = WholePack(folder, said, matters.read(folder, said))
    pack.between += list(_between(pack))
    for room, module in _loaders():
        pack.rooms[room] = module.read(folder, pack)
    return pack


def _between(pack: WholePack) -> Iterator[Problem]:
    """What no single part can know: roles see kinds that exist and begin at blocks that exist, and every definition is
    a file that is read."""
    known = [kind.matter for kind in pack.matters.kinds]
    try:
        roles = PackFile(pack.folder / "roles.yaml", root=pack.folder)
    except PackError as error:
        yield from error.problems
        return
    homes = [block.name for block in register.blocks()]
    for name, role in pack.organisation.roles.roles.items():
        if role.home and role.home not in homes:
            yield roles.problem(f"roles.{name}.home", say("packs.no_such_home", home=role.home, known=homes))
        for number, kind in enumerate(role.kinds if isinstance(role.kinds, list) else ()):
            if kind not in known and kind not in pack.matters.unread:
                yield roles.problem(f"roles.{name}.kinds[{number}]", say("packs.no_such_kind", kind=kind, known=known))
    for part in FOLDERS:
        for path in sorted((pack.folder / part).glob("*")):
            if path.suffix.lower() in (".yml", ".yaml") and path.suffix != ".yaml":
                yield Problem(f"{part}/{path.name}", 1, say("packs.not_read", name=f"{path.stem}.yaml"))


def load(folder: Path, progress: Callable[[str], None] = lambda _: None, changes: list[Change] | None = None) -> int:
    """Load a proven pack as the owner; returns the district's id. Raises PackError when anything is wrong with it.

    changes  receives the appointments that the new list of people ends
    """
    pack = read(folder)
    if pack.problems:
        raise PackError(pack.problems)
    with session.as_owner():
        district = _load(pack, progress)
    if changes is not None:
        changes += pack.organisation.changes
    return district


def _load(pack: WholePack, progress: Callable[[str], None]) -> int:
    earlier = District.objects.filter(code=pack.organisation.pack.district.code).values_list("pk", flat=True).first()
    known: definitions.Known = {}
    if earlier is not None:
        with session.acting_as(session.system(earlier)) as asker:
            beginning.begin(asker)
            known = definitions.before(earlier)
    progress("organisation")
    tree = dict(Unit.objects.filter(district=earlier).values_list("pk", "path"))
    district = store.load(pack.organisation)
    with session.acting_as(session.system(district.pk)) as asker:
        beginning.begin(asker)
        _note_struck(asker, pack.organisation.changes)
        progress("matters")
        matters.load(asker, pack.matters)
        for room, module in _loaders():
            progress(room)
            module.load(asker, pack.rooms[room])
        now = dict(Unit.objects.filter(district=district).values_list("pk", "path"))
        if any(now[unit] != path for unit, path in tree.items()):
            progress("who sees what")
            for module in (matters, *(module for _, module in _loaders())):
                if hasattr(module, "units_moved"):
                    module.units_moved(asker)
        definitions.note(
            asker, known, "load", {"version": pack.organisation.pack.version.isoformat(), "files": digests(pack.folder)}
        )
    return district.pk


def _note_struck(asker: Asker, changes: list[Change]) -> None:
    """Whom the list no longer names loses a post: that stands in the ledger of the account."""
    for one in changes:
        if one.struck:
            said = {"username": one.username, "name": one.name, "post": one.post, "on": one.on.isoformat()}
            ledger.append(asker, f"account:{one.account}", "struck", said, stream="people")


def digests(folder: Path) -> dict[str, str]:
    """name -> SHA-256 of every file of a pack."""
    files = sorted(file for file in folder.rglob("*") if file.is_file() and not file.name.startswith("."))
    return {file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def _loaders() -> list[tuple[str, Any]]:
    names = [(room, f"yiwang.{room}.loading") for room in ROOMS]
    return [(room, import_module(name)) for room, name in names if find_spec(name)]
