"""What a pack's file may say about a kind of matter (design §4).

A new kind of loop is a new file, never new code. The types here read the file; `proof.py` proves it before use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Literal

from msgspec import Struct, field

from yiwang.expr import Expr, Schema, parse
from yiwang.org.titles import Title, convert
from yiwang.worktime import Limit

from .ordering import DOOR, Ordering
from .schema import Home, schema_of, typed

FieldType = Literal["text", "number", "date", "instant", "bool", "enum", "unit", "category", "files", "person"]
OWNERS = ("unit", "reporter", "system")  # beside the roles of roles.yaml
BY = (*OWNERS, "handler")
# fields that every kind knows: they set the matter itself, not its form
BUILT_IN = frozenset({"unit", "category", "urgency", "files"})
DESK, PORTAL, REST, GOAL = DOORS = ("desk", "portal", "api", "goal")
USUAL = "normal"  # how pressing something is where neither kind nor category has a word of its own
CLASSES = ("consult", "suggestion", "request", "complaint", "praise")  # of a category (R2.1)


class FieldSpec(Struct, forbid_unknown_fields=True, frozen=True):
    """One thing that a form or an action asks for. `personal` is masked everywhere (R9.3).

    at_least  the fewest signs of a text;  at_most  the most
    of        the kinds of unit that a unit may be of; empty: any
    question  how the person concerned is asked
    """

    type: FieldType = "text"
    title: Title | None = None
    values: dict[str, Title] = field(default_factory=dict)
    required: bool = False
    personal: bool = False
    at_least: int = 0
    at_most: int = 4000
    of: list[str] = field(default_factory=list)
    question: Title | None = None


class Stage(Struct, forbid_unknown_fields=True, frozen=True):
    """Where a matter stands, and whose move it is."""

    title: Title
    owner: str | None = None
    final: bool = False


class Since(Struct, forbid_unknown_fields=True, frozen=True):
    """A window: `limit` from the last time the matter entered a stage or an action was done (design §10.3)."""

    limit: str
    since: str


class Extends(Struct, forbid_unknown_fields=True, frozen=True):
    """Moves a clock's due by as many `unit` as the input field `by` says, `up_to` in all (R2.6).

    asked_by  the action that asks for it, with the field `by`: it must be done before the clock is over. None where
              the action that extends asks for the length itself
    """

    clock: str
    by: str
    up_to: int
    unit: str = "workdays"
    asked_by: str | None = None


class Outcome(Struct, forbid_unknown_fields=True, frozen=True):
    """Where an action leads when `when` is true of the matter as the action leaves it, instead of to its `to`.

    Of what the action asks for, the answers given now are looked at; what was left out is not known.
    """

    when: str
    to: str


class Contradiction(Struct, forbid_unknown_fields=True, frozen=True):
    """Answers that cannot be given together: when `when` is true of them, `field` is told why it is not taken.

    As with outcomes the answers given now are looked at; what was left out is not known.
    """

    when: str
    field: str
    because: Title


class Action(Struct, forbid_unknown_fields=True, frozen=True, rename={"from_": "from"}):
    """Something that somebody may do to a matter.

    to        the stage it leads to; absent: the matter stays where it is
    by        who may: a role of roles.yaml, the unit in charge, the reporter, the system, who handled it
    needs     fields of the kind's form or of the action's own `asks` that must be given; `may` those that can be
    when      must be true;  unless must not be true (an unknown fact refuses, with its name)
    within    a window since this stage began ("4 work hours") or since an event ({limit, since})
    before    a clock that must not be overdue
    at_most   how often in the life of the matter; then the action that takes its place
    handles   who does it has handled the matter;  verifies: nobody who handled it may (R1.7)
    evidence  how many files it needs
    outcomes  the first whose condition holds leads elsewhere than `to`: a rating "not solved" back to work (R2.1)
    refuses   answers that contradict each other (Contradiction)
    reminds   the platform does it when a clock has run out (R2.5)
    told      the reporter is told that it was done, never by whom
    """

    title: Title
    from_: str | list[str]
    by: str | list[str]
    to: str | None = None
    needs: list[str] = field(default_factory=list)
    may: list[str] = field(default_factory=list)
    when: str | None = None
    unless: str | None = None
    because: Title | None = None
    within: str | Since | None = None
    before: str | None = None
    at_most: int | None = None
    then: str | None = None
    handles: bool = False
    verifies: bool = False
    evidence: int = 0
    pauses: list[str] = field(default_factory=list)
    continues: list[str] = field(default_factory=list)
    extends: Extends | None = None
    outcomes: list[Outcome] = field(default_factory=list)
    refuses: list[Contradiction] = field(default_factory=list)
    reminds: bool = False
    told: bool = False
    key: str = ""
    reference: str = ""

    @property
    def asked(self) -> list[str]:
        """The fields that must and can be given."""
        return [*self.needs, *self.may]

    def leads_to(self, stage: str) -> list[str]:
        """Every stage in which a matter may be when this was done in `stage`."""
        return list(dict.fromkeys([self.to or stage, *(outcome.to for outcome in self.outcomes)]))

    @property
    def stages(self) -> list[str]:
        return [self.from_] if isinstance(self.from_, str) else self.from_

    @property
    def actors(self) -> list[str]:
        return [self.by] if isinstance(self.by, str) else self.by


class Clock(Struct, forbid_unknown_fields=True, frozen=True):
    """A promised limit. `starts`, `stops`, `resumes`, `restarts` name stages (on entering) or actions (on doing).

    resumes   runs on with its old due (R1.8: rework keeps the original deadline), unless the matter was closed since:
              what comes back from an end has clocks of its own;  restarts begins anew
    limit     a limit, or {by: field, value: limit, …, default: limit}
    internal  not told to the citizen
    """

    title: Title
    starts: str | list[str]
    stops: str | list[str]
    limit: str | dict[str, str]
    resumes: str | list[str] = field(default_factory=list)
    restarts: str | list[str] = field(default_factory=list)
    internal: bool = False
    reference: str = ""

    def on(self, what: str) -> list[str]:
        events = getattr(self, what)
        return [events] if isinstance(events, str) else events

    def limits(self) -> list[str]:
        """Every limit that it may run by."""
        return (
            [self.limit] if isinstance(self.limit, str) else [text for key, text in self.limit.items() if key != "by"]
        )


class Route(Struct, forbid_unknown_fields=True, frozen=True):
    """Who should have it: the first route whose `when` is true."""

    to: str
    because: str
    when: str | None = None


class Step(Struct, forbid_unknown_fields=True, frozen=True):
    """What whoever reported a matter counts by: stages that are one to them, under one title."""

    title: Title
    stages: list[str]


class Door(Struct, forbid_unknown_fields=True, frozen=True):
    """Who may open a matter behind a door, and what can be said there.

    by        the roles that may; anybody: without an account
    fields    names of fields, `place` and `reporter`; what is not listed is refused
    at_least  field -> the fewest signs that its text needs here, where that is more than the form itself asks for
    channel   where it came from when nobody says
    """

    fields: list[str]
    by: list[str] = field(default_factory=list)
    anybody: bool = False
    at_least: dict[str, int] = field(default_factory=dict)
    channel: str = ""


class Kind(Struct, forbid_unknown_fields=True, dict=True):
    """A kind of matter: its form, stages, actions, clocks and routing. `prefix` begins its numbers.

    opens      who may open one behind which door (desk, portal, api, goal); the platform itself and imports always may
    channels   where it can come from;  urgencies  how pressing it can be said to be: no other words are taken
    steps      what who reported it is shown of its stages; a stage in none of them is a step by its own title
    mark       the shape of its points on a map
    orders     of the kind that a red goal opens: which of its words the platform uses
    desk       whose dispatchers take it in: the "centre", or the "street" in which it is (the centre without a place)
    """

    matter: str
    title: Title
    version: date
    reference: str
    prefix: str
    stages: dict[str, Stage]
    actions: dict[str, Action]
    clocks: dict[str, Clock]
    form: dict[str, FieldSpec] = field(default_factory=dict)
    asks: dict[str, FieldSpec] = field(default_factory=dict)
    routing: list[Route] = field(default_factory=list)
    auto: str | None = None
    desk: str = "centre"
    public: bool = False
    sensitivity: dict[str, int] = field(default_factory=dict)
    short: Title | None = None
    opens: dict[str, Door] = field(default_factory=dict)
    channels: dict[str, Title] = field(default_factory=dict)
    urgencies: dict[str, Title] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    mark: Literal["circle", "square", "frame", "cross"] = "cross"
    orders: Ordering | None = None

    @cached_property
    def first(self) -> str:
        return next(iter(self.stages))

    @cached_property
    def usual_urgency(self) -> str:
        """How pressing it is when nobody says otherwise: the platform's word, else the first of the kind's."""
        return next(iter(self.urgencies)) if self.urgencies and USUAL not in self.urgencies else USUAL

    @cached_property
    def ordering(self) -> Ordering | None:
        """How goals are supervised by it; None: goals open no such matter."""
        return self.orders or self._read_off()

    def _read_off(self) -> Ordering | None:
        """What an older kind, which does not say it, means: by its door, its form and its clocks."""
        if DOOR not in self.opens:
            return None
        said = [(name, self.form[name]) for name in self.opens[DOOR].fields if name in self.form]
        grades = [name for name, spec in said if spec.type == "enum"]
        goals = [name for name, spec in said if spec.type == "text" and not spec.required]
        issues = [name for name in self.by_stage[self.first] if "system" in self.actions[name].actors]
        answers = [name for name, action in self.actions.items() if action.handles]
        dues = [name for name, clock in self.clocks.items() if not clock.internal and {*answers} & {*clock.on("stops")}]
        if not (grades and goals and issues and answers and dues):
            return None
        return Ordering(grades[0], goals[0], issues[0], answers[0], dues[0])

    @cached_property
    def fields(self) -> dict[str, FieldSpec]:
        """Everything that a form or an action may ask for."""
        return {**self.form, **self.asks}

    @cached_property
    def home(self) -> Home:
        """The time of the district that uses it; China's zone and no calendar until `kind_from` is told."""
        return Home()

    @cached_property
    def typed(self) -> dict[str, Callable[[Any], Any]]:
        return typed(self)

    @cached_property
    def schema(self) -> Schema:
        """The fields that this kind's expressions may name."""
        return schema_of(self)

    def expression(self, text: str) -> Expr:
        return parse(text, self.schema)

    @cached_property
    def expressions(self) -> dict[str, Expr]:
        """Every expression of the kind, parsed once."""
        return {text: self.expression(text) for _, text in self.texts()}

    def texts(self) -> Iterator[tuple[str, str]]:
        """(path in the file, expression) of every expression."""
        for name, action in self.actions.items():
            for what in ("when", "unless"):
                if text := getattr(action, what):
                    yield f"actions.{name}.{what}", text
            for number, outcome in enumerate(action.outcomes):
                yield f"actions.{name}.outcomes[{number}].when", outcome.when
            for number, refused in enumerate(action.refuses):
                yield f"actions.{name}.refuses[{number}].when", refused.when
        for name, clock in self.clocks.items():
            if isinstance(clock.limit, dict) and "by" in clock.limit:
                yield f"clocks.{name}.limit.by", clock.limit["by"]
        for number, route in enumerate(self.routing):
            if route.when:
                yield f"routing[{number}].when", route.when

    @cached_property
    def limits(self) -> dict[str, Limit]:
        """Every limit of the kind, parsed once."""
        texts = [text for clock in self.clocks.values() for text in clock.limits()]
        for action in self.actions.values():
            if action.within:
                texts.append(action.within if isinstance(action.within, str) else action.within.limit)
        return {text: Limit.parse(text) for text in texts}

    @cached_property
    def amounts(self) -> dict[str, list[Extends]]:
        """field -> the extensions whose length it says."""
        found: dict[str, list[Extends]] = {}
        for action in self.actions.values():
            if action.extends:
                found.setdefault(action.extends.by, []).append(action.extends)
        return found

    def asking(self, how: Extends) -> list[str]:
        """The actions by which an extension is asked for; none where its length is asked for as it is given."""
        return [how.asked_by] if how.asked_by else self._asking_before(how)

    def _asking_before(self, how: Extends) -> list[str]:
        """In a kind from before it was asked for this: whatever else asks for the length."""
        return [name for name, action in self.actions.items() if how.by in action.needs and action.extends is None]

    @cached_property
    def reminder(self) -> str | None:
        """What the platform does when a clock has run out."""
        return next((name for name, action in self.actions.items() if action.reminds), None)

    @cached_property
    def by_stage(self) -> dict[str, list[str]]:
        """stage -> names of the actions that begin there."""
        return {stage: [n for n, a in self.actions.items() if stage in a.stages] for stage in self.stages}

    @cached_property
    def events(self) -> dict[str, list[tuple[str, str]]]:
        """stage or action -> [(starts|stops|resumes|restarts, clock)], stops first."""
        found: dict[str, list[tuple[str, str]]] = {}
        for what in ("stops", "starts", "resumes", "restarts"):
            for name, clock in self.clocks.items():
                for event in clock.on(what):
                    found.setdefault(event, []).append((what, name))
        return found


def kind_from(mapping: Mapping[str, Any], home: Home | None = None) -> Kind:
    """A kind from what YAML read. Raises msgspec.ValidationError with a path like `$.actions.assign.by`."""
    return placed(convert(mapping, Kind), home or Home())


def placed(kind: Kind, home: Home) -> Kind:
    """The kind, from now on with the time of the district that uses it."""
    kind.home = home
    return kind
