"""What is wrong with a kind line by line, whatever life it leads: misspelt values, numbers and names that cannot be.

Each complaint names the part of the file and the remedy. Lives are looked at afterwards (`proof_lives`). Pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from yiwang.expr import Bool, Date, Decimal, nodes
from yiwang.org.pack_table import like
from yiwang.why import Words, say
from yiwang.worktime import Limit

from .action import Action
from .definition import CLASSES, Kind
from .ends import END, NATIONAL, RESULT
from .fields import proof
from .fields.spec import NAME, FieldSpec
from .fields.types import TYPES
from .guards import literals_of
from .reported import KEPT_APART

Complaint = tuple[str, Words]
URGENCIES = ("low", "normal", "high", "urgent")  # where a kind lists no words of its own
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?")  # as the platform writes one
_PREFIX = re.compile(r"[0-9A-Z]{1,12}")  # as people find a number, however they type it
_TAKEN = frozenset({"title", "category", "channel", "urgency", "unit", "street", "files"})  # fields of every matter
_PARTS = ("stages", "actions", "clocks", "form", "asks", "children", "ends", "queues", "letters")
_OWN = frozenset({"create", "reschedule", "children"})  # entries that the platform makes itself


@dataclass(frozen=True)
class Known:
    """What the pack lists beside the kind; empty: not known here."""

    units: frozenset[str] = frozenset()
    categories: Mapping[str, str] = field(default_factory=dict)  # code -> class
    results: Mapping[str, str] = field(default_factory=dict)  # the district's word -> its national class


def complaints(kind: Kind, known: Known) -> Iterator[Complaint]:
    """(path in the file, what is wrong there)."""
    yield from _named(kind)
    for part in ("form", "asks"):
        for name, spec in getattr(kind, part).items():
            yield from _field(kind, part, name, spec)
    for name, action in kind.actions.items():
        yield from _action(kind, name, action, known)
    yield from _beginning(kind)
    for name, class_ in kind.sensitivity.items():
        if name not in CLASSES or not 0 <= class_ <= 3:
            yield f"sensitivity.{name}", say("matters.sensitivity", name=name, n=class_, known=list(CLASSES))


def bad_names(kind: Kind) -> Iterator[Complaint]:
    """(path in the file, what is wrong) of names that no rule can call: nothing else can be said of such a kind."""
    named = [("matter", kind.matter), *((f"{part}.{name}", name) for part in _PARTS for name in getattr(kind, part))]
    for part in ("form", "asks"):
        for name, spec in getattr(kind, part).items():
            named += proof.names(f"{part}.{name}", spec)
    for path, name in named:
        if not NAME.fullmatch(name):
            yield path, say("matters.bad_name", name=name[:60])


def _named(kind: Kind) -> Iterator[Complaint]:
    if not _PREFIX.fullmatch(kind.prefix):
        yield "prefix", say("matters.bad_prefix", name=kind.prefix[:60])
    for name in sorted(_OWN & {*kind.actions, *kind.stages}):
        yield f"actions.{name}", say("matters.own_name", name=name)
    for name in sorted(kind.form.keys() & kind.asks.keys()):
        yield f"asks.{name}", say("matters.asked_twice", name=name)


def _field(kind: Kind, part: str, name: str, spec: FieldSpec) -> Iterator[Complaint]:
    path = f"{part}.{name}"
    if name in _TAKEN:
        yield path, say("matters.field_taken", name=name)
    yield from proof.complaints(path, name, spec)
    for asking, action in kind.actions.items() if spec.computed else ():
        if name in (*action.needs, *action.may):
            yield f"actions.{asking}", say("matters.computed_is_not_asked", name=name)
    if spec.personal and part == "asks":
        yield f"{path}.personal", say("matters.personal_asked", name=name)
    if spec.personal and part == "form" and name not in KEPT_APART:
        yield f"{path}.personal", say("matters.personal_lost", name=name, known=list(KEPT_APART))


def _action(kind: Kind, name: str, action: Action, known: Known) -> Iterator[Complaint]:
    path = f"actions.{name}"
    if not action.stages or not action.actors:
        yield path, say("matters.from_nowhere", action=name)
    if action.at_most is not None and action.at_most < 1:
        yield f"{path}.at_most", say("matters.below_one", name="at_most", n=action.at_most)
    if not 0 <= action.evidence <= 20:
        yield f"{path}.evidence", say("matters.evidence_number", n=action.evidence)
    if action.extends is not None:
        yield from _extends(kind, path, action)
    then = kind.actions.get(action.then or "")
    if then is not None and not set(action.stages) & set(then.stages):
        yield f"{path}.then", say("matters.then_elsewhere", action=name, then=action.then)
    if "category" in (*action.needs, *action.may) and known.units and not known.categories:
        yield path, say("matters.no_categories", action=name)
    for what in ("needs", "may"):
        if "urgency" in getattr(action, what) and not kind.urgencies and "urgency" not in kind.fields:
            yield f"{path}.{what}", say("matters.no_urgencies")
        for asked in getattr(action, what):
            if asked in kind.fields and kind.fields[asked].personal:
                yield f"{path}.{what}", say("matters.personal_asked", name=asked)


def _extends(kind: Kind, path: str, action: Action) -> Iterator[Complaint]:
    how = action.extends
    assert how is not None
    spec = kind.fields.get(how.by)
    if spec is not None and spec.type != "number":
        yield f"{path}.extends.by", say("matters.extends_by", name=how.by)
    asks = kind.actions.get(how.asked_by or "")
    if not how.asked_by and how.by not in action.needs:
        yield f"{path}.extends", say("matters.extends_asked", by=how.by)
    elif asks is not None and how.by not in asks.needs:
        yield f"{path}.extends.asked_by", say("matters.extends_asks_not", action=how.asked_by, by=how.by)
    if how.up_to < 1:
        yield f"{path}.extends.up_to", say("matters.below_one", name="up_to", n=how.up_to)
    try:
        Limit.parse(f"1 {how.unit}")
    except ValueError:
        yield f"{path}.extends.unit", say("matters.limit_wrong", text=f"1 {how.unit}", why=how.unit)


def _beginning(kind: Kind) -> Iterator[Complaint]:
    first = kind.stages.get(kind.first) if kind.stages else None
    if first is None:
        yield "stages", say("matters.no_stages")
        return
    if first.final:
        yield f"stages.{kind.first}", say("matters.born_closed", stage=kind.first)
    if kind.desk not in ("centre", "street"):
        yield "desk", say("matters.no_desk", desk=kind.desk)
    auto = kind.actions.get(kind.auto or "")
    if auto is not None:
        bound = set(auto.needs) - {"unit"} or auto.evidence
        if kind.first not in auto.stages or "system" not in auto.actors or bound:
            yield "auto", say("matters.auto_cannot", action=kind.auto, stage=kind.first)


# --- values that nothing has ------------------------------------------------------------------------------------


def misspelt(kind: Kind, known: Known) -> Iterator[Complaint]:
    """Texts with which a fact is compared, or limits are listed, that the fact can never be."""
    for path, text in kind.texts():
        expression = kind.expressions[text]
        if path.endswith((".when", ".unless", ".asked_when", ".that")) and expression.type.kind is not Bool.kind:
            yield path, say("matters.not_a_condition", text=text)
        for fact in sorted({f"form.{name}" for name in kind.hidden} & set(expression.fields())):
            yield path, say("matters.asks_hidden", fact=fact, text=text)
        for fact, value in literals_of(expression):
            values = vocabulary(kind, fact, known)
            if values is not None and value not in values:
                yield path, no_value(fact, value, values)
    yield from _measured(kind)
    yield from _worked_out(kind)
    yield from _filled(kind, known)
    yield from _rows(kind, known)


def _rows(kind: Kind, known: Known) -> Iterator[Complaint]:
    """Each row of a limit is for a value that what it hangs on can have."""
    for name, clock in kind.clocks.items():
        if not isinstance(clock.limit, dict) or "by" not in clock.limit:
            continue
        node = kind.expressions[clock.limit["by"]].node
        values = vocabulary(kind, node.name, known) if isinstance(node, nodes.Fact) else None
        if node.type.kind is Bool.kind:
            values = {"True", "False"}
        for value in clock.limit.keys() - {"by", "default"} if node.type.kind is Decimal.kind else ():
            if not _NUMBER.fullmatch(value):
                yield f"clocks.{name}.limit.{value}", say("matters.no_number_row", value=value)
        for value in clock.limit.keys() - {"by", "default"}:
            if values is not None and value not in values:
                fact = node.name if isinstance(node, nodes.Fact) else clock.limit["by"]
                yield f"clocks.{name}.limit.{value}", no_value(fact, value, values)


def _filled(kind: Kind, known: Known) -> Iterator[Complaint]:
    """What the platform enters by itself exists."""
    for name, action in kind.actions.items():
        for fact, value in action.does.fills.items() if action.does else ():
            values = vocabulary(kind, fact if fact in _TAKEN else f"form.{fact}", known)
            if values is not None and value not in values:
                yield f"actions.{name}.does.fills.{fact}", no_value(fact, str(value), values)


def _measured(kind: Kind) -> Iterator[Complaint]:
    """A limit until a day hangs on a date, one of a length on a number."""
    for name, clock in kind.clocks.items():
        for key, family in (("until", Date.kind), ("amount", Decimal.kind)) if isinstance(clock.limit, dict) else ():
            text = clock.limit.get(key)  # type: ignore[union-attr]
            if text and kind.expressions[text].type.kind is not family:
                yield f"clocks.{name}.limit.{key}", say(f"matters.limit_{key}", text=text)


def _worked_out(kind: Kind) -> Iterator[Complaint]:
    """What a field is worked out by gives values of its type, and stands on none that is worked out after it."""
    later = list(kind.computed)
    for name, expression in kind.computed.items():
        path = f"{'form' if name in kind.form else 'asks'}.{name}.computed"
        type_ = kind.fields[name].type
        if expression.type.kind is not TYPES[type_].compared.kind:
            yield path, say("matters.computed_type", text=kind.fields[name].computed, type=type_)
        for other in (one for one in later if f"form.{one}" in expression.fields()):
            yield path, say("matters.computed_order", name=name, other=other)
        later.remove(name)


def no_value(fact: str, value: str, values: Collection[str]) -> Words:
    """That a fact is never this, with what it may be."""
    near, some = like(value, list(values)), sorted(values)[:12]
    if near:
        return say("matters.no_value_near", fact=fact, value=value, near=near)
    return say("matters.no_value", fact=fact, value=value, known=some)


def vocabulary(kind: Kind, fact: str, known: Known) -> Collection[str] | None:
    """Every value that a fact can have; None when it is free or not known here."""
    if fact.startswith("form."):
        spec = kind.fields.get(fact[5:])
        if spec is None:
            return None
        if spec.type == "enum":
            return spec.values.keys()
        return {"unit": known.units, "category": known.categories.keys()}.get(spec.type) or None
    return {
        "category": known.categories.keys(),
        "category.top": known.categories.keys(),
        "category.class": set(CLASSES),
        "urgency": set(kind.urgencies) or set(URGENCIES),
        "channel": kind.channels.keys(),
        "stage": kind.stages.keys(),
        "kind": {kind.matter},
        "unit": known.units,
        "street": known.units,
        "neighbourhood": known.units,
        END: kind.ends.keys(),
        RESULT: known.results.keys(),
        NATIONAL: {*known.results.values()},
    }.get(fact) or None
