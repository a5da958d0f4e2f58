"""What the desk's pages show of a matter: its rows in a list, its stages, its clocks, its ledger in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yiwang.matters import draws, ending, granting, link_marks, queries, rating
from yiwang.matters.clock_state import ClockState, State, fact_of, limit_of
from yiwang.matters.clocks import was_late
from yiwang.matters.definition import DESK, PORTAL, Kind
from yiwang.matters.exclusion import EXCLUDED
from yiwang.matters.facts import read
from yiwang.matters.fields.filling import title_of as title_of_field
from yiwang.matters.fields.shown import shown as in_words
from yiwang.matters.fields.spec import FieldSpec
from yiwang.matters.kinds import kind_of, title_of, world
from yiwang.matters.linked import BEFORE
from yiwang.matters.page_rows import MatterRow
from yiwang.matters.plain import ERASED, SEALED
from yiwang.matters.way_out import way_out
from yiwang.matters.whose import done_by
from yiwang.matters.world import World
from yiwang.org import personal
from yiwang.org.asker import Asker
from yiwang.org.queries import facts, readings_of
from yiwang.org.readings import purpose_title
from yiwang.pages.queries import pages_of
from yiwang.why import Words, say

from .stepped_back import who_acts_now

MOST_ROWS = 3  # of a list that a line of the ledger says; of a longer one it says how many
IN_CHARGE = ("bureau", "street", "company")  # kinds of unit that matters are given to, with the offices within them


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list."""

    matter: MatterRow
    kind: Any
    stage: Any
    ended: ending.Ended | None
    street: Any
    note: Any
    clock: dict[str, Any] | None
    marks: list[Words]


def rows_of(asker: Asker, matters: Iterable[MatterRow]) -> list[Row]:
    """Matters as lines: kind, stage and place in words, and the clock that presses most."""
    known, lines, matters = world(asker), [], list(matters)
    marks = link_marks.marks_of(asker, matters)
    for matter in matters:
        kind = kind_of(asker, matter.kind, matter.kind_version)
        clock = None
        if matter.due_at is not None and matter.closed_at is None:
            clock = {"title": kind.clocks[matter.due_clock].title.mapping(), "due": matter.due_at}
        elif matter.closed_at is not None:
            late = was_late(kind, read(matter.facts))
            clock = {
                "title": say("desk.closed"),
                "started": matter.created_at,
                "stopped": matter.closed_at,
                "late": late,
            }
        lines.append(
            Row(
                matter,
                (kind.short or kind.title).mapping(),
                kind.stages[matter.stage].title.mapping(),
                ending.shown(kind, matter.facts, known),
                _short(known, matter.street_id),
                _note(known, matter),
                clock,
                [*_marks(marks.get(matter.pk, _NONE)), *_asked(kind, matter.facts)],
            )
        )
    return lines


def _asked(kind: Kind, said: Mapping[str, Any]) -> list[Words]:
    """What somebody asked for that nobody has granted or refused yet (`granting`)."""
    return [say("desk.asked_mark", action=title_of(kind, name)) for name in said.get(granting.ASKED_OF) or ()]


def _short(known: World, unit: int | None) -> Any:
    return known.district.units[unit].short if unit else None


def _marks(told: link_marks.Marks) -> list[Words]:
    """What stands beside a title: that it was reported before, and by how many."""
    marks = (("repeats", told.repeats, 1), ("callers", told.callers, 2))
    return [say(f"desk.{name}_mark", n=n) for name, n, least in marks if n >= least]


_NONE = link_marks.Marks()


def _note(known: World, row: MatterRow) -> Any:
    """The last column: who has it, or who should."""
    if row.lead_id is not None:
        return known.district.units[row.lead_id].short
    suggested = known.district.by_code.get(row.facts.get("suggested") or "")
    return say("desk.suggested", unit=suggested.short) if suggested else None


def section_title(asker: Asker, section: str) -> Words:
    """What a section of the inbox is called."""
    span = {"span": pages_of(asker).desk.soon} if section == "soon" else {}
    return say(f"desk.group_{section}", **span)


