"""Experts who are asked and committees that vote: each in person and once, counted as it stands, secret where it is."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import connection

from tests.support.district import make_district
from yiwang.matters import auditing, by_itself, mentioned_seen, proof, queries, secrecy, store
from yiwang.matters.clock_state import State
from yiwang.matters.definition import kind_from
from yiwang.matters.models import Entry
from yiwang.matters.queries import Filter
from yiwang.org.session import acting_as, system
from yiwang.why import Conflict, Incomplete, Refusal

KIND = Path(__file__).with_name("permit_by_committee.yaml")
THREE = ["water-1人", "water-2人", "green-1人"]
POSTS = ["water-1", "water-2", "green-1"]


def with_kind(pack: Path) -> None:
    shutil.copy(KIND, pack / "matters")


@pytest.fixture(scope="module")
def village(database: str) -> Any:
    return make_district(with_kind)


def do(village: Any, post: str, matter: Any, action: str, *, at: datetime | None = None, **data: Any) -> State:
    with acting_as(village.as_(post)) as asker:
        return store.act(asker, matter.id, action, data, at=at).state


@pytest.fixture
def called(village: Any) -> Any:
    """A matter on which three vote."""
    with acting_as(village.as_("dispatcher-1")) as asker:
        matter = store.open_matter(asker, "relic", {"title": "修缮", "text": "老宅"}, place=(121.91, 31.01))
    do(village, "dispatcher-1", matter, "call", members=THREE)
    return matter


def inbox(village: Any, who: str) -> set[str]:
    with acting_as(village.as_(who)) as asker:
        return {one.number for one in queries.matters(asker, Filter(scope="mine"), now=datetime.now(UTC))}


def state_of(village: Any, who: str, matter: Any) -> State:
    with acting_as(village.as_(who)) as asker:
        found = queries.one(asker, number=matter.number)
        assert found is not None
        return found.state


def test_the_kind_is_proven() -> None:
    found = proof.complaints(kind_from(yaml.safe_load(KIND.read_text("utf-8"))))
    assert [f"{path}: {words.speak('en')}" for path, words in found] == []


def test_each_has_it_in_their_inbox_until_they_have_voted(village: Any, called: Any) -> None:
    assert all(called.number in inbox(village, post) for post in POSTS)
    state = do(village, "water-1", called, "vote", position="agree")
    assert state["votes.committee.responded"] == 1
    assert not state["votes.committee.quorum"]
    assert "form.position" not in state
    assert called.number not in inbox(village, "water-1")
    assert called.number in inbox(village, "green-1")
    with pytest.raises(Refusal, match="每人只表态一次"):
        do(village, "water-1", called, "vote", position="refuse")


def test_nobody_else_votes(village: Any, called: Any) -> None:
    for who in ("dispatcher-1", "nan-1", "supervisor"):
        with pytest.raises(Refusal):
            do(village, who, called, "vote", position="agree")


def test_the_last_vote_decides_in_the_same_moment(village: Any, called: Any) -> None:
    for post, vote in zip(POSTS, ("agree", "refuse", "agree"), strict=True):
        state = do(village, post, called, "vote", position=vote)
    assert state["stage"] == "granted"
    with pytest.raises(Refusal):
        do(village, "water-1", called, "vote", position="agree")
    with acting_as(village.system) as asker:
        assert auditing.verify(asker).broken == []


def test_abstentions_are_counted_apart(village: Any, called: Any) -> None:
    for post, vote in zip(POSTS, ("abstain", "refuse", "agree"), strict=True):
        state = do(village, post, called, "vote", position=vote)
    assert state["stage"] == "refused"  # one for, one against: not more than half of those cast
    assert (state["votes.committee.cast"], state["votes.committee.abstained"]) == (2, 1)


def test_who_steps_back_counts_neither_way(village: Any, called: Any) -> None:
    do(village, "water-1", called, "vote", position="refuse")
    do(village, "supervisor", called, "take_out", who="water-1人")
    state = state_of(village, "dispatcher-1", called)
    assert (state["votes.committee.members"], state["votes.committee.responded"]) == (2, 0)
    do(village, "water-2", called, "vote", position="agree")
    assert do(village, "green-1", called, "vote", position="agree")["stage"] == "granted"


def test_silence_does_not_hold_it_up(village: Any, called: Any) -> None:
    do(village, "water-1", called, "vote", position="agree")
    by_itself.act_by_itself(system(village.id), now=datetime.now(UTC) + timedelta(days=30))
    assert state_of(village, "dispatcher-1", called)["stage"] == "got"  # one of three is no quorum
    do(village, "dispatcher-1", called, "call", at=datetime.now(UTC) + timedelta(days=31), members=THREE)
    state = state_of(village, "dispatcher-1", called)
    assert state["votes.committee.responded"] == 0  # it is asked anew
    do(village, "water-1", called, "vote", position="agree")
    do(village, "water-2", called, "vote", position="agree")
    by_itself.act_by_itself(system(village.id), now=datetime.now(UTC) + timedelta(days=60))
    assert state_of(village, "dispatcher-1", called)["stage"] == "granted"


def test_an_expert_who_says_nothing_is_gone_on_without(village: Any) -> None:
    with acting_as(village.as_("dispatcher-1")) as asker:
        matter = store.open_matter(asker, "relic", {"title": "修缮", "text": "老宅"}, place=(121.91, 31.01))
    do(village, "dispatcher-1", matter, "ask", expert="green-1人")
    assert matter.number in inbox(village, "green-1")
    by_itself.act_by_itself(system(village.id), now=datetime.now(UTC) + timedelta(days=30))
    assert matter.number not in inbox(village, "green-1")
    do(village, "dispatcher-1", matter, "ask", expert="green-1人")
    assert do(village, "green-1", matter, "advise", view="可行")["stage"] == "got"


def entries_as(village: Any, who: str, matter: Any) -> list[Any]:
    with acting_as(village.as_(who)) as asker:
        found = queries.one(asker, number=matter.number)
        assert found is not None
        return [one.data["position"] for one in mentioned_seen.as_seen(asker, found).entries if one.action == "vote"]


def test_votes_are_secret_until_it_is_decided(village: Any, called: Any) -> None:
    do(village, "water-1", called, "vote", position="refuse")
    assert entries_as(village, "water-1", called) == ["refuse"]
    with acting_as(village.as_("water-1")):
        kept = Entry.objects.filter(matter=called.id, action="vote").get().data
    assert len(kept[secrecy.SALT]) == 32  # the hash of the entry does not tell which of three it was
    for who in ("dispatcher-1", "green-1", "supervisor"):
        assert entries_as(village, who, called) == [mentioned_seen.DOTS]
    do(village, "water-2", called, "vote", position="agree")
    do(village, "green-1", called, "vote", position="agree")
    assert entries_as(village, "green-1", called) == ["refuse", "agree", "agree"]


def test_what_others_vote_meanwhile_keeps_nobody_from_voting(village: Any, called: Any) -> None:
    with acting_as(village.as_("dispatcher-1")) as asker:
        found = queries.one(asker, number=called.number)
    assert found is not None
    seen = found.row.version
    do(village, "water-1", called, "vote", position="agree")
    with acting_as(village.as_("water-2")) as asker:
        store.act(asker, called.id, "vote", {"position": "agree"}, version=seen)
    do(village, "supervisor", called, "take_out", who="dispatcher-2人")
    with pytest.raises(Conflict), acting_as(village.as_("green-1")) as asker:
        store.act(asker, called.id, "vote", {"position": "agree"}, version=seen)


def test_two_who_vote_in_the_same_moment_are_both_counted(village: Any, called: Any) -> None:
    def vote(post: str) -> str:
        try:
            return str(do(village, post, called, "vote", position="agree")["stage"])
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        stages = list(pool.map(vote, POSTS))
    state = state_of(village, "dispatcher-1", called)
    assert sorted(stages) == ["granted", "voting", "voting"]
    assert (state["votes.committee.for"], state["votes.committee.open"]) == (3, 0)


def test_who_cannot_see_it_cannot_be_named(village: Any) -> None:
    with acting_as(village.as_("dispatcher-1")) as asker:
        matter = store.open_matter(asker, "relic", {"title": "修缮", "text": "老宅"}, place=(121.91, 31.01))
    with pytest.raises(Incomplete) as wrong:
        do(village, "dispatcher-1", matter, "call", members=[*THREE[:2], "bei-grid人"])
    assert "members" in wrong.value.fields
