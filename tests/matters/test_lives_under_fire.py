"""Every kind of both districts, lived in the database while things go wrong: an act breaks off before it is kept, is
sent twice, meets another one, comes from a clock that was put back; facts change and time passes meanwhile.

Whatever happens, what was acknowledged is there once, a row is the sum of its ledger, and who may see it finds it.
YIWANG_LIVES says how many lives each kind has.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction

from tests.files.pictures import jpeg
from tests.matters.answering import Answers, middles
from tests.support.district import DEMO_PACK
from tests.support.vale import VALE
from yiwang.files import store as files
from yiwang.files.cleaning import clean
from yiwang.files.definition import BUDGET, EVIDENCE
from yiwang.matters import auditing, by_itself, queries, store
from yiwang.matters.act import Act
from yiwang.matters.against import refusal
from yiwang.matters.clock_state import State
from yiwang.matters.facts import fold
from yiwang.matters.kinds import current_kinds, world
from yiwang.matters.models import Entry, Matter
from yiwang.matters.reported import Reported
from yiwang.org import session
from yiwang.org.asker import Asker
from yiwang.org.models import Person
from yiwang.org.session import acting_as
from yiwang.packs import loading
from yiwang.why import Incomplete, NotThere, Refusal

LIVES = int(os.environ.get("YIWANG_LIVES", "1"))
STEPS = 40
AT = datetime(2026, 10, 12, 1, 30, tzinfo=UTC)
PACKS = {"demo": (DEMO_PACK, '"990106"', '"990196"'), "vale": (VALE, "VALE07", "VALE97")}
KINDS = [(name, file.stem) for name, (pack, *_) in PACKS.items() for file in sorted((pack / "matters").glob("*.yaml"))]


class Broken(Exception):
    """The machine stops here: nothing of what it was doing is kept."""


class There:
    """A district of a pack as it was loaded, with its people."""

    def __init__(self, pack: Path, district: int) -> None:
        self.system = session.system(district)
        with acting_as(self.system) as asker:
            self.world, self.kinds = world(asker), {kind.matter: kind for kind in current_kinds(asker)}
            users = list(Person.objects.filter(district=district, user__isnull=False).values_list("user", flat=True))
        found = [session.asker_of_user(user) for user in users]
        self.people: list[Asker] = [one for one in found if one is not None and one.posts]
        self.staffed = {post.unit_code for one in self.people for post in one.posts if post.does.for_the_unit}
        self.spots = middles(pack)


@pytest.fixture(scope="module")
def districts(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, There]]:
    """The districts of both packs; when all lives have been lived, every ledger there adds up."""
    found = {}
    for name, (pack, code, other) in PACKS.items():
        copy = Path(shutil.copytree(pack, tmp_path_factory.mktemp("lives") / name))
        about = copy / "pack.yaml"
        about.write_text(about.read_text("utf-8").replace(f"code: {code}", f"code: {other}"), "utf-8")
        found[name] = There(copy, loading.load(copy))
    yield found
    for there in found.values():
        with acting_as(there.system) as asker:
            assert auditing.verify(asker).broken == []


class Life:
    """A matter of a kind, and what is done to it. `rng` decides everything, so that a life can be lived again."""

    def __init__(self, there: There, code: str, seed: int) -> None:
        self.there, self.kind, self.rng = there, there.kinds[code], Random(f"{code} {seed}")
        self.now = AT + timedelta(minutes=self.rng.randrange(3000))
        self.acknowledged = Counter[str]()
        self.went = Counter[str]()
        self.answers = Answers(self.rng, there.world, staffed=there.staffed)
        self.matter = self._opened()

    def _opened(self) -> int:
        for _ in range(200):
            try:
                return self._begun()
            except (Incomplete, Refusal):
                continue
        raise AssertionError("nobody could open one")

    def _begun(self) -> int:
        """Raises Incomplete, Refusal where the answers do not fit together."""
        door = self.rng.choice([name for name, door in self.kind.opens.items() if door.fields] or [""])
        by = self.kind.opens[door].by if door else []
        able = [one for one in self.there.people if any(post.role in by for post in one.posts)]
        who = self.rng.choice(able) if able else self.there.system
        data = self._said(lambda: self.answers.opening(self.kind, door, self.now), who)
        if "unit" in self.kind.needs:
            data["unit"] = self.rng.choice(sorted(self.there.staffed))
        place = self.rng.choice(self.there.spots) if self.rng.random() < 0.7 else None
        said = {name: value for name, value in data.items() if name not in ("place", "reporter")}
        told = Reported("孙三", "13800138000") if door and "reporter" in self.kind.opens[door].fields else None
        with acting_as(who if who.system else session.for_the_district(who)) as asker:
            opened = store.open_matter(
                asker, self.kind.matter, said, at=self.now, place=place, reporter=told, door=door
            )
        return opened.id

    def _said(self, answers: Callable[[], dict[str, Any]], who: Asker) -> dict[str, Any]:
        """What somebody answers, with photos that they put down themselves."""

        def photos(n: int) -> list[int]:
            with acting_as(who) as asker:
                fresh = [clean("a.jpg", jpeg(self.rng.randrange(10**6)), EVIDENCE.takes, BUDGET) for _ in range(n)]
                return [files.keep(asker, one).pk for one in fresh]

        self.answers.files = photos
        with acting_as(self.there.system):  # who works there is asked of the database
            return answers()

    def rows(self) -> list[Matter]:
        """The matter and those under it."""
        with acting_as(self.there.system):
            return [*Matter.objects.filter(pk=self.matter), *Matter.objects.filter(whole=self.matter).order_by("pk")]

    def step(self) -> None:
        """Time goes by, the platform does what it has brought, and somebody does something in one of many ways."""
        self.now += timedelta(minutes=self.rng.choice((1, 30, 400, 3000)) * self.rng.random())
        if self.rng.random() < 0.4:
            by_itself.act_by_itself(self.there.system, now=self.now)
            by_itself.end_orphans(self.there.system, now=self.now)
            by_itself.urge_overdue(self.there.system, now=self.now)
        row = self.rng.choice([one for one in self.rows() if not one.closed_at] or self.rows())
        found = self._somebody(row)
        if found is None:
            return
        action, who, state = found
        doing = self.there.kinds[row.kind]
        data = self._said(lambda: self.answers.acting(doing, doing.actions[action], state, self.now), who)
        at = self.now - timedelta(days=3) if self.rng.random() < 0.1 else self.now
        way = self.rng.choice((self.plainly, self.twice, self.broken_off, self.beside_another))
        way(row, action, data, who, at)

    def _somebody(self, row: Matter) -> tuple[str, Asker, State] | None:
        with acting_as(self.there.system) as asker:
            state = queries.state_of(asker, row)
        kind = self.there.kinds[row.kind]
        actions, people = list(kind.by_stage[row.stage]), list(self.there.people)
        self.rng.shuffle(actions)
        self.rng.shuffle(people)
        for action in actions:
            for who in [*people, self.there.system]:
                role = "system" if who.system else ""
                act = Act(action, self.now, {}, who.person, who.posts, role)
                if not (who.system and kind.actions[action].does) and not refusal(
                    kind, state, action, act, self.there.world
                ):
                    return action, who, state
        return None

    # --- the ways in which an act comes ---

    def plainly(self, row: Matter, action: str, data: Any, who: Asker, at: datetime, key: str | None = None) -> Any:
        key = key or f"life:{row.pk}:{row.version}:{self.rng.randrange(10**9)}"
        try:
            with acting_as(who) as asker:
                done = store.act(asker, row.pk, action, data, at=at, key=key)
        except (Refusal, Incomplete, NotThere) as refused:
            self.went[type(refused).__name__] += 1
            return None
        self.acknowledged[key] += not done.repeated
        self.went["done"] += 1
        return done

    def twice(self, row: Matter, action: str, data: Any, who: Asker, at: datetime) -> None:
        """The answer was lost on its way, and the client asks again."""
        key = f"twice:{row.pk}:{row.version}:{self.rng.randrange(10**9)}"
        if self.plainly(row, action, data, who, at, key) is None:
            return
        with acting_as(who) as asker:
            try:
                again = store.act(asker, row.pk, action, data, at=at, key=key)
            except NotThere:  # who acted does not see it any more
                return
        assert again.repeated

    def broken_off(self, row: Matter, action: str, data: Any, who: Asker, at: datetime) -> None:
        """The machine stops before what was done is kept; then it is asked for again."""
        key = f"broken:{row.pk}:{row.version}:{self.rng.randrange(10**9)}"
        try:
            with acting_as(who) as asker, transaction.atomic():
                store.act(asker, row.pk, action, data, at=at, key=key)
                raise Broken
        except (Broken, Refusal, Incomplete, NotThere):
            pass
        with acting_as(self.there.system):
            assert not Entry.objects.filter(matter=row, key=key).exists()
            assert Matter.objects.get(pk=row.pk).version == row.version
        self.plainly(row, action, data, who, at, key)

    def beside_another(self, row: Matter, action: str, data: Any, who: Asker, at: datetime) -> None:
        """Two who both saw it as it was act at the same moment: one of them does, the other is told."""
        gate, results = threading.Barrier(2), list[str]()

        def go(name: str) -> None:
            key = f"beside:{name}:{row.pk}:{row.version}:{at.isoformat()}"
            try:
                gate.wait()
                with acting_as(who) as asker:
                    done = store.act(asker, row.pk, action, data, at=at, key=key, version=row.version)
                results.append("done")
                self.acknowledged[key] += not done.repeated
            except (Refusal, Incomplete, NotThere) as refused:
                results.append(type(refused).__name__)
            finally:
                connection.close()

        threads = [threading.Thread(target=go, args=(name,)) for name in "ab"]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert len(results) == 2
        assert results.count("done") <= 1, results


@pytest.mark.parametrize(("pack", "code"), KINDS)
def test_a_life_under_fire(districts: dict[str, There], pack: str, code: str) -> None:
    for seed in range(LIVES):
        life = Life(districts[pack], code, seed)
        for _ in range(STEPS):
            life.step()
            for row in life.rows():
                holds(life, row)
        kept = Counter[str]()
        with acting_as(life.there.system):
            for row in life.rows():
                entries = Entry.objects.filter(matter=row, key__in=[*life.acknowledged])
                kept.update(str(key) for key in entries.values_list("key", flat=True))
        assert kept == life.acknowledged, "what was acknowledged is there, once (design §10.1)"
        seen_alike(life)
        waiting = [(row.stage, row.holder_id, row.holder_role) for row in life.rows() if not row.closed_at]
        assert life.went["done"] or not waiting, (waiting, life.went)


def holds(life: Life, row: Matter) -> None:
    """§10.5, §10.7, §10.12: an owner and a clock, the sum of its ledger, others verify."""
    with acting_as(life.there.system) as asker:
        state = queries.state_of(asker, row)
        entries = list(Entry.objects.filter(matter=row).order_by("seq"))
    kind = life.there.kinds[row.kind]
    final = kind.stages[row.stage].final
    assert (row.closed_at is not None) is final
    runs = [clock.name for clock in state.clocks() if clock.runs]
    assert bool(runs) is not final, (row.stage, life.went)
    assert final or state["holder"] or state["holder_role"] in ("system", "reporter")
    assert {k: v for k, v in fold(one.delta for one in entries).items() if v not in (None, "")} == {
        k: v for k, v in state.items() if v not in (None, "")
    }
    assert [one.at for one in entries] == sorted(one.at for one in entries), "no clock runs backwards in a ledger"
    handled: set[int] = set()
    for one in entries:
        action = kind.actions.get(one.action)
        assert not (action and action.verifies and one.person_id in handled)
        if action and action.handles and one.person_id:
            handled.add(one.person_id)


def seen_alike(life: Life) -> None:
    """§10.4: who finds it in a list can open it, and the other way round."""
    rows = life.rows()
    for who in life.rng.sample(life.there.people, min(6, len(life.there.people))):
        with acting_as(who) as asker:
            listed = set(
                queries.matters(asker, queries.Filter())
                .filter(pk__in=[row.pk for row in rows])
                .values_list("pk", flat=True)
            )
            opened = {row.pk for row in rows if queries.one(asker, pk=row.pk)}
        assert listed == opened
