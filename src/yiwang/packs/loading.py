"""A pack as a whole: read, proven, loaded. Each noun reads and loads its own part."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from yiwang.ledger import beginning, definitions
from yiwang.ledger import store as ledger
from yiwang.nouns import register
from yiwang.nouns.pack import Difference, WholePack, parts
from yiwang.org import pack_reading, session, store
from yiwang.org.appointing import Change
from yiwang.org.asker import Asker
from yiwang.org.installed import district_of_code, tree
from yiwang.org.pack_file import PackFile
from yiwang.org.pack_text import PackError, Problem
from yiwang.why import say

from . import adopting


def read(folder: Path) -> WholePack:
    """The pack in a folder, with all its problems. Raises PackError where nothing else can be read."""
    pack = WholePack(folder, pack_reading.read(folder))
    for noun, part in parts().items():
        pack.parts[noun] = part.read(folder, pack)
    pack.between += list(_between(pack))
    return pack


def _between(pack: WholePack) -> Iterator[Problem]:
    """What no single part can know: roles begin at blocks that exist, and every definition is a file that is read."""
    roles = PackFile(pack.folder / "roles.yaml", root=pack.folder)
    homes = list(register.homes())
    for name, role in pack.organisation.roles.roles.items():
        if role.home and role.home not in homes:
            yield roles.problem(f"roles.{name}.home", say("packs.no_such_home", home=role.home, known=homes))
    for folder in (folder for part in parts().values() for folder in part.folders):
        for path in sorted((pack.folder / folder).glob("*")):
            if path.suffix.lower() in (".yml", ".yaml") and path.suffix != ".yaml":
                yield Problem(f"{folder}/{path.name}", 1, say("packs.not_read", name=f"{path.stem}.yaml"))


def load(
    folder: Path,
    progress: Callable[[str], None] = lambda _: None,
    changes: list[Change] | None = None,
    adoption: adopting.Adoption | None = None,
    differs: list[Difference] | None = None,
    *,
    at_start: bool = False,
) -> int:
    """Load a proven pack as the owner; returns the district's id. Raises PackError when anything is wrong with it, or
    the running district has something against it.

    changes   receives the appointments that the new list of people ends
    adoption  who approved what changes, where a role of the district must; else Refusal
    differs   receives what the load changed of definitions
    at_start  nobody has asked for it but a start: what somebody must want is not done, but LeftAsItIs raised
    """
    pack = read(folder)
    if pack.problems:
        raise PackError(pack.problems)
    with session.as_owner():
        district, changed = _load(pack, progress, adoption or adopting.Adoption(), at_start=at_start)
    if differs is not None:
        differs += changed
    if changes is not None:
        changes += pack.organisation.changes
    return district


def _load(
    pack: WholePack, progress: Callable[[str], None], adoption: adopting.Adoption, *, at_start: bool
) -> tuple[int, list[Difference]]:
    there = district_of_code(pack.organisation.pack.district.code)
    earlier = there.id if there else None
    known: definitions.Known = {}
    changed: list[Difference] = []
    if earlier is not None:
        with session.acting_as(session.system(earlier)) as asker:
            beginning.begin(asker)
            known = definitions.before(earlier)
            changed, against = compared(asker, pack)
            if at_start:
                adopting.check_start(asker, changed, pack.organisation, against)
            if against:
                raise PackError(against)
            adopting.check(asker, changed, pack.organisation, adoption)
    progress("organisation")
    before = tree(earlier) if earlier is not None else {}
    district = store.load(pack.organisation)
    with session.acting_as(session.system(district.pk)) as asker:
        beginning.begin(asker)
        _note_struck(asker, pack.organisation.changes)
        for noun, part in parts().items():
            progress(noun)
            part.load(asker, pack.parts[noun])
        now = tree(district.pk)
        if any(now[unit] != path for unit, path in before.items()):
            progress("who sees what")
            for part in parts().values():
                part.units_moved(asker)
        definitions.note(
            asker, known, "load", {"version": pack.organisation.pack.version.isoformat(), "files": digests(pack.folder)}
        )
        adopting.note(asker, changed, adoption)
    return district.pk, changed


def compared(asker: Asker, pack: WholePack) -> tuple[list[Difference], list[Problem]]:
    """What a load would change of the running district's definitions, and what the district has against it."""
    read = [(part, pack.parts[noun]) for noun, part in parts().items()]
    return (
        [one for part, said in read for one in part.differs(asker, said)],
        [one for part, said in read for one in part.against(asker, said)],
    )


def _note_struck(asker: Asker, changes: list[Change]) -> None:
    """Whom the list no longer names loses a post: that stands in the ledger of the account."""
    for change in changes:
        if change.struck:
            said = {"username": change.username, "name": change.name, "post": change.post, "on": change.on.isoformat()}
            ledger.append(asker, f"account:{change.account}", "struck", said, stream="people")


def digests(folder: Path) -> dict[str, str]:
    """name -> SHA-256 of every file of a pack."""
    files = sorted(file for file in folder.rglob("*") if file.is_file() and not file.name.startswith("."))
    return {file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