def clocks_of(kind: Kind, state: State, now: datetime) -> list[dict[str, Any]]:
    """The clocks that have started, those that run first."""
    shown, held = [], state.get(BEFORE) or {}
    for name, defined in kind.clocks.items():
        clock = state.clock(name)
        if clock.since is None:
            continue
        waits = fact_of(name, "stopped") in held and clock.stopped is not None  # nobody did it: the matter was merged
        paused: Any = say("desk.clock_merged") if waits else clock.paused and (clock.why_paused or True)
        shown.append(
            {
                "name": name,
                "title": defined.title.mapping(),
                "limit": _limit(clock),
                "started": clock.since,
                "due": clock.due,
                "stopped": None if waits else clock.stopped,
                "late": clock.late_before,
                "ended": clock.ended,
                "paused": paused or False,
                "provisional": clock.provisional,
                "internal": defined.internal,
            }
        )
    return sorted(shown, key=lambda one: (one["stopped"] is not None, one["due"]))


def _limit(clock: ClockState) -> Words:
    """How long it runs: its limit, and what was added to it."""
    limit, added = limit_of(clock.limit).words(), [one.words() for one in clock.added]
    return say("desk.limit_extended", limit=limit, more=added) if added else limit


def excluded_of(kind: Kind, state: State) -> Any:
    """Why it counts in no rate, by its reason code in words; None where it counts (R2.11)."""
    if kind.exclusion is None or not state.get(EXCLUDED):
        return None
    code = state.get(f"form.{kind.exclusion.code}")
    named = kind.fields[kind.exclusion.code].values.get(code or "")
    return named.mapping() if named else code


def rated_of(kind: Kind, state: State) -> dict[str, Any] | None:
    """How content its reporter is, or what is counted because they said nothing in time (R3.15)."""
    rated = rating.shown(kind.rating, state)
    if rated is None or kind.rating is None:
        return None
    key = "desk.rated_by_default" if rated.by_default else "desk.rated_as"
    title = kind.fields[kind.rating.of].values[rated.value].mapping()
    return {"words": say(key, level=title, n=rated.level, of=rated.of), "bad": rated.bad}


def steps_of(kind: Kind, state: State, world_: World) -> list[dict[str, Any]]:
    """The stages gone through, the present one, and the way from here to an end."""
    zone = world_.district.zone
    here = state["stage"]
    been = sorted((state[f"in.{name}"], name) for name in kind.stages if state.get(f"in.{name}") and name != here)
    shown = [
        {"title": kind.stages[name].title.mapping(), "state": "past", "note": f"{at.astimezone(zone):%m-%d %H:%M}"}
        for at, name in been
    ]
    note = f"{state[f'in.{here}'].astimezone(zone):%m-%d %H:%M}"
    final = kind.stages[here].final
    shown.append({"title": kind.stages[here].title.mapping(), "state": "past" if final else "now", "note": note})
    for name in way_out(kind, here):
        shown.append({"title": kind.stages[name].title.mapping(), "state": "future", "note": ""})
    return shown


def ledger_of(matter: queries.OneMatter, world_: World) -> list[dict[str, Any]]:
    """The entries, newest first, in words."""
    shown = []
    for entry in reversed(matter.entries):
        shown.append(
            {
                "at": entry.at,
                "title": title_of(matter.kind, entry.action),
                "who": done_by(entry, matter.people, _role(matter.kind, entry.role)),
                "said": [*said_in(matter.kind, entry.data, world_), *who_acts_now(entry.delta, world_)],
                "seq": entry.seq,
                "draws": [
                    (name, title_of_field(name, matter.kind.fields[name])) for name, _ in draws.notes(entry.data)
                ],
                "hash": bytes(entry.hash).hex(),
            }
        )
    return shown


def reporter_title(kind: Kind, part: str = "name") -> Mapping[str, str] | Words:
    """What a kind calls who reports to it ("petitioner"), or their phone; the platform's own words where it says none.

    part  "name" or "phone"
    """
    spec = kind.form.get(f"reporter_{part}")
    return spec.title.mapping() if spec and spec.title else say("desk.phone" if part == "phone" else "desk.reporter")


def _role(kind: Kind, role: str) -> Any:
    """Who did it where no person did: an outside party by its title."""
    party = kind.parties.get(role)
    return party.title.mapping() if party else say(f"desk.role_{role or 'system'}")


