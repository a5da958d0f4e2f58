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

from .action import Action, Check, Extends
from .caused import Cause
from .children import Children
from .ends import End
from .exclusion import Exclusion
from .fields.facts import Fact
from .fields.spec import FieldSpec
from .joined import Merge, Repeats
from .letters import Letter
from .ordering import DOOR, Ordering
from .panel import Panel, asked_in
from .parties import Party
from .queues import Queue
from .rating import Rating
from .recusal import Recusal
from .rounds import Round
from .route import Route, told_in_a_language
from .schema import Home, beside, schema_of, typed

OWNERS = ("unit", "reporter", "system")  # beside the roles of roles.yaml
BY = (*OWNERS, "handler")
UnitKind = Literal["centre", "office", "bureau", "street", "neighbourhood", "company"]
BUILT_IN = frozenset({"unit", "category", "urgency", "files"})  # of every kind: they set the matter, not its form
DESK, PORTAL, REST, GOAL = DOORS = ("desk", "portal", "api", "goal")
USUAL = "normal"  # how pressing something is where neither kind nor category has a word of its own
HANGS_ON = ("by", "until", "amount")  # what a limit can hang on
CLASSES = ("consult", "suggestion", "request", "complaint", "praise")  # of a category (R2.1)


class Stage(Struct, forbid_unknown_fields=True, frozen=True):
    """Where a matter stands, and whose move it is.

    owner  whose move it is: a role, the unit in charge, the reporter, the system
    final  whether it ends there
    """

    title: Title
    owner: str | None = None
    final: bool = False


class Clock(Struct, forbid_unknown_fields=True, frozen=True):
    """A promised limit. `starts`, `stops`, `drops`, `resumes`, `restarts` name stages (on entering) or actions.

    resumes   runs on with its old due (R1.8: rework keeps the original deadline), unless the matter was closed since:
              what comes back from an end has clocks of its own;  restarts begins anew
    limit     a limit; {by: fact, value: limit, …, default: limit}; {until: a date, default: limit} for a day
              that a form names; {amount: a number, unit: workdays, default: limit} for a length that it names
    when      it starts only where this holds of the matter then: one of several milestones (R1.10)
    internal  not told to the citizen
    starts    the stages or actions that start it, once
    stops     those that stop it: what was promised is done, in time or late
    drops     those with which nothing is promised any more: it is neither in time nor late, and may start once again
    restarts  those that begin it anew
    """

    title: Title
    starts: str | list[str]
    stops: str | list[str]
    limit: str | dict[str, str]
    drops: str | list[str] = field(default_factory=list)
    resumes: str | list[str] = field(default_factory=list)
    restarts: str | list[str] = field(default_factory=list)
    when: str = ""
    internal: bool = False
    reference: str = ""

    def on(self, what: str) -> list[str]:
        events = getattr(self, what)
        return [events] if isinstance(events, str) else events

    def limits(self) -> list[str]:
        """Every limit that is written down for it: beside them it may run by what a form says."""
        if isinstance(self.limit, str):
            return [self.limit]
        return [text for key, text in self.limit.items() if key not in (*HANGS_ON, "unit")]

    def texts(self) -> Iterator[tuple[str, str]]:
        """(path, expression) of every expression in it."""
        if not isinstance(self.limit, str):
            yield from ((f"limit.{key}", self.limit[key]) for key in HANGS_ON if key in self.limit)
        if self.when:
            yield "when", self.when

    @property
    def hangs_on(self) -> str:
        """The expression that its limit hangs on; empty where it is always the same."""
        limit = self.limit
        return "" if isinstance(limit, str) else next((limit[key] for key in HANGS_ON if key in limit), "")


class Step(Struct, forbid_unknown_fields=True, frozen=True):
    """What whoever reported a matter counts by: stages that are one to them, under one title.

    stages  the stages that are this step
    """

    title: Title
    stages: list[str]


