"""What a pack's file may say of an action: who may do it where, what it asks for and sets off. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct, field

from yiwang.org.titles import Title

from .draws import Draw


class Since(Struct, forbid_unknown_fields=True, frozen=True):
    """A window: `limit` from the last time the matter entered a stage or an action was done (design §10.3).

    limit  how long
    since  the stage that was entered or the action that was done
    """

    limit: str
    since: str


class Extends(Struct, forbid_unknown_fields=True, frozen=True):
    """Moves a clock's due by as many `unit` as the input field `by` says, `up_to` in all (R2.6).

    asked_by  the action that asks for it, with the field `by`: it must be done before the clock is over. None where
              the action that extends asks for the length itself
    clock  the clock that gets more time
    by     the field that says how much
    up_to  how much it may be in all
    unit   what it counts in: workdays, days
    """

    clock: str
    by: str
    up_to: int
    unit: str = "workdays"
    asked_by: str | None = None


class Does(Struct, forbid_unknown_fields=True, frozen=True):
    """When the platform does an action by itself (R2.5, R3.2, R8.5). At least one of the four says when.

    after    so long after this stage began, or after an event: once for each time that it happened
    overdue  when this clock has run out, `late` longer than that where it is said: once for each due
    ahead    with `overdue`: so many hours or days before the clock runs out, to remind in time
    when     what must hold as well; alone: as soon as it holds, in the same moment as the act that made it so
    fills    field -> what the platform enters there
    dated    the stage or action from whose moment what it starts is counted (back-dated, R3.2)
    late  with `overdue`: so long after the clock has run out
    """

    after: str | Since | None = None
    overdue: str = ""
    late: str = ""
    ahead: str = ""
    when: str = ""
    fills: dict[str, str | int | float | bool] = field(default_factory=dict)
    dated: str = ""

    @property
    def timed(self) -> bool:
        return self.after is not None or bool(self.overdue)


class Opens(Struct, forbid_unknown_fields=True, frozen=True, rename={"as_": "as"}):
    """Matters that an action opens, by the name of a `children` (under this one) or of a `causes` of the kind (R1.17).

    each   a field of several values: one for each unit or choice, or for each row of a list; or "every street", one
           for each unit of a sort (R5.3); none: a single one
    but    of each, not for who is in charge of this matter: "unit"
    unit   who is put in charge: "item" of `each`, "row.<field>" of its row, or a field of this matter; none: its own
           kind decides
    fills  field of the child -> a fact of this matter ("title", "form.text"), "item" or "row.<field>"
    when   what must hold
    as  the name by which the kind knows them (children, causes)
    matter  of `causes`: a field with the number of a matter that is there: it is linked, and none is opened
    """

    as_: str
    each: str = ""
    but: Literal["", "unit"] = ""
    unit: str = ""
    fills: dict[str, str] = field(default_factory=dict)
    when: str = ""
    matter: str = ""


class Outcome(Struct, forbid_unknown_fields=True, frozen=True):
    """Where an action leads when `when` is true of the matter as the action leaves it, instead of to its `to`.

    Of what the action asks for, the answers given now are looked at; what was left out is not known.

    when  what must be true
    to    the stage to which it then leads
    """

    when: str
    to: str


class Check(Struct, forbid_unknown_fields=True, frozen=True):
    """What must hold of what is being entered, over the matter as it will then be; and the sentence if it does not.

    that  what must be true
    """

    that: str
    because: Title


class Contradiction(Struct, forbid_unknown_fields=True, frozen=True):
    """Answers that cannot be given together: when `when` is true of them, `field` is told why it is not taken.

    As with outcomes the answers given now are looked at; what was left out is not known.

    when     what must not be true of them
    field    at which of them it is told
    because  the sentence that is told
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
    unlike    actions: nobody who did one of them may do this one: who drafted it does not sign it
    evidence  how many files it needs
    outcomes  the first whose condition holds leads elsewhere than `to`: a rating "not solved" back to work (R2.1)
    refuses   answers that contradict each other (Contradiction)
    recuses    whoever does it takes no part in the matter from then on (回避)
    reminds   the platform does it when a clock has run out (R2.5)
    told      the reporter is told that it was done, never by whom; a list of fields: and what was answered there
    checks    what must hold of what is being entered
    does      when the platform does it by itself
    raises    the roles in whose inbox it stands from then on, beside whose move it is: an escalation (R8.4)
    lowers    the roles in whose inbox it stands no more
    opens     the matters that it opens under this one, or to which it leads
    from       the stages in which it can be done
    writes     the letters that it writes, each kept as a file of the matter
    draws      what it draws by lot from a list of the pack, in this order (R8.2)
    may        fields that can be given
    unless     what must not be true
    because    the sentence that is shown when `when` or `unless` refuses it
    then       the action that takes its place when it was done `at_most` times
    verifies   nobody who handled it, nor their unit, may do it (R1.7)
    pauses     the clocks that it suspends
    continues  the clocks that it lets go on
    extends    the clock to which it gives more time
    key        the key that does it on the desk
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
    unlike: list[str] = field(default_factory=list)
    evidence: int = 0
    pauses: list[str] = field(default_factory=list)
    continues: list[str] = field(default_factory=list)
    extends: Extends | None = None
    outcomes: list[Outcome] = field(default_factory=list)
    refuses: list[Contradiction] = field(default_factory=list)
    recuses: bool = False
    reminds: bool = False
    told: bool | list[str] = False
    checks: list[Check] = field(default_factory=list)
    does: Does | None = None
    raises: list[str] = field(default_factory=list)
    lowers: list[str] = field(default_factory=list)
    opens: list[Opens] = field(default_factory=list)
    draws: list[Draw] = field(default_factory=list)
    writes: list[str] = field(default_factory=list)
    key: str = ""
    reference: str = ""

    @property
    def asked(self) -> list[str]:
        """The fields that must and can be given."""
        return [*self.needs, *self.may]

    @property
    def tells(self) -> list[str]:
        """The fields of it whose answers are told outside, as they were given in it."""
        return [] if isinstance(self.told, bool) else self.told

    def texts(self) -> Iterator[tuple[str, str]]:
        """(path, expression) of every expression in it."""
        said = {"when": self.when, "unless": self.unless, "does.when": self.does.when if self.does else None}
        yield from ((path, text) for path, text in said.items() if text)
        yield from ((f"opens[{n}].when", one.when) for n, one in enumerate(self.opens) if one.when)
        yield from ((f"outcomes[{n}].when", one.when) for n, one in enumerate(self.outcomes))
        yield from ((f"refuses[{n}].when", one.when) for n, one in enumerate(self.refuses))
        yield from ((f"checks[{n}].that", one.that) for n, one in enumerate(self.checks))

    def leads_to(self, stage: str) -> list[str]:
        """Every stage in which a matter may be when this was done in `stage`."""
        return list(dict.fromkeys([self.to or stage, *(outcome.to for outcome in self.outcomes)]))

    @property
    def stages(self) -> list[str]:
        return [self.from_] if isinstance(self.from_, str) else self.from_

    @property
    def actors(self) -> list[str]:
        return [self.by] if isinstance(self.by, str) else self.by
