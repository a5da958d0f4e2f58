"""Reads a pack's kinds, categories and duties, proves them, and loads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from django.db import transaction

from yiwang.nouns.pack import Part, WholePack
from yiwang.org.asker import Asker
from yiwang.org.definition import Organisation
from yiwang.org.pack_file import PackFile, optional
from yiwang.org.pack_table import rows_of, unit_unknown
from yiwang.org.pack_text import PackError, Problem
from yiwang.org.queries import facts
from yiwang.org.roles import RoleFacts, roles_from
from yiwang.org.titles import columns, plain, texts, written
from yiwang.pages.loading import PackPages
from yiwang.why import Words, say

from . import differing, gate, listing, proof_children, proof_kept, proof_objects, proof_routes, rescheduling
from .crew import Crew
from .definition import CLASSES, USUAL, Kind, placed
from .gate import FILE as GATE
from .gate import GateFile, closed_to
from .models import Category, Duty, Gate, KindVersion, Result
from .results import ResultFacts, Results, complaints, facts_of
from .routing import BY_LOAD, BY_ROSTER, OF_PLACE
from .schema import Home
from .sight import see_anew
from .slips import URGENCIES, bad_names

RESULTS = "results.yaml"


@dataclass
class Matters:
    """What a pack says of matters."""

    kinds: list[Kind] = field(default_factory=list)
    categories: list[dict[str, Any]] = field(default_factory=list)
    duties: list[dict[str, str]] = field(default_factory=list)
    results: dict[str, ResultFacts] = field(default_factory=dict)
    gate: GateFile = field(default_factory=GateFile)
    results_unread: bool = False  # results.yaml says nothing yet: what it defines is not missed
    urgencies: list[tuple[int, str]] = field(default_factory=list)  # (line of categories.csv, how pressing)
    problems: list[Problem] = field(default_factory=list)
    lists: listing.PackLists = field(default_factory=listing.PackLists)
    warnings: list[Problem] = field(default_factory=list)
    folder: Path = Path()
    files: dict[str, Path] = field(default_factory=dict)  # kind -> its file
    unread: set[str] = field(default_factory=set)  # names of files that say nothing yet: what they define is not missed

    def problem(self, kind: str, where: str, words: Words) -> Problem:
        """What is wrong with a kind, at the line of its file: read again only where something is."""
        return PackFile(self.files[kind], root=self.folder).problem(where, words)

    @property
    def classes_of_results(self) -> dict[str, str]:
        """The district's words for what came of a matter -> the national class of each."""
        return {code: one.national for code, one in self.results.items()}


def read(folder: Path, pack: WholePack) -> Matters:
    """The kinds, categories and duties of a pack, with everything that is wrong with them."""
    said = pack.organisation
    matters, home, units = Matters(folder=folder), Home.of(said.calendar), {unit["code"] for unit in said.units}
    for name, part in (("categories.csv", _categories), ("duties.csv", _duties)):
        if (folder / name).exists():
            try:
                part(folder / name, matters, said)
            except PackError as error:
                matters.problems += error.problems
    matters.lists = listing.read(folder, said)
    matters.problems += matters.lists.problems
    _results(folder, matters)
    classes = [(one["code"], one["class_name"]) for one in matters.categories]
    names: dict[str, str] = {}
    for path in sorted((folder / "matters").glob("*.yaml")):
        try:
            file = PackFile(path, root=folder)
            kind = placed(file.as_a(Kind), home)
        except PackError as error:
            matters.problems += error.problems
            matters.unread.add(path.stem)
            continue
        crew = _crew(said, _desks(kind, said))
        wrong = proof_kept.complaints(
            kind, units, classes, crew, None if matters.results_unread else matters.classes_of_results
        )
        wrong += [(where, words) for where, words in _taken(kind, file.name, names)]
        matters.problems += [file.problem(where, words) for where, words in wrong]
        if any(bad_names(kind)):  # no rule can call what it names: whatever stands on it is not missed
            matters.unread.add(kind.matter)
            continue
        matters.kinds.append(kind)
        matters.files[kind.matter] = path
    _gate(folder, said, matters)
    roles = roles_from(plain(said.roles.roles))
    matters.problems += _between(matters)
    matters.problems += [*_roles(folder, said, matters), *_urgencies(matters)]
    matters.problems += _counted(pack.part(PackPages), matters)
    matters.warnings += _unseen(said, roles, matters)
    return matters


def _results(folder: Path, matters: Matters) -> None:
    if (in_pack := optional(folder, RESULTS, Results, matters.problems)) is None:
        matters.results_unread = (folder / RESULTS).exists()
        return
    file, said = in_pack
    wrong = [file.problem(where, words) for where, words in complaints(said)]
    matters.problems += wrong
    matters.results_unread = bool(wrong)
    matters.results = {} if wrong else facts_of(said)


