"""A filter of matters, and the rows that it means: the one place where a filter becomes a condition (design §7, §10.4,
§10.19). List, count, export, inbox and API are all made from it; nothing is cut before every condition was applied.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import BigAutoField, Count, F, Lookup, Q, QuerySet
from django.utils import timezone

from yiwang.org.asker import Asker, PostHeld
from yiwang.org.district import District
from yiwang.org.personal import masked
from yiwang.org.queries import facts, holders
from yiwang.org.roles import EVERYWHERE, UNIT
from yiwang.org.roster import on_duty
from yiwang.pages.definition import Desk
from yiwang.pages.queries import pages_of
from yiwang.typed import moments

from .capacity import DONE_AT
from .ends import END
from .in_queue import in_queue
from .kinds import every_kind, world
from .models import Matter
from .recusal import marks_of
from .search import holding
from .search_question import is_cut, question
from .sections import REST, edges_of, midnight

SCOPES = ("mine", "unit")
STATES = ("open", "closed", "overdue")
PAGE = 50
NOWHERE = "-"
LONGEST = 100  # characters of a filter's value


@dataclass(frozen=True, slots=True)
class Filter:
    """Which matters: an empty field does not limit.

    scope   "mine": whose move it is mine; "unit": my units are in charge; "" all that I see
    stage   a stage, in whatever kind has it; "kind/stage" that of one kind
    ended   how they ended, in the same way: "end" or "kind/end"
    street  a unit's code; "-" where no street is known
    state   "open", "closed", "overdue"
    object  an object that they name, "list/code"
    q       words, each of which must be found (`search`)
    queue   a queue of a kind, "kind/queue"
    group   how pressing: one of the sections of the district's inbox (pages.definition.Section)
    since, until  received on these local days, both included
    """

    scope: str = ""
    kind: str = ""
    stage: str = ""
    street: str = ""
    lead: str = ""
    category: str = ""
    channel: str = ""
    state: str = ""
    ended: str = ""
    object: str = ""
    queue: str = ""
    group: str = ""
    q: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def of(cls, given: Any, **fixed: str) -> Filter:
        """From a query string; unknown names are left out. What cannot be read stands in it as it was typed and fits no
        matter (`unsearchable` says why)."""
        names = {field.name for field in fields(cls)}
        read = {name: str(given.get(name, "")).strip()[:LONGEST] for name in names}
        # what is stored is masked, so its mask is what can be found (R9.3)
        read["q"] = masked(question(str(given.get("q", "")))) or read["q"]
        return cls(**{**read, **fixed})

    @classmethod
    def unread(cls, given: Any) -> list[str]:
        """Names of a query string that no filter has, and those whose value can limit nothing: a program that asks for
        `until=2026-02-31` must not take all that is there for what it asked for."""
        choices = {"scope": SCOPES, "state": STATES}
        said = {name: str(given.get(name, "")).strip() for name in given}
        names = {field.name for field in fields(cls)}
        wrong = [name for name in said if name not in names]
        wrong += [name for name, among in choices.items() if said.get(name) and said[name] not in among]
        wrong += [name for name in ("since", "until") if said.get(name) and not moments.day(said[name])]
        wrong += [name for name in names - {"q"} if len(said.get(name, "")) > LONGEST]
        wrong += ["q"] if is_cut(str(given.get("q", ""))) else []
        return sorted(set(wrong))

    def given(self) -> dict[str, str]:
        """What limits, for a link."""
        return {field.name: getattr(self, field.name) for field in fields(self) if getattr(self, field.name)}

    def but(self, **changed: str) -> Filter:
        return replace(self, **changed)


def matters(asker: Asker, wanted: Filter | None = None, *, now: datetime | None = None) -> QuerySet[Matter]:
    """The matters that a filter means, unordered. The one place where a filter becomes a condition."""
    wanted, now, known = wanted or Filter(), now or timezone.now(), facts(asker)
    rows = Matter.objects.filter(district=asker.district)
    if wanted.scope == "mine":
        rows = rows.filter(_OPEN | Q(pk__of_raised=asker.district), _mine(asker, now))
    elif wanted.scope == "unit":
        rows = rows.filter(lead__in={post.unit for post in asker.posts})
    elif wanted.scope:
        rows = rows.none()
    for column, (kind, name) in (("stage", of_a_kind(wanted.stage)), (f"facts__{END}", of_a_kind(wanted.ended))):
        named = {"kind": kind, column: name}
        rows = rows.filter(**{column: value for column, value in named.items() if value})
    for column, value in (("kind", wanted.kind), ("channel", wanted.channel)):
        if value:
            rows = rows.filter(**{column: value})
    if wanted.category:
        rows = rows.filter(category__in=_with_below(asker, wanted.category))
    rows = rows.filter(_of_units(wanted, known), _in_state(wanted.state, now), _received(wanted, known))
    if wanted.object:
        rows = rows.filter(_naming(asker, wanted.object))
    if wanted.queue:
        rows = rows.filter(in_queue(asker, wanted.queue, now))
    if wanted.group:
        rows = rows.filter(_pressing(wanted.group, now, known, pages_of(asker).desk))
    return rows.filter(holding(asker, wanted.q)) if wanted.q else rows


def _of_units(wanted: Filter, known: District) -> Q:
    """In the street, and in charge of the unit, that the filter names; nothing where the district has no such unit."""
    named = Q(street__isnull=True) if wanted.street == NOWHERE else Q()
    for name in ("street", "lead"):
        if (code := getattr(wanted, name)) and (name, code) != ("street", NOWHERE):
            unit = known.by_code.get(code)
            named &= Q(**{name: unit.id}) if unit else Q(pk__in=[])
    return named


def _in_state(state: str, now: datetime) -> Q:
    """Open, closed or overdue at `now`; nothing for any other word."""
    states = {
        "": Q(),
        "open": Q(closed_at__isnull=True),
        "closed": Q(closed_at__isnull=False),
        "overdue": Q(closed_at__isnull=True, due_at__lt=now),
    }
    return states.get(state, Q(pk__in=[]))


def _received(wanted: Filter, known: District) -> Q:
    """Received on the filter's local days, both included; nothing where one of them is no day."""
    since, until, days = moments.day(wanted.since), moments.day(wanted.until), Q()
    if (wanted.since and since is None) or (wanted.until and until is None):
        return Q(pk__in=[])
    if since is not None:
        days &= Q(created_at__gte=midnight(since, known.zone))
    if until is not None:
        days &= Q(created_at__lt=midnight(until + timedelta(days=1), known.zone))
    return days


