# ruff: noqa: E501 (a kind is easier to read with an action on a line)
"""An outcome opens or links another matter that goes its own way; both pages show it, and a reason undoes it (R2.1)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.packs.checking import problems
from tests.support.clients import client
from tests.support.district import make_district, write_pack
from tests.support.tickets import at, do, ticket
from yiwang.matters import causing, link_queries, queries, store
from yiwang.matters.auditing import differences
from yiwang.matters.linked import LED_TO
from yiwang.matters.models import Entry, Link, Matter
from yiwang.org import session
from yiwang.org.queries import facts
from yiwang.org.session import acting_as, as_owner
from yiwang.why import Incomplete, NotThere, Refusal

DANGER = "井盖下面的管壁已经悬空"
CAUSES = """causes:
  dangers: {kind: grid_event, title: {zh: 发现的险情, en: dangers found}, undo: dispatcher}
asks:
  danger: {type: text, title: {zh: 险情, en: What is dangerous}, at_least: 4, at_most: 400}
  danger_known: {type: matter, of: [grid_event], title: {zh: 已有案件编号, en: Number of a known one}}
"""
HANDLES = "    may: [photos_before, photos_after, files]\n    handles: true\n"
OPENS = """    may: [photos_before, photos_after, files, danger, danger_known]
    opens:
      - {as: dangers, when: form.danger is not null, fills: {text: danger}}
      - {as: dangers, matter: danger_known}
    handles: true