def _gate(folder: Path, said: Organisation, matters: Matters) -> None:
    """What may reach units of a sort, and the kinds that go there without standing on its list."""
    if (in_pack := optional(folder, GATE, GateFile, matters.problems)) is None:
        return
    file, matters.gate = in_pack
    kinds = {kind.matter for kind in matters.kinds} | matters.unread
    matters.problems += [file.problem(where, words) for where, words in gate.complaints(matters.gate, kinds)]
    sorts = {unit["code"]: unit["kind"] for unit in said.units}
    for kind in matters.kinds:
        matters.problems += [matters.problem(kind.matter, *one) for one in closed_to(kind, matters.gate, sorts)]


def _crew(said: Organisation, desks: list[str]) -> Crew:
    """The people of a pack, before a kind whose desks these are."""
    return Crew.of(said.posts, said.people, desks, roles_from(plain(said.roles.roles)), said.units, said.rosters)


def _unseen(said: Organisation, roles: Mapping[str, RoleFacts], matters: Matters) -> Iterator[Problem]:
    """Kinds that stand on nobody's list: whoever holds a post has a role that sees others only."""
    held = {post["role"] for post in said.posts}
    for kind in matters.kinds:
        if not any(role.sees(kind.matter) for name, role in roles.items() if name in held):
            yield matters.problem(kind.matter, "matter", say("matters.kind_unseen", kind=kind.matter))


def _between(matters: Matters) -> Iterator[Problem]:
    """What kinds say of each other, once each is sound and all are read."""
    if matters.unread or matters.problems:
        return
    kinds = {kind.matter: kind for kind in matters.kinds}
    between = [*proof_children.between(kinds), *proof_objects.between(kinds, matters.lists)]
    yield from (matters.problem(*one) for one in between)


def _urgencies(matters: Matters) -> Iterator[Problem]:
    """How pressing a category is, in the words of a kind, or the platform's where a kind has none."""
    known = list(dict.fromkeys([*URGENCIES, *(name for kind in matters.kinds for name in kind.urgencies)]))
    for line, name in matters.urgencies:
        if name and name not in known and not matters.unread:
            yield Problem("categories.csv", line, say("matters.urgency_unknown", name=name, known=known))


def _counted(pages: PackPages, matters: Matters) -> Iterator[Problem]:
    """A page counts orders where goals open some."""
    if matters.unread or any(kind.ordering and not kind.retired for kind in matters.kinds):
        return
    lists = ("header", "alarms", "strip", "grounds")
    for at, name in (one for path in lists for one in pages.named("wall", path)):
        if name == "orders":
            yield pages.problem("wall", at, say("matters.orders_counted"))


def _roles(folder: Path, said: Organisation, matters: Matters) -> Iterator[Problem]:
    """Roles see kinds that exist."""
    file = PackFile(folder / "roles.yaml", root=folder)
    known = [kind.matter for kind in matters.kinds]
    for name, role in said.roles.roles.items():
        for number, kind in enumerate(role.kinds if isinstance(role.kinds, list) else ()):
            if kind not in known and kind not in matters.unread:
                words = say("matters.role_sees_no_kind", kind=kind, known=known)
                yield file.problem(f"roles.{name}.kinds[{number}]", words)


def _desks(kind: Kind, said: Organisation) -> list[str]:
    """The units whose dispatchers take a kind in: the centre, or each street its own."""
    root = next((unit["code"] for unit in said.units if not unit["parent"]), "")
    centre = said.pack.district.offices.get("dispatch", root)
    streets = [unit["code"] for unit in said.units if unit["kind"] == "street"]
    return [centre, *streets] if kind.desk == "street" else [centre]


def _taken(kind: Kind, file: str, names: dict[str, str]) -> Iterator[tuple[str, Words]]:
    """A name, and the letters that begin its numbers, belong to one kind."""
    for where, value in (("matter", kind.matter), ("prefix", kind.prefix)):
        other = names.setdefault(f"{where} {value}", file)
        if other != file:
            yield where, say(f"matters.{where}_taken", name=value, file=other)
    if kind.ordering is not None and (other := names.setdefault("orders", file)) != file:
        yield "orders", say("matters.orders_twice", file=other)


def _categories(path: Path, matters: Matters, said: Organisation) -> None:
    tops: dict[str, str] = {}
    languages = said.languages
    names = columns("name", languages)
    needs = ("code", "parent", *names, "class", "urgency")
    rows = rows_of(
        path,
        root=path.parent,
        needs=needs,
        problems=matters.problems,
        key=("code",),
        filled=("code", *names),
        most={"code": 40},
    )
    for line, row in rows:
        code, parent = row["code"], row["parent"]
        wrong = []
        if parent and parent not in tops:
            wrong.append(say("matters.category_parent", code=code, parent=parent))
        if row["class"] and row["class"] not in CLASSES:
            wrong.append(say("matters.class_unknown", name=row["class"], known=list(CLASSES)))
        matters.urgencies.append((line, row["urgency"]))
        matters.problems += [Problem(path.name, line, words) for words in wrong]
        tops[code] = tops.get(parent, code)
        matters.categories.append(
            {
                "code": code,
                "parent": parent,
                "top": tops[code],
                "name": texts(row, "name", languages),
                "class_name": row["class"] or "request",
                "urgency": row["urgency"] or USUAL,
                "position": len(matters.categories),
            }
        )