def of_a_kind(text: str) -> tuple[str, str]:
    """("kind", "stage") of "kind/stage"; without a kind, ("", "stage")."""
    kind, slash, name = text.partition("/")
    return (kind, name) if slash else ("", text)


_OPEN = Q(closed_at__isnull=True)


class OfRaised(Lookup):
    """`pk__of_raised=district`: the ended matters of which something is asked of somebody (`granting`).

    Their ids are found first, by an index that holds no others: row security lets the planner use no condition on what
    was raised in the rows themselves.
    """

    lookup_name = "of_raised"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        column, params = self.process_lhs(compiler, connection)
        return (
            f"{column} = ANY(ARRAY(SELECT m.id FROM matters_matter m WHERE m.district_id = %s"
            " AND NOT (m.raised = '{}') AND m.closed_at IS NOT NULL))",
            [*params, self.rhs],
        )


BigAutoField.register_lookup(OfRaised)


def _mine(asker: Asker, now: datetime) -> Q:
    """Whose move it is the asker's: what waits for their role, or for the unit in charge when they act for it; and for
    a roster, as long as they are on duty; for them in person, on a panel; and what was raised to them, or is asked of
    them, which can be of an ended one (`granting`). Nothing in which they, or whoever they stand in for, take no part.
    Of rows what `capacity.fits` says of one state."""
    mine = _on_duty(asker, now)
    for post in asker.posts:
        if post.does.place == EVERYWHERE:
            mine |= Q(holder_role=post.role)
        else:
            mine |= Q(holder=post.unit, holder_role=post.role)
        if post.does.for_the_unit:
            mine |= Q(holder=post.unit, holder_role=UNIT)
        mine |= _raised_to(post)
    if asker.person is not None and asker.stands_for is None:
        mine |= Q(awaited__contains=marks_of([asker.person]))
    return mine & ~Q(recused__overlap=marks_of(asker.behind, asker.every_post))