"""


def leading(pack: Path) -> None:
    """An answer on the hotline may lead to an event of the grid."""
    file = pack / "matters" / "hotline.yaml"
    text = file.read_text("utf-8").replace("asks:\n", CAUSES, 1)
    assert HANDLES in text
    file.write_text(text.replace(HANDLES, OPENS, 1), "utf-8")


@pytest.fixture(scope="module")
def district(database: str) -> Any:
    return make_district(leading)


def state(district: Any, matter: Any) -> Any:
    with acting_as(district.system) as asker:
        return queries.one(asker, pk=matter.id).state  # type: ignore[union-attr]


def handled(district: Any, day: str, **more: Any) -> Any:
    """A call that a bureau has taken up and can answer."""
    one = ticket(district, when=f"{day}T08:00", **more)
    do(district, "dispatcher-1", one, "assign", {"unit": "water"}, f"{day}T08:30")
    do(district, "water-1", one, "accept", {}, f"{day}T09:00")
    return one


def answer(district: Any, one: Any, day: str, **more: Any) -> None:
    do(district, "water-1", one, "answer", {"result": "已更换井盖", **more}, f"{day}T10:00")


def led_to(district: Any, one: Any, post: str = "dispatcher-1") -> list[str]:
    with acting_as(district.as_(post)) as asker:
        found = queries.one(asker, pk=one.id)
        assert found is not None
        return [row.number for row in link_queries.led_to(asker, found)]


def event(district: Any, day: str) -> Any:
    with acting_as(district.system) as asker:
        return store.open_matter(
            asker, "grid_event", {"title": "悬空", "category": "drain.cover"}, at=at(f"{day}T07:00")
        )


def undo(
    district: Any, one: Any, other: str, day: str, post: str = "dispatcher-1", why: str = "查明无关", **more: Any
) -> bool:
    with acting_as(district.as_(post)) as asker:
        return causing.undo(asker, one.id, other, why, at=at(f"{day}T11:00"), **more)


def whole(district: Any) -> list[Any]:
    with as_owner(), acting_as(session.system(district.id)) as asker:
        return [broken for one in differences(facts(asker), {}) for broken in one.broken]


def test_an_answer_opens_another_that_goes_its_own_way(district: Any) -> None:
    day = "2026-10-12"
    one = handled(district, day)
    answer(district, one, day, danger=DANGER)
    (number,) = led_to(district, one)
    assert state(district, one)[LED_TO] == 1
    with acting_as(district.system) as asker:
        there = queries.one(asker, number=number)
        assert there is not None
        assert (there.row.kind, there.row.text, there.row.lon) == ("grid_event", DANGER, 121.91)
        assert [row.pk for row in link_queries.came_from(asker, there)] == [one.id]
    # the one waits for nothing of the other
    do(district, "dispatcher-2", one, "verify", {"reached": True, "solved": True}, f"{day}T11:00")
    assert state(district, one)["stage"] == "closed"
    assert whole(district) == []


def test_an_answer_without_it_opens_nothing_and_one_that_is_there_is_linked(district: Any) -> None:
    day = "2026-10-13"
    known = event(district, day)
    plain, linked = handled(district, day), handled(district, day)
    answer(district, plain, day)
    assert led_to(district, plain) == []
    with acting_as(district.system):
        before = Matter.objects.count()
    with pytest.raises(Incomplete):  # the bureau does not see it, so for the bureau there is none
        answer(district, linked, day, danger_known=known.number)
    do(district, "dispatcher-1", known, "file", {}, f"{day}T07:10")
    do(district, "dispatcher-1", known, "dispatch", {"unit": "water"}, f"{day}T07:20")
    version = state(district, known)
    answer(district, linked, day, danger_known=known.number)
    assert led_to(district, linked) == [known.number]
    assert state(district, known) == version
    with acting_as(district.system):
        assert Matter.objects.count() == before
    assert whole(district) == []


def test_who_sees_one_side_learns_nothing_of_the_other(district: Any) -> None:
    day = "2026-10-14"
    one = handled(district, day)
    answer(district, one, day, danger=DANGER)
    (number,) = led_to(district, one)
    shown = client(district, "water-1").get(f"/desk/matters/{one.number}/").content.decode()
    assert number not in shown
    assert 'data-tied="led-to"' not in shown
    assert led_to(district, one, "water-1") == []
    with acting_as(district.as_("dispatcher-1")) as asker:
        store.act(asker, queries.key_of(asker, number).id, "file", {})
        store.act(asker, queries.key_of(asker, number).id, "dispatch", {"unit": "green"})
    other = client(district, "green-1").get(f"/desk/matters/{number}/").content.decode()
    assert DANGER in other
    assert one.number not in other
    assert 'data-tied="came-from"' not in other
    both = client(district, "dispatcher-1").get(f"/desk/matters/{number}/").content.decode()
    assert one.number in both


def test_a_number_that_a_form_names_shows_to_who_sees_that_matter(district: Any) -> None:
    """The street sees the call and not the event: it reads dots, beside the form and in the ledger."""
    day = "2026-10-22"
    known = event(district, day)
    do(district, "dispatcher-1", known, "file", {}, f"{day}T07:10")
    do(district, "dispatcher-1", known, "dispatch", {"unit": "water"}, f"{day}T07:20")
    one = handled(district, day)
    answer(district, one, day, danger_known=known.number)
    for post, shows in (("water-1", True), ("dispatcher-1", True), ("bei-1", False)):
        page = client(district, post).get(f"/desk/matters/{one.number}/").content.decode()
        assert one.number in page
        assert ((known.number in page), ("••••••" in page)) == (shows, not shows), post


def test_what_is_open_to_few_leads_to_what_is_open_to_as_few(district: Any) -> None:
    day = "2026-10-15"
    one = handled(district, day, category="litter.pile")
    answer(district, one, day, danger=DANGER)
    (number,) = led_to(district, one)
    with acting_as(district.system):
        there = Matter.objects.get(number=number)
    assert there.sensitivity >= state(district, one)["sensitivity"] > 0


def test_a_link_is_taken_away_once_with_a_reason_and_the_other_goes_on(district: Any) -> None:
    day = "2026-10-16"
    one = handled(district, day)
    answer(district, one, day, danger=DANGER)
    (number,) = led_to(district, one)
    for why in ("", "错", f"与 {number} 无关"):
        with pytest.raises(Incomplete):
            undo(district, one, number, day, why=why)
    with pytest.raises(NotThere):
        undo(district, one, number, day, "water-1")  # does not see the other
    with pytest.raises(NotThere):
        undo(district, one, "WG-20200101-0001", day)
    with pytest.raises(Refusal):
        undo(district, one, one.number, day)
    assert [undo(district, one, number, day, key="undo-1") for _ in range(2)] == [True, False]
    assert (led_to(district, one), state(district, one)[LED_TO]) == ([], 0)
    with acting_as(district.system) as asker:
        assert queries.one(asker, number=number).row.closed_at is None  # type: ignore[union-attr]
        assert Entry.objects.filter(matter=one.id, action__startswith="link.").count() == 2
    assert whole(district) == []


def test_two_who_take_it_away_at_once_do_it_once(district: Any) -> None:
    day = "2026-10-19"
    one = handled(district, day)
    answer(district, one, day, danger=DANGER)
    (number,) = led_to(district, one)

    def told(post: str) -> bool:
        try:
            return undo(district, one, number, day, post)
        except Refusal:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(told, ["dispatcher-1", "dispatcher-2"])) == [False, True]
    assert state(district, one)[LED_TO] == 0
    assert whole(district) == []


def test_on_the_page_it_is_shown_and_taken_away(district: Any) -> None:
    day = "2026-10-20"
    one = handled(district, day)
    answer(district, one, day, danger=DANGER)
    (number,) = led_to(district, one)
    desk = client(district, "dispatcher-1")
    page = desk.get(f"/desk/matters/{one.number}/").content.decode()
    assert "data-uncause" in page
    for said, status in (({"reason": "查明无关"}, 422), ({"other": number, "reason": "错"}, 422),
                         ({"other": number, "reason": "查明无关", "key": "u"}, 200)):  # fmt: skip
        assert desk.post(f"/desk/matters/{one.number}/uncause/", said, follow=True).status_code == status
    assert "data-uncause" not in desk.get(f"/desk/matters/{one.number}/").content.decode()
    with acting_as(district.system):
        assert not Link.objects.filter(from_matter=one.id, kind="caused").exists()


@pytest.mark.parametrize(
    "forged",
    [
        "DELETE FROM matters_link WHERE from_matter_id = {one} AND kind = 'caused'",
        "UPDATE matters_link SET to_matter_id = {third} WHERE from_matter_id = {one} AND kind = 'caused'",
        "INSERT INTO matters_link (district_id, from_matter_id, to_matter_id, kind)"
        " SELECT district_id, {third}, {one}, 'caused' FROM matters_matter WHERE id = {one}",
    ],
)
def test_a_forged_one_is_named(database: str, forged: str) -> None:
    district, day = make_district(leading), "2026-10-21"
    one, third = handled(district, day), ticket(district, when=f"{day}T08:00")
    answer(district, one, day, danger=DANGER)
    assert whole(district) == []
    with as_owner(), acting_as(session.system(district.id)), connection.cursor() as cursor:
        cursor.execute(forged.format(one=one.id, third=third.id))
    assert whole(district) != []


def test_kinds_that_lead_to_each_other_by_themselves_are_refused(tmp_path: Path) -> None:
    """There would never be a last one."""
    pack = write_pack(tmp_path / "pack", "999998")
    leading(pack)
    file = pack / "matters" / "grid_event.yaml"
    text = file.read_text("utf-8")
    bears = "  bear: {title: {zh: 再生, en: Bear}, from: closed, by: system, at_most: 1, does: {after: 1 day}, opens: [{as: more}]}\n"
    text = text.replace(
        "\nactions:\n",
        "\ncauses: {more: {kind: grid_event, title: {zh: 更多, en: more}, undo: dispatcher}}\nactions:\n" + bears,
    )
    file.write_text(text, "utf-8")
    assert any("opens grid_event by itself" in one for one in problems(pack)), problems(pack)