class Door(Struct, forbid_unknown_fields=True, frozen=True):
    """Who may open a matter behind a door, and what can be said there.

    by        the roles that may; anybody: without an account
    fields    names of fields, `place` and `reporter`; what is not listed is refused
    at_least  field -> the fewest signs that its text needs here, where that is more than the form itself asks for
    channel   where it came from when nobody says
    anybody  whether everybody may, without an account
    usual    whether its form stands open there when nobody has chosen a kind
    """

    fields: list[str]
    by: list[str] = field(default_factory=list)
    anybody: bool = False
    at_least: dict[str, int] = field(default_factory=dict)
    channel: str = ""
    usual: bool = False


class Kind(Struct, forbid_unknown_fields=True, dict=True):
    """A kind of matter: its form, stages, actions, clocks and routing. `prefix` begins its numbers.

    opens      who may open one behind which door (desk, portal, api, goal); the platform itself and imports always may
    channels   where it can come from;  urgencies  how pressing it can be said to be: no other words are taken
    steps      what who reported it is shown of its stages; a stage in none of them is a step by its own title
    mark       the shape of its points on a map
    in_charge  the kinds of unit that can be in charge of one; none said: every kind but the district itself
    needs      what must be said when one is opened, beside the form's own: unit, category, street
    checks     what must hold of the form when one is opened
    children   the matters that may stand under one, by a name
    causes     the matters to which one may lead, by a name: opened or linked by an outcome, each going its own way
    follows    of a kind that stands under others: the action by which the platform ends one whose whole has ended
    merge      who may make one of two, and when: the one waits for the other and ends with it (R1.13)
    repeats    which earlier ones a new one repeats: counted when it is opened, as `repeats.count` (R2.12)
    ends       how one can have ended, apart from the stage in which it did: the first that holds
    round      the rhythm in which one begins by itself, for each object of a list
    rating     in which levels its reporter says how content they are
    exclusion  how one is taken out of the rates: asked for by one, granted by another
    parties    who outside takes part, by a name: each has a door of its own on the portal
    recusal    who acts where everybody who should takes no part (回避)
    queues     matters of it under a title of their own, by what is true of them (R2.13)
    panels     people who answer in person, by a name: experts who are asked, a committee that votes
    letters    what its actions write: documents made of a text and the facts of the matter
    orders     of the kind that a red goal opens: which of its words the platform uses
    desk       whose dispatchers take it in: the "centre", or the "street" in which it is (the centre without a place)
    matter       the name of the kind
    prefix       the letters with which its numbers begin
    stages       where one can stand; the first is where it begins
    actions      what may be done
    clocks       what is promised, and until when
    form         what is asked when one is opened
    asks         what actions ask for
    routing      who should have it, the first that holds
    auto         what the platform does as soon as one is opened and somebody is suggested
    public       whether who reported it gets a code by which to follow it
    sensitivity  class of category -> the clearance that it takes to see it
    short        what it is called where there is little room
    retired      whether nothing new of it is opened; what runs of it goes on to its end
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
    needs: list[Literal["unit", "category", "street"]] = field(default_factory=list)
    in_charge: list[UnitKind] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    children: dict[str, Children] = field(default_factory=dict)
    causes: dict[str, Cause] = field(default_factory=dict)
    follows: str = ""
    merge: Merge | None = None
    repeats: Repeats | None = None
    ends: dict[str, End] = field(default_factory=dict)
    round: Round | None = None
    rating: Rating | None = None
    exclusion: Exclusion | None = None
    recusal: Recusal | None = None
    parties: dict[str, Party] = field(default_factory=dict)
    queues: dict[str, Queue] = field(default_factory=dict)
    panels: dict[str, Panel] = field(default_factory=dict)
    letters: dict[str, Letter] = field(default_factory=dict)
    retired: bool = False

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
        return Ordering(grades[0], issues[0], answers[0], dues[0], goals[0])

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
    def beside(self) -> list[tuple[Fact, str]]:
        """(fact, the fact that it is read off) of what rules may know of fields of several values."""
        return list(beside(self))

    @cached_property
    def computed(self) -> dict[str, Expr]:
        """field -> what it is worked out by, in the order of the file."""
        return {name: self.expressions[spec.computed] for name, spec in self.fields.items() if spec.computed}

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
            yield from ((f"actions.{name}.{path}", text) for path, text in action.texts())
        for name, clock in self.clocks.items():
            yield from ((f"clocks.{name}.{path}", text) for path, text in clock.texts())
        for number, route in enumerate(self.routing):
            if route.when:
                yield f"routing[{number}].when", route.when
        for name, end in self.ends.items():
            if end.when:
                yield f"ends.{name}.when", end.when
        yield from ((f"queues.{name}.when", queue.when) for name, queue in self.queues.items())
        for number, check in enumerate(self.checks):
            yield f"checks[{number}].that", check.that
        for part, specs in (("form", self.form), ("asks", self.asks)):
            for name, spec in specs.items():
                yield from ((f"{part}.{name}.{path}", text) for path, text in spec.texts())

    @cached_property
    def limits(self) -> dict[str, Limit]:
        """Every limit of the kind, parsed once."""
        texts = [text for clock in self.clocks.values() for text in clock.limits()]
        for action in self.actions.values():
            windows = (action.within, action.does.after if action.does else None)
            texts += [one if isinstance(one, str) else one.limit for one in windows if one]
            texts += [how.not_within for how in action.draws if how.not_within]
            texts += [one for one in (action.does.late, action.does.ahead) if one] if action.does else []
        return {text: Limit.parse(text) for text in texts}

    @cached_property
    def amounts(self) -> dict[str, list[Extends]]:
        """field -> the extensions whose length it says."""
        by_field: dict[str, list[Extends]] = {}
        for action in self.actions.values():
            if action.extends:
                by_field.setdefault(action.extends.by, []).append(action.extends)
        return by_field

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
    def names_objects(self) -> bool:
        """Whether a form or an action asks for objects of a list."""
        return any(spec.list_ for spec in self.fields.values())

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The fields of which nothing shows: their words are kept apart (R9.3)."""
        return frozenset(name for name, spec in self.fields.items() if spec.sensitivity)

    @cached_property
    def remembered(self) -> frozenset[str]:
        """The actions of which it is kept who did them: others ask for somebody else."""
        return frozenset(name for action in self.actions.values() for name in action.unlike)

    @cached_property
    def own_actors(self) -> dict[str, Title]:
        """Who acts by a name that is the kind's own, with what they are called: outside parties, panels."""
        parties = {name: party.title for name, party in self.parties.items()}
        return parties | {name: panel.title for name, panel in self.panels.items()}

    @cached_property
    def asks_panel(self) -> dict[str, frozenset[str]]:
        """panel -> the stages in which it is asked."""
        return asked_in(self.panels, self.actions.values())

    def takes_out(self, action: Action) -> bool:
        """Whether an action says of somebody that they take no part (回避)."""
        named = [self.fields[name] for name in action.asked if name in self.fields]
        return action.recuses or any(spec.recuses for spec in named)

    @cached_property
    def by_itself(self) -> list[str]:
        """The actions that the platform does by itself."""
        return [name for name, action in self.actions.items() if action.does]

    @cached_property
    def by_stage(self) -> dict[str, list[str]]:
        """stage -> names of the actions that begin there."""
        return {stage: [n for n, a in self.actions.items() if stage in a.stages] for stage in self.stages}

    @cached_property
    def events(self) -> dict[str, list[tuple[str, str]]]:
        """stage or action -> [(drops|stops|starts|resumes|restarts, clock)], in this order."""
        by_event: dict[str, list[tuple[str, str]]] = {}
        for what in ("drops", "stops", "starts", "resumes", "restarts"):
            for name, clock in self.clocks.items():
                for event in clock.on(what):
                    by_event.setdefault(event, []).append((what, name))
        return by_event


def kind_from(mapping: Mapping[str, Any], home: Home | None = None) -> Kind:
    """A kind from what YAML read. Raises msgspec.ValidationError with a path like `$.actions.assign.by`."""
    return placed(convert(told_in_a_language(mapping), Kind), home or Home())


def placed(kind: Kind, home: Home) -> Kind:
    """The kind, from now on with the time of the district that uses it."""
    kind.home = home
    return kind