def _on_duty(asker: Asker, now: datetime) -> Q:
    """What waits for the rosters on which a post of the asker is asked now, or was raised to them: at the change of a
    shift it is the next one's. Where nobody is on duty, nobody holds that post, or who does takes no part, the lead
    is asked."""
    known, asked = facts(asker), Q(pk__in=[])
    own = {post.code for post in asker.posts}
    for name, roster in known.rosters.items():
        post = on_duty(roster, now.astimezone(known.zone)).post
        here = Q(holder_role=name) | Q(raised__contains=[name])
        if post in own:
            asked |= here
        elif roster.lead in own:
            there = holders(asker, post, now=now)
            asked |= here & Q(recused__overlap=marks_of(there)) if there else here
    return asked


def _raised_to(post: PostHeld) -> Q:
    """What an escalation has put into the inbox of a role, for who does it at the unit in charge, or everywhere."""
    here = Q(raised__contains=[post.role])
    if post.does.place == EVERYWHERE:
        return here
    where = DONE_AT.get(post.does.place)
    return here & Q(**{where: post.unit}) if where else Q(pk__in=[])


def _naming(asker: Asker, wanted: str) -> Q:
    """The matters that name an object in whatever field their kind has for its list."""
    list_, _, code = wanted.partition("/")
    naming = Q(pk__in=[])
    for kind in {one.matter: one for one in every_kind(asker)}.values():
        for name, spec in kind.fields.items():
            if spec.list_ == list_:
                said: Any = code if spec.type == "object" else [code]
                naming |= Q(kind=kind.matter, facts__contains={f"form.{name}": said})
    return naming


def _with_below(asker: Asker, category: str) -> list[str]:
    tree = world(asker).categories
    below, grown = {category}, True
    while grown:
        more = {c.code for c in tree.values() if c.parent in below} - below
        grown = bool(more)
        below |= more
    return sorted(below)


def _pressing(group: str, now: datetime, known: District, desk: Desk) -> Q:
    """The sections of an inbox share its matters out among them: each is in exactly one."""
    edges = edges_of(now, known.zone, desk)
    if group == REST:
        last = max((end for _, end in edges.values()), default=None)
        return Q(due_at__isnull=True) | Q(due_at__gte=last) if last else Q()
    if group not in edges:
        return Q(pk__in=[])
    start, end = edges[group]
    return Q(due_at__lt=end) & (Q(due_at__gte=start) if start else Q())


def most_pressing_first(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    return rows.order_by(F("due_at").asc(nulls_last=True), "id")


def newest_first(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    return rows.order_by("-created_at", "-id")


def counts(rows: QuerySet[Matter], by: str) -> dict[Any, int]:
    """value -> how many, by one column ("kind", "stage", "street_id", "lead_id", "category")."""
    return dict(rows.order_by().values_list(by).annotate(n=Count("pk")))


def group_counts(asker: Asker, wanted: Filter, *, now: datetime) -> dict[str, int]:
    """How many of a list stand in each section of an inbox; they add up to the list."""
    desk = pages_of(asker).desk
    named = {group: Count("pk", filter=_pressing(group, now, facts(asker), desk)) for group in desk.sections}
    return matters(asker, wanted.but(group=""), now=now).aggregate(**named)


def queue_counts(asker: Asker, queues: Iterable[str], *, now: datetime) -> dict[str, int]:
    """kind/queue -> how many matters the asker sees in it: counted by the filter that lists them."""
    return {one: matters(asker, Filter(queue=one), now=now).count() for one in queues}