def said_in(kind: Kind, data: Mapping[str, Any], world_: World) -> Iterable[Any]:
    """What an act entered, each value by its name; its one text says for itself what it is."""
    texts = [name for name in data if name in kind.fields and kind.fields[name].type == "text"]
    for name, value in data.items():
        if "." in name:  # what the ledger notes for itself (matters.rows.ROW)
            continue
        spec = kind.fields.get(name)
        if name in (SEALED, ERASED):
            continue
        if spec is not None and value not in (None, "", []):
            yield _answered(spec, name, value, world_, named=[name] != texts)
        elif name == "files":
            yield say("desk.files", n=len(value))
        elif spec is None and value not in (None, ""):
            yield _own(kind, name, value, world_)


def _own(kind: Kind, name: str, value: Any, world_: World) -> Any:
    """What was said of a field that every matter has, by the name that its code has in the pack."""
    if name in ("unit", "street") and value in world_.district.by_code:
        return world_.district.by_code[value].short
    if name == "category" and value in world_.categories:
        return world_.categories[value].name
    named = {"channel": kind.channels, "urgency": kind.urgencies}.get(name, {})
    if value in named:
        return named[value].mapping()
    if name == "party" and value in kind.parties:
        return kind.parties[value].title.mapping()
    return personal.masked(str(value))  # entries that are older than masks hold what was written then


def _answered(spec: FieldSpec, name: str, value: Any, world_: World, *, named: bool) -> Any:
    """What was answered to a field, as it stands in the ledger, and where it does not say so itself, to which."""
    field = title_of_field(name, spec)
    if spec.type == "list" and len(value) > MOST_ROWS:
        return say("desk.list_of", field=field, n=len(value))
    if spec.type == "bool":
        said: Any = value
    elif spec.type == "unit" and value in world_.district.by_code:
        said = world_.district.by_code[value].short
    else:
        said = in_words(spec, value, world_)
        if isinstance(said, str) and spec.type not in ("colleague", "colleagues"):
            said = personal.masked(said)
    return say("desk.answer", field=field, value=said) if named else said


def purposes_of(asker: Asker) -> list[tuple[str, dict[str, str]]]:
    """What personal data may be read for, in the pack's order."""
    return [(code, one.mapping()) for code, one in facts(asker).personal.purposes.items()]


def readers_of(asker: Asker, number: str) -> list[dict[str, Any]]:
    """Who read the personal data of a matter, when and what for, newest first."""
    return [
        {
            "name": one.person.name,
            "at": one.at,
            "purpose": purpose_title(asker, one.purpose),
            "reason": personal.masked(one.reason),
        }
        for one in readings_of(asker, f"matter:{number}")
    ]


def category_path(world_: World, code: str) -> list[Any]:
    """The names of a category from the first level down."""
    path = []
    while code and code in world_.categories:
        path.append(world_.categories[code].name)
        code = world_.categories[code].parent
    return path[::-1]


def assignable(asker: Asker, kind: Kind | None = None) -> list[tuple[Any, list[tuple[str, Any]]]]:
    """Units that a matter may be given to, (code, name): bureaus, each before its own offices, then streets, then
    companies; and where a gate lets its kind through, the units behind it, each with how busy it is, the least first.
    """
    rules = world(asker)
    known = rules.district
    found = {sort: [each for unit in known.of_kind(sort) for each in known.at_work(unit)] for sort in IN_CHARGE}
    shown: list[tuple[Any, list[tuple[str, Any]]]] = [
        (say(f"desk.of_{sort}"), [(unit.code, unit.name) for unit in units])
        for sort, units in found.items()
        if units and (kind is None or sort not in rules.gates)
    ]
    for sort, gate in rules.gates.items():
        if kind is not None and kind.matter in gate.kinds and (behind := known.of_kind(sort)):
            loads = rules.loads([unit.id for unit in behind])
            ordered = sorted(behind, key=lambda unit: loads.get(unit.id, 0))
            busy = [(one.code, say("desk.busy", unit=one.name, n=loads.get(one.id, 0))) for one in ordered]
            shown.append((say(f"matters.unit_{sort}"), busy))
    return shown


def channel_of(row: MatterRow, kind: Kind) -> Any:
    """How a matter came in, in words: as its kind names it, the platform's own doors by name, a source by its own."""
    if row.channel in kind.channels:
        return kind.channels[row.channel].mapping()
    own = {DESK: say("desk.channel_desk"), PORTAL: say("desk.channel_portal")}
    return own.get(row.channel, row.channel)
