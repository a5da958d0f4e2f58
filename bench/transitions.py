"""Actions a second, one at a time, each in its own transaction on a durable database.

ours    `matters.store.act`: rules, clocks, row security, hash-chained ledger, live notice
peer    django-fsm on an ORM model with a row lock and a history row: guards and a log, nothing else
limit   raw psycopg: one read and one compare-and-set statement
All three in the same database and run, in turns, so that whatever else the machine does falls on each alike.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from bench._cluster import database

ROUNDS = 5


def run(scale: float = 1.0) -> list[dict[str, Any]]:
    """`scale` 1 does 2,000 actions of each kind."""
    with database() as owner:
        ours, peer, limit = _ours(), _peer(owner), _limit(owner)
        tickets = max(ROUNDS, int(500 * scale)) // ROUNDS
        seconds = [0.0, 0.0, 0.0]
        for _ in range(ROUNDS):
            for which, (prepare, turn) in enumerate((ours, peer, limit)):
                work = prepare(tickets)
                begun = time.perf_counter()
                turn(work)
                seconds[which] += time.perf_counter() - begun
        rates = [round(4 * tickets * ROUNDS / spent, 1) for spent in seconds]
    return [
        {
            "name": "transitions",
            "ours": rates[0],
            "peer": rates[1],
            "limit": rates[2],
            "unit": "actions/s",
            "ratio_to_peer": round(rates[0] / rates[1], 3),
            "ratio_to_limit": round(rates[0] / rates[2], 3),
        }
    ]


Side = tuple[Callable[[int], Any], Callable[[Any], None]]


def _ours() -> Side:
    from django.utils import timezone

    from yiwang.matters import store
    from yiwang.matters.opening import Opening
    from yiwang.org import session
    from yiwang.org.models import Person
    from yiwang.packs import loading

    district = loading.load(Path(__file__).resolve().parents[1] / "packs" / "demo")
    with session.acting_as(session.system(district)):
        users = dict(Person.objects.filter(district=district).values_list("appointment__post__code", "user_id"))
    people: dict[str, Any] = {
        post: session.asker_of_user(users[post])
        for post in ("csc-dispatcher-1", "csc-dispatcher-3", "bureau-water-clerk-1")
    }
    steps: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("csc-dispatcher-1", "assign", {"unit": "bureau-water"}),
        ("bureau-water-clerk-1", "accept", {}),
        ("bureau-water-clerk-1", "answer", {"result": "办好了"}),
        ("csc-dispatcher-3", "verify", {"reached": True, "solved": True, "satisfaction": "satisfied"}),
    )

    def prepare(n: int) -> list[int]:
        openings = [Opening({"title": "测速", "text": "测速"}, timezone.now()) for _ in range(n)]
        with session.acting_as(session.system(district)) as asker:
            return [one.id for one in store.open_many(asker, "hotline", openings) if one]

    def turn(matters: list[int]) -> None:
        for matter in matters:
            for post, action, data in steps:
                with session.acting_as(people[post]) as asker:
                    store.act(asker, matter, action, data)

    return prepare, turn


def _peer(owner: str) -> Side:
    from django.db import connections, models, transaction
    from django_fsm import FSMField, transition

    class Ticket(models.Model):
        objects: ClassVar[Any]
        state = FSMField(default="received", protected=True)
        unit = models.CharField(max_length=60, blank=True)
        updated_at = models.DateTimeField(auto_now=True)

        class Meta:
            app_label = "bench"

        @transition(field=state, source="received", target="assigned")  # type: ignore[untyped-decorator]
        def assign(self) -> None:
            self.unit = "bureau-water"

        @transition(field=state, source="assigned", target="handling")  # type: ignore[untyped-decorator]
        def accept(self) -> None: ...

        @transition(field=state, source="handling", target="verifying")  # type: ignore[untyped-decorator]
        def answer(self) -> None: ...

        @transition(field=state, source="verifying", target="closed")  # type: ignore[untyped-decorator]
        def verify(self) -> None: ...

    class History(models.Model):
        objects: ClassVar[Any]
        ticket = models.ForeignKey(Ticket, models.CASCADE)
        action = models.CharField(max_length=40)
        from_state = models.CharField(max_length=40)
        to_state = models.CharField(max_length=40)
        at = models.DateTimeField(auto_now_add=True)

        class Meta:
            app_label = "bench"

    with connections["owner"].schema_editor() as editor:
        editor.create_model(Ticket)
        editor.create_model(History)
    _grant(owner)

    def prepare(n: int) -> list[int]:
        return [one.pk for one in Ticket.objects.bulk_create(Ticket() for _ in range(n))]

    def turn(tickets: list[int]) -> None:
        for pk in tickets:
            for action in ("assign", "accept", "answer", "verify"):
                with transaction.atomic():
                    ticket = Ticket.objects.select_for_update().get(pk=pk)
                    before = ticket.state
                    getattr(ticket, action)()
                    ticket.save()
                    History.objects.create(ticket=ticket, action=action, from_state=before, to_state=ticket.state)

    return prepare, turn


def _limit(owner: str) -> Side:
    import psycopg

    with psycopg.connect(owner) as admin:
        admin.execute("CREATE TABLE bench_bare (id bigserial PRIMARY KEY, state text NOT NULL, version int NOT NULL)")
    _grant(owner)
    connection = psycopg.connect(os.environ["DATABASE_APP_URL"], autocommit=True)
    states = ("received", "assigned", "handling", "verifying", "closed")

    def prepare(n: int) -> list[int]:
        made = connection.execute(
            "INSERT INTO bench_bare (state, version) SELECT 'received', 1 FROM generate_series(1, %s) RETURNING id", [n]
        )
        return [pk for (pk,) in made]

    def turn(rows: list[int]) -> None:
        for pk in rows:
            for state in states[1:]:
                with connection.transaction():
                    read = connection.execute("SELECT state, version FROM bench_bare WHERE id = %s", [pk]).fetchone()
                    assert read is not None
                    connection.execute(
                        "UPDATE bench_bare SET state = %s, version = version + 1 WHERE id = %s AND version = %s",
                        [state, pk, read[1]],
                    )

    return prepare, turn


def _grant(owner: str) -> None:
    import psycopg

    from yiwang.run import roles

    with psycopg.connect(owner) as admin:
        admin.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {roles.APP}")
        admin.execute(f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {roles.APP}")
