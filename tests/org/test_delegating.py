"""Who hands their acts to a colleague: exactly these posts, for these days, to the second, and nobody signs twice."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.utils import Error as DatabaseRefuses

from tests.ledger.forging import told, verify
from tests.support.clients import client
from tests.support.district import make_district
from tests.support.tickets import ticket
from yiwang.ledger import delegating as ledger
from yiwang.ledger.models import Entry as LedgerEntry
from yiwang.matters import queries, store
from yiwang.matters.models import Entry, Matter
from yiwang.org import delegating
from yiwang.org.models import Appointment, Delegation
from yiwang.org.session import acting_as, as_owner, stand_in
from yiwang.why import Incomplete, Refusal


@pytest.fixture
def village(database: str) -> Any:
    return make_district()


def user(district: Any, post: str) -> int:
    return User.objects.get(username=district.username(post)).pk


def delegate(district: Any, giver: str, deputy: str, *, days: int = 1, first: int = 0, reason: str = "出差") -> int:
    now = datetime.now(UTC)
    with acting_as(district.as_(giver)) as asker:
        today = delegating.facts(asker)  # the district's own day
        day = now.astimezone(today.zone).date() + timedelta(days=first)
        taking = district.as_(deputy).person
        return ledger.delegate(asker, taking, day, day + timedelta(days=days - 1), reason, now).pk


def standing(district: Any, deputy: str, delegation: int) -> Any:
    found = stand_in(user(district, deputy), delegation)
    assert found is not None
    return found


def test_the_sight_is_that_of_the_posts_that_were_handed_over_and_no_more(village: Any) -> None:
    """The head of the district stands in for a clerk: of the district they then see what the clerk sees."""
    made = delegate(village, "water-1", "head")
    own, other = village.as_("head"), village.as_("water-1")
    found = standing(village, "head", made)
    seen = ("posts", "units", "clearance", "kinds", "may_unmask", "may_audit", "homes")
    assert [getattr(found, name) for name in seen] == [getattr(other, name) for name in seen]
    assert found.units != own.units, "of what the deputy sees alone nothing is added"
    assert (found.person, found.name) == (own.person, own.name)
    assert (found.stands_for.person, found.stands_for.own) == (other.person, own.posts)


def test_the_database_shows_the_deputy_what_it_shows_the_other(village: Any) -> None:
    near, far = ticket(village), ticket(village, category="litter.pile", place=(121.91, 31.03))
    made = delegate(village, "bei-1", "head")
    assert near.number != far.number

    def numbers(asker: Any) -> set[str]:
        with acting_as(asker):
            return set(Matter.objects.values_list("number", flat=True))

    assert numbers(standing(village, "head", made)) == numbers(village.as_("bei-1")) != set()


def test_it_ends_by_itself_to_the_second_and_begins_no_sooner(village: Any) -> None:
    made = delegate(village, "dispatcher-1", "dispatcher-2")
    who = user(village, "dispatcher-2")
    with as_owner():
        Delegation.objects.filter(pk=made).update(until=datetime.now(UTC) + timedelta(seconds=1))
    assert stand_in(who, made) is not None
    time.sleep(1.05)
    assert stand_in(who, made) is None
    with as_owner():
        later = datetime.now(UTC) + timedelta(seconds=1)
        Delegation.objects.filter(pk=made).update(since=later, until=later + timedelta(days=1))
    assert stand_in(who, made) is None
    time.sleep(1.05)
    assert stand_in(who, made) is not None


@pytest.mark.parametrize("leaves", ["dispatcher-1", "dispatcher-2"])
def test_it_ends_with_the_post_of_either(village: Any, leaves: str) -> None:
    made = delegate(village, "dispatcher-1", "dispatcher-2")
    with as_owner():
        gone = Appointment.objects.filter(district=village.id, post__code=leaves)
        gone.update(until=date.today() - timedelta(days=2))
    assert stand_in(user(village, "dispatcher-2"), made) is None


def test_it_is_for_the_deputy_alone_and_not_handed_on(village: Any) -> None:
    made = delegate(village, "dispatcher-1", "dispatcher-2")
    assert stand_in(user(village, "water-1"), made) is None
    assert stand_in(user(village, "dispatcher-1"), made) is None
    found = standing(village, "dispatcher-2", made)
    with acting_as(found), pytest.raises(Refusal, match="不能再转委托"):
        ledger.delegate(found, village.as_("auditor").person, date.today(), date.today(), "转手", datetime.now(UTC))
    with acting_as(found), pytest.raises(Refusal, match="不能再转委托"):
        ledger.end(found, made, datetime.now(UTC))


def test_the_database_lets_nobody_hand_over_what_is_anothers(village: Any) -> None:
    """Neither as themselves nor while standing in; and what has ended stays ended."""
    made = delegate(village, "dispatcher-1", "dispatcher-2")
    victim, thief = village.as_("head"), village.as_("dispatcher-2")
    now = datetime.now(UTC)
    row = {"district_id": village.id, "deputy_id": thief.person, "since": now, "until": now + timedelta(days=1)}
    for asker in (thief, standing(village, "dispatcher-2", made)):
        with pytest.raises(DatabaseRefuses, match="row-level security"), acting_as(asker):
            Delegation.objects.create(**row, person_id=victim.person, reason="偷", at=now)
    with acting_as(thief) as asker:
        assert ledger.end(asker, made, now)
        assert not ledger.end(asker, made, now), "it has ended already"
        assert Delegation.objects.filter(pk=made).update(ended=None) == 0
    for column in ("until = until + interval '9 days'", "person_id = deputy_id", "deputy_id = person_id"):
        with pytest.raises(DatabaseRefuses, match="permission denied"), acting_as(thief), transaction.atomic():
            connection.cursor().execute(f"UPDATE org_delegation SET {column}")
    with acting_as(village.as_("water-1")):
        assert not Delegation.objects.exists(), "why somebody is away is nobody else's"


@pytest.mark.parametrize(
    ("deputy", "first", "days", "reason", "wrong"),
    [
        ("water-1", 0, 1, "出差", {"deputy"}),
        ("dispatcher-1", 0, 1, "出差", {"deputy"}),
        ("dispatcher-2", -1, 3, "出差", {"first"}),
        ("dispatcher-2", 1, 0, "出差", {"last"}),
        ("dispatcher-2", 0, 500, "出差", {"last"}),
        ("dispatcher-2", 0, 1, " \u200b ", {"reason"}),
        ("dispatcher-2", -1, 1, "", {"first", "reason"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    village: Any, deputy: str, first: int, days: int, reason: str, wrong: set[str]
) -> None:
    with pytest.raises(Incomplete) as refused:
        delegate(village, "dispatcher-1", deputy, first=first, days=days, reason=reason)
    assert set(refused.value.fields) == wrong


def test_the_same_days_are_handed_over_once(village: Any) -> None:
    delegate(village, "dispatcher-1", "dispatcher-2", days=3)
    with pytest.raises(Incomplete, match="已经委托给"):
        delegate(village, "dispatcher-1", "head", first=2, days=3)
    delegate(village, "dispatcher-1", "head", first=3)


def test_it_is_chained_in_the_ledger_from_beginning_to_end(village: Any, database: str) -> None:
    made = delegate(village, "dispatcher-1", "dispatcher-2")
    with acting_as(village.as_("dispatcher-2")) as asker:
        ledger.end(asker, made, datetime.now(UTC))
    with as_owner():
        found = LedgerEntry.objects.filter(district=village.id, stream="delegations").order_by("seq")
        said = [(one.seq, one.action, one.data["reason"], one.data["deputy"]) for one in found]
    assert said == [(1, "delegate", "出差", "dispatcher-2人"), (2, "end", "出差", "dispatcher-2人")]
    assert told(verify(village)) == []
    with psycopg.connect(database) as owner:
        owner.execute("UPDATE org_delegation SET until = until + interval '1 day' WHERE id = %s", [made])
    assert [one for one in told(verify(village)) if "org_delegation" in one], "a day more is found"


# --- what is done is done by both -------------------------------------------------------------------------------------


def answered_for(village: Any) -> tuple[int, Any]:
    """(delegation, ticket) that dispatcher-2 has answered for dispatcher-1."""
    made, opened = delegate(village, "dispatcher-1", "dispatcher-2"), ticket(village, category="ask")
    with acting_as(standing(village, "dispatcher-2", made)) as asker:
        store.act(asker, opened.id, "reply", {"result": "已电话解释清楚"})
    return made, opened


def test_an_act_is_recorded_as_done_by_one_for_another(village: Any) -> None:
    _, opened = answered_for(village)
    with acting_as(village.system):
        entry = Entry.objects.filter(matter=opened.id, action="reply").get()
    one, other = village.as_("dispatcher-2"), village.as_("dispatcher-1")
    assert (entry.person_id, entry.post_id, entry.data["row.for"]) == (one.person, other.posts[0].id, other.person)
    page = client(village, "dispatcher-2").get(f"/desk/matters/{opened.number}/").content.decode()
    assert "dispatcher-2人（代dispatcher-1人）" in page


def test_neither_of_the_two_may_then_verify_it(village: Any) -> None:
    made, opened = answered_for(village)
    for asker in (village.as_("dispatcher-1"), village.as_("dispatcher-2"), standing(village, "dispatcher-2", made)):
        with acting_as(asker), pytest.raises(Refusal, match="办理过"):
            store.act(asker, opened.id, "verify", {"reached": True, "solved": True, "satisfaction": "satisfied"})


def test_who_has_handled_it_does_not_verify_it_in_anothers_name(village: Any) -> None:
    opened = ticket(village, category="ask")
    with acting_as(village.as_("dispatcher-2")) as asker:
        store.act(asker, opened.id, "reply", {"result": "已电话解释清楚"})
    made = delegate(village, "dispatcher-1", "dispatcher-2")
    asker = standing(village, "dispatcher-2", made)
    with acting_as(asker), pytest.raises(Refusal, match="办理过"):
        store.act(asker, opened.id, "verify", {"reached": True, "solved": True, "satisfaction": "satisfied"})


def test_a_unit_that_has_handled_it_does_not_verify_it_in_the_desks_name(village: Any) -> None:
    """The head of the district stands in for the desk: their post has handled nothing, so they may; water may not."""
    opened = ticket(village)
    with acting_as(village.as_("dispatcher-1")) as asker:
        store.act(asker, opened.id, "assign", {"unit": "water"})
    with acting_as(village.as_("water-1")) as asker:
        store.act(asker, opened.id, "accept")
        store.act(asker, opened.id, "answer", {"result": "已修好，不再松动"})
    made = delegate(village, "dispatcher-2", "head")
    found = standing(village, "head", made)
    of_water = replace(found, stands_for=replace(found.stands_for, own=village.as_("water-2").posts))
    with acting_as(of_water), pytest.raises(Refusal, match="单位"):
        store.act(of_water, opened.id, "verify", {"reached": True, "solved": True, "satisfaction": "satisfied"})
    with acting_as(found) as asker:
        assert store.act(asker, opened.id, "verify", {"reached": True, "solved": True, "satisfaction": "satisfied"}).seq


# --- pages ------------------------------------------------------------------------------------------------------------


def test_both_inboxes_say_so_and_the_deputy_goes_over_and_back(village: Any) -> None:
    today = datetime.now(UTC).astimezone().date()
    giver, deputy = client(village, "dispatcher-1"), client(village, "dispatcher-2")
    form = giver.get("/desk/delegations/").content.decode()
    assert "dispatcher-2人" in form
    assert "water-1人" not in form
    taking = village.as_("dispatcher-2").person
    sent = {"deputy": taking, "first": today.isoformat(), "last": (today + timedelta(days=1)).isoformat()}
    assert giver.post("/desk/delegations/", sent).status_code == 422
    assert giver.post("/desk/delegations/", sent | {"reason": "外出培训"}).status_code == 302
    assert "dispatcher-2人正在代您办理" in giver.get("/desk/").content.decode()
    inbox = deputy.get("/desk/").content.decode()
    assert "dispatcher-1人委托您代办" in inbox
    assert "外出培训" in inbox
    with acting_as(village.as_("dispatcher-1")) as asker:
        made = delegating.handed_over(asker, datetime.now(UTC))[0].id
    assert client(village, "water-1").post(f"/desk/delegations/{made}/act/").status_code == 404
    over = deputy.post(f"/desk/delegations/{made}/act/", follow=True).content.decode()
    assert "您正在代dispatcher-1人办理" in over
    assert "您正在代dispatcher-1人办理" not in deputy.post("/desk/oneself/", follow=True).content.decode()


def test_a_form_of_ones_own_is_not_sent_in_anothers_name(village: Any) -> None:
    """Two pages of one browser: whoever goes over makes what is open on the other page stale."""
    made = delegate(village, "dispatcher-1", "dispatcher-2")
    deputy = client(village, "dispatcher-2", enforce_csrf_checks=True)
    number = ticket(village).number

    def token() -> str:
        return str(deputy.get(f"/desk/matters/{number}/").content.decode().split('X-CSRFToken": "')[1].split('"')[0])

    as_oneself = token()
    over = deputy.post(f"/desk/delegations/{made}/act/", {"csrfmiddlewaretoken": as_oneself})
    assert over.status_code == 302
    late = {"csrfmiddlewaretoken": as_oneself, "unit": "water", "version": "1"}
    assert deputy.post(f"/desk/matters/{number}/do/assign/", late).status_code == 403
    fresh = deputy.post(f"/desk/matters/{number}/do/assign/", late | {"csrfmiddlewaretoken": token()})
    assert fresh.status_code == 302


def test_what_comes_after_the_end_is_not_done_in_ones_own_name(village: Any) -> None:
    made, opened = delegate(village, "dispatcher-1", "dispatcher-2"), ticket(village)
    deputy = client(village, "dispatcher-2")
    deputy.post(f"/desk/delegations/{made}/act/")
    with as_owner():
        Delegation.objects.filter(pk=made).update(until=datetime.now(UTC) - timedelta(microseconds=1))
    answer = deputy.post(f"/desk/matters/{opened.number}/do/assign/", {"unit": "water", "version": "1"})
    assert answer.status_code == 409
    assert "代办已经结束" in answer.content.decode()
    with acting_as(village.system):
        assert not Entry.objects.filter(matter=opened.id, action="assign").exists()
    assert "代办已结束" in deputy.get("/desk/").content.decode(), "and the next page says who one is now"
    with acting_as(village.as_("dispatcher-2")) as asker:
        assert queries.matters(asker, queries.Filter(scope="mine")).count() >= 1
