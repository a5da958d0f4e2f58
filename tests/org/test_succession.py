"""Somebody takes over a post: open work follows the post without another document, history keeps the person (R5.4)."""

from __future__ import annotations

import pytest

from tests.support.tickets import do, ticket


@pytest.fixture
def district(database):
    from tests.support.district import make_district

    return make_district()


def people(district, *rows):
    """Load the pack again with these lines added to its list of people."""
    from yiwang.packs import loading

    file = district.folder / "people.csv"
    lines = [f"{name}.{district.code},{name},{post},{since}" for name, post, since in rows]
    file.write_text(file.read_text("utf-8") + "\n".join([*lines, ""]), "utf-8")
    assert loading.load(district.folder) == district.id


def holder(district, username):
    from django.contrib.auth.models import User

    from yiwang.org import session

    return session.asker_of_user(User.objects.get(username=f"{username}.{district.code}").pk)


def test_open_work_follows_the_post_and_history_keeps_the_person(district):
    from yiwang.matters import queries, store
    from yiwang.org.queries import person_names
    from yiwang.org.session import acting_as

    one = ticket(district)
    do(district, "dispatcher-1", one, "assign", {"unit": "water"}, "2026-10-12T10:20")
    do(district, "water-1", one, "accept", when="2026-10-12T11:00")
    people(district, ("successor", "water-1", "2026-10-14"))

    assert holder(district, "water-1").posts == ()
    successor = holder(district, "successor")
    with acting_as(successor) as asker:
        assert queries.one(asker, pk=one.id) is not None
        store.act(asker, one.id, "answer", {"result": "已疏通"})
    with acting_as(district.system) as asker:
        entries = queries.one(asker, pk=one.id).entries
        names = person_names(asker, [entry.person_id for entry in entries if entry.person_id])
        said = [(entry.action, names.get(entry.person_id)) for entry in entries]
    assert said[-2:] == [("accept", "water-1人"), ("answer", "successor")]
    assert len({entry.post_id for entry in entries[-2:]}) == 1


def test_who_begins_later_waits_and_who_begin_together_share(district):
    tomorrow_and_more = "2199-01-01"
    people(district, ("later", "green-1", tomorrow_and_more), ("beside", "bei-1", "2024-01-01"))
    assert holder(district, "later").posts == ()
    assert [post.code for post in holder(district, "green-1").posts] == ["green-1"]
    assert [post.code for post in holder(district, "beside").posts] == ["bei-1"]
    assert [post.code for post in holder(district, "bei-1").posts] == ["bei-1"]


def test_a_post_is_passed_on_more_than_once(district):
    from yiwang.org.models import Appointment
    from yiwang.org.session import acting_as

    people(district, ("second", "nan-1", "2025-01-01"), ("third", "nan-1", "2026-01-01"))
    people(district)  # loading again changes nothing
    with acting_as(district.system):
        rows = Appointment.objects.filter(district=district.id, post__code="nan-1").order_by("since")
        held = [(row.person.name, str(row.since), str(row.until)) for row in rows.select_related("person")]
    assert held == [
        ("nan-1人", "2024-01-01", "2025-01-01"),
        ("second", "2025-01-01", "2026-01-01"),
        ("third", "2026-01-01", "None"),
    ]