def _duties(path: Path, matters: Matters, said: Organisation) -> None:
    codes, units = {one["code"] for one in matters.categories}, {unit["code"] for unit in said.units}
    crew = _crew(said, [])
    rows = rows_of(
        path,
        root=path.parent,
        needs=("category", "unit_rule", "clause"),
        problems=matters.problems,
        key=("category",),
        filled=("category", "unit_rule"),
        most={"clause": 200},
    )
    for line, row in rows:
        to = row["unit_rule"]
        if row["category"] not in codes:
            words = say("matters.no_such_category", value=row["category"])
            matters.problems.append(Problem(path.name, line, words))
        if to not in units and to not in OF_PLACE:
            lost = proof_routes.leads_nowhere(to, units, crew) if to.startswith((BY_ROSTER, BY_LOAD)) else None
            if lost or not to.startswith((BY_ROSTER, BY_LOAD)):
                matters.problems.append(Problem(path.name, line, lost or unit_unknown(to, units)))
        matters.duties.append({"category": row["category"], "to": to, "clause": row["clause"]})


@transaction.atomic
def load(asker: Asker, matters: Matters) -> None:
    """Make these the district's kinds; matters that run keep the version that they began with."""
    for kind in matters.kinds:
        versions = KindVersion.objects.filter(district=asker.district, code=kind.matter)
        versions.exclude(version=kind.version).update(current=False)
        kept = differing.stored(versions.filter(version=kind.version).first())
        said = {} if kept and differing.alike(kept, kind) else {"definition": written(kind)}
        versions.update_or_create(
            district_id=asker.district, code=kind.matter, version=kind.version, defaults={**said, "current": True}
        )
    listing.load(asker, matters.lists)
    _retire(asker, {kind.matter for kind in matters.kinds})
    Category.objects.filter(district=asker.district).delete()
    Category.objects.bulk_create(Category(district_id=asker.district, **one) for one in matters.categories)
    Duty.objects.filter(district=asker.district).delete()
    Duty.objects.bulk_create(Duty(district_id=asker.district, **one) for one in matters.duties)
    Gate.objects.filter(district=asker.district).delete()
    Gate.objects.bulk_create(
        Gate(district_id=asker.district, unit_kind=sort, definition=plain(one))
        for sort, one in matters.gate.gates.items()
    )
    Result.objects.filter(district=asker.district).delete()
    Result.objects.bulk_create(
        Result(
            district_id=asker.district,
            code=one.code,
            title=dict(one.title),
            national=one.national,
            national_title=dict(one.national_title),
            position=position,
        )
        for position, one in enumerate(matters.results.values())
    )


def _retire(asker: Asker, in_use: set[str]) -> None:
    """A kind that the pack has no more is opened no more; what runs of it goes on by the version that it has."""
    for row in KindVersion.objects.filter(district=asker.district, current=True).exclude(code__in=in_use):
        said = msgspec.json.decode(row.definition)
        if not said.get("retired"):
            row.definition = msgspec.json.encode({**said, "retired": True}).decode()
            row.save(update_fields=["definition"])


def against(asker: Asker, matters: Matters) -> Iterator[Problem]:
    """What runs keeps the definition that it began with, so a version that has matters says what it said before."""
    for kind, began in differing.rewritten(asker, matters.kinds):
        file = PackFile(matters.files[kind.matter], root=matters.folder)
        yield file.problem("version", say("matters.version_kept", version=kind.version.isoformat(), n=began))


def units_moved(asker: Asker) -> None:
    """The tree of units has changed: who sees which matter follows it."""
    see_anew(asker)


def calendar_changed(asker: Asker) -> Words:
    """How many running clocks the new calendar would move: whoever loaded it decides, and says why (R0.1)."""
    moved = rescheduling.preview(asker, facts(asker).calendar)
    return say("matters.calendar_changed", clocks=len(moved), matters=len({one.matter for one in moved}))


def counted(matters: Matters) -> Iterator[str]:
    yield f"{len(matters.categories)} categories"
    if matters.lists.rows:
        yield f"{sum(map(len, matters.lists.rows.values()))} objects on {len(matters.lists.rows)} lists"


def proven(matters: Matters, language: str) -> Iterator[str]:
    for kind in matters.kinds:
        parts = f"{len(kind.stages)} stages, {len(kind.actions)} actions, {len(kind.clocks)} clocks"
        yield f"{kind.matter} {kind.title.speak(language)}: {parts}, proven{', retired' if kind.retired else ''}"


PART = Part(
    read=read,
    load=load,
    units_moved=units_moved,
    calendar_changed=calendar_changed,
    folders=("matters",),
    counted=counted,
    proven=proven,
    differs=lambda asker, found: differing.differences(asker, found.kinds),
    against=against,
    warned=lambda found: found.warnings,
)
