"""Personal data: masked where written, opened for a purpose, corrected and erased while the ledger holds (R9.3)."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import connection

from tests.matters.personal import PHONE, SAID, SHOWN, received
from tests.support.clients import client
from tests.support.district import make_district
from tests.support.tickets import at, do, ticket
from yiwang.desk.shown import purposes_of
from yiwang.matters import auditing, disclosure, erasing, queries
from yiwang.matters.models import Entry, Matter, Plain
from yiwang.matters.reported import Reported
from yiwang.org.personal import masked
from yiwang.org.queries import facts, readings_of
from yiwang.org.readings import Readings, over_today, readings
from yiwang.org.session import acting_as, as_owner
from yiwang.why import Incomplete, Refusal


@pytest.fixture
def said(district):
    return received(district, SAID, reporter=Reported("欧阳守拙", PHONE, "霜桥路99弄17号楼1908室"))


def opened(district, one, post="dispatcher-1", purpose="call_back", reason="回电核实地址", **more):
    with acting_as(district.as_(post)) as asker:
        return disclosure.unmask(asker, one.id, purpose, reason, **more)


def whole(district, one):
    """What `yiwang ledger verify NUMBER` finds wrong."""

    with as_owner(), acting_as(district.system) as asker:
        return [found.words.speak("en") for each in auditing.audited(facts(asker), one.number) for found in each.broken]


def forged(sql, *params):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.rowcount


def test_row_entry_and_search_hold_the_mask_and_the_plain_words_open_for_a_purpose(district, said):
    with acting_as(district.system):
        row = Matter.objects.get(pk=said.id)
        kept = Entry.objects.get(matter=row, seq=1)
        assert (row.title, row.text) == (SHOWN, SHOWN)
        assert (kept.delta["title"], kept.delta["form.text"]) == (SHOWN, SHOWN)
        assert set(kept.data["personal.sealed"]) == {"title", "text"}
        assert not Plain.objects.exists()  # closed, also to the platform
    found = opened(district, said)
    assert (found.reporter.phone, found.said["text"], found.said["title"]) == (PHONE, SAID, SAID)
    assert whole(district, said) == []
    with acting_as(district.as_("dispatcher-1")):
        assert not Plain.objects.exists()  # closed again


def test_an_action_says_it_masked_too_and_its_reason_in_a_pause_as_well(district, said):
    do(district, "dispatcher-1", said, "assign", {"unit": "water", "note": f"回电{PHONE}"}, "2026-10-12T10:20")
    do(district, "water-1", said, "accept", when="2026-10-12T11:00")
    paused = do(district, "dispatcher-1", said, "suspend", {"reason": f"等{PHONE}回国"}, "2026-10-12T12:00")
    assert paused.state["clock.handling.pauses"][0][2] == "等100****6789回国"
    with acting_as(district.system):
        for entry in Entry.objects.filter(matter=said.id):
            assert PHONE not in f"{entry.data}{entry.delta}"
    assert opened(district, said).then[(2, "note")] == f"回电{PHONE}"
    assert whole(district, said) == []


def test_who_reported_is_masked_in_what_others_write_about_the_matter(district, said):
    """No word before the name tells that it is one: it is known from the form, whoever writes and reads it."""

    do(district, "dispatcher-1", said, "assign", {"unit": "water"}, "2026-10-12T10:30")
    do(district, "water-1", said, "accept", {}, "2026-10-12T10:40")
    result = "经与欧阳守拙沟通，同意周三上门；欧阳锋公园北门的灯已修"
    do(district, "water-1", said, "answer", {"result": result}, "2026-10-12T11:00")
    with acting_as(district.as_("water-1")) as asker:
        row = Matter.objects.get(pk=said.id)
        shown = "经与欧阳**沟通，同意周三上门；欧阳锋公园北门的灯已修"
        assert queries.state_of(asker, row)["form.result"] == shown
        assert Entry.objects.get(matter=row, action="answer").data["result"] == shown
        assert not queries.matters(asker, queries.Filter(q="欧阳守拙沟通")).exists()
    assert opened(district, said).said["result"] == result
    assert whole(district, said) == []


def test_what_is_masked_wherever_it_stands_is_not_found_by_its_stars(district, said):
    """A room is searched for as its mask, and its mask alone would be everybody's."""

    with acting_as(district.as_("dispatcher-1")) as asker:
        for typed, found in (("1908室", False), ("****", False), ("霜桥路99弄17号楼1908室", True)):
            wanted = queries.Filter.of({"q": typed})
            assert queries.matters(asker, wanted).filter(pk=said.id).exists() is found, typed


@pytest.mark.parametrize(
    ("forgery", "told"),
    [
        ("UPDATE matters_plain SET text = text || '，另有其人' WHERE matter_id = %s AND field = 'text'", "text"),
        ("DELETE FROM matters_plain WHERE matter_id = %s AND field = 'text'", "text"),
        ("UPDATE matters_reporter SET phone = '10099999999' WHERE matter_id = %s", "reporter"),
        ("DELETE FROM matters_reporter WHERE matter_id = %s", "reporter"),
    ],
)
def test_verify_finds_plain_words_that_were_changed_or_taken_away_without_a_word(district, said, forgery, told):
    assert forged(forgery, said.id) == 1
    assert any(told in one for one in whole(district, said))


def test_erased_is_gone_the_chain_holds_and_it_shows_as_erased(district, said):
    with pytest.raises(Refusal, match="事由"):
        erasing.erase(district.system, said.number, " ")
    with pytest.raises(Refusal):
        erasing.erase(district.as_("dispatcher-1"), said.number, "本人要求删除")
    found = erasing.erase(district.system, said.number, f"本人{PHONE}要求删除")
    assert ([name for _, name in found.fields], found.reporter) == (["text", "title"], True)
    assert whole(district, said) == []
    for table in ("matters_plain", "matters_reporter", "matters_number"):
        assert forged(f"SELECT FROM {table} WHERE matter_id = %s", said.id) == 0
    empty = opened(district, said)
    assert (empty.reporter.name, empty.said) == ("", {})
    with acting_as(district.system) as asker:
        one = queries.one(asker, number=said.number)
        assert one.state["reporter.erased"]
        assert one.entries[-1].data["reason"] == "本人100****6789要求删除"
        assert one.row.text == SHOWN
    assert erasing.erase(district.system, said.number, "再来一次").fields == []
    with acting_as(district.system) as asker:
        assert len(queries.one(asker, number=said.number).entries) == len(one.entries)


def test_corrected_is_put_right_and_the_words_before_are_gone(district, said):
    erasing.correct(district.system, said.number, "text", "我叫王芳，电话10011112222，弄口路灯不亮", "本人更正")
    erasing.correct(district.system, said.number, "reporter.phone", "10011112222", "本人更正")
    with pytest.raises(Refusal):
        erasing.correct(district.system, said.number, "stage", "closed", "本人更正")
    for name, wrong in (("phone", "abc"), ("phone", "1" * 41), ("name", "王" * 81)):
        with pytest.raises(Incomplete):
            erasing.correct(district.system, said.number, f"reporter.{name}", wrong, "本人更正")
    assert whole(district, said) == []
    found = opened(district, said)
    assert (found.said["text"], found.reporter.phone) == ("我叫王芳，电话10011112222，弄口路灯不亮", "10011112222")
    assert SAID not in [text for (_, name), text in found.then.items() if name == "text"]
    with acting_as(district.as_("dispatcher-1")) as asker:
        one = queries.one(asker, number=said.number)
        assert (one.row.text, one.state["reporter.phone"]) == ("我叫王*，电话100****2222，弄口路灯不亮", "100****2222")
        wanted = disclosure.matters_of_number(asker, "100-1111-2222", "call_back", "查找来电")
        assert said.number in [row.number for row in wanted]


def test_what_was_written_before_masks_is_swept_and_shown_masked(district, said):
    """A matter as an older release wrote it: plain in row, search and first entry."""

    before = received(district, "弄口路灯不亮")
    forged("ALTER TABLE matters_entry DISABLE TRIGGER USER")
    forged("UPDATE matters_matter SET title = %s, text = %s WHERE id = %s", SAID, SAID, before.id)
    forged(
        "UPDATE matters_entry SET delta = delta || jsonb_build_object('title', %s::text, 'form.text', %s::text)"
        " WHERE matter_id = %s",
        SAID, SAID, before.id,
    )  # fmt: skip
    forged("ALTER TABLE matters_entry ENABLE TRIGGER USER")
    assert before.number in list(erasing.sweep(district.system))
    assert list(erasing.sweep(district.system)) == []
    page = client(district, "dispatcher-1").get(f"/desk/matters/{before.number}/").content.decode()
    assert SHOWN in page
    assert not re.search(f"{PHONE}|1908室|守拙", page)
    with acting_as(district.system) as asker:
        assert queries.one(asker, number=before.number).row.title == SHOWN
    assert opened(district, before).said["text"] == SAID


# --- who may, what for, how often -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("post", "purpose", "reason", "why"),
    [
        ("dispatcher-1", "aaaa", "回电核实地址", "用途"),
        ("dispatcher-1", "call_back", "aaaa", "事由"),
        ("dispatcher-1", "call_back", " 要 ", "事由"),
        ("supervisor", "call_back", "回电核实地址", "不能查看"),
        ("head", "call_back", "回电核实地址", "不能查看"),
        ("auditor", "call_back", "回电核实地址", "不能查看"),
        ("bei-1", "call_back", "回电核实地址", "本件不由您经办"),
    ],
)
def test_nobody_reads_it_without_a_real_purpose_and_the_matter_in_hand(district, said, post, purpose, reason, why):
    do(district, "dispatcher-1", said, "assign", {"unit": "water"}, "2026-10-12T10:20")
    with pytest.raises(Refusal, match=why):
        opened(district, said, post, purpose, reason)

    with acting_as(district.system) as asker:
        assert readings_of(asker, f"matter:{said.number}") == []


def test_purposes_stand_in_the_packs_order(district):
    with acting_as(district.system) as asker:
        assert [code for code, _ in purposes_of(asker)] == ["call_back", "visit", "identity", "survey"]


def test_whose_hands_it_left_reads_no_more(district, said):

    do(district, "dispatcher-1", said, "assign", {"unit": "water"}, "2026-10-12T10:20")
    assert opened(district, said, "water-1").reporter.phone == PHONE
    do(district, "water-1", said, "refuse", {"basis": "不属本局", "suggested_unit": "green"}, "2026-10-12T11:00")
    do(district, "dispatcher-1", said, "assign", {"unit": "green"}, "2026-10-12T11:10")
    with pytest.raises(Refusal, match="本件不由您经办"):
        opened(district, said, "water-1")


def test_a_day_has_a_limit_and_the_auditor_is_told_before(database):
    from yiwang.matters import auditing  # noqa: F401

    def few(pack):
        path = pack / "personal.yaml"
        path.write_text(re.sub(r"a_day: .*", "a_day: {notice: 2, at_most: 3}", path.read_text("utf-8")), "utf-8")

    small = make_district(few)
    one = ticket(small, reporter=Reported("王小明", PHONE))
    assert [opened(small, one).noticed for _ in range(3)] == [False, False, True]
    with pytest.raises(Refusal, match="上限"):
        opened(small, one)
    assert opened(small, one, "dispatcher-2").nth == 1
    with acting_as(small.as_("auditor")) as asker:
        assert over_today(asker) == 1
        listed = readings(asker, Readings.of({}))
        assert (listed.n, [(day.n, day.over) for day in listed.days]) == (4, [(3, True), (1, False)])
        assert readings(asker, Readings.of({"over": "1"})).n == 1
    with acting_as(small.as_("dispatcher-1")) as asker:
        assert (over_today(asker), readings(asker, Readings.of({})).n) == (0, 0)


def test_two_at_once_count_one_after_the_other(district, said):
    """The limit of a day cannot be run past by asking several times at the same moment."""

    def ask(_):
        try:
            return opened(district, said, "dispatcher-2").nth
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(ask, range(6)))
    assert len(set(told)) == 6


def test_a_whole_number_finds_its_matters_and_nothing_else_does(district, said):
    def found(post, number, purpose="call_back"):
        with acting_as(district.as_(post)) as asker:
            return [row.number for row in disclosure.matters_of_number(asker, number, purpose, "来电人再次来电")]

    assert said.number in found("dispatcher-1", "１００－２３４５－６７８９")
    for number in ("10023456788", "6789", "不是号码", "10023456789 10023456780"):
        with suppress(Refusal):
            assert said.number not in found("dispatcher-1", number)
    with pytest.raises(Refusal, match="不能查看"):
        found("auditor", PHONE)
    with pytest.raises(Refusal, match="用途"):
        found("dispatcher-1", PHONE, "aaaa")
    assert said.number not in found("nan-1", PHONE)  # out of sight
    do(district, "dispatcher-1", said, "assign", {"unit": "bei", "category": "litter.pile"}, "2026-10-12T10:20")
    assert said.number not in found("bei-1", PHONE)  # complained about: R2.15


def test_the_auditors_page_lists_readings_and_is_for_auditors_alone(district, said):
    opened(district, said, reason=f"回电{PHONE}核实")
    page = client(district, "auditor").get("/desk/readings/").content.decode()
    assert said.number in page
    assert "回电100****6789核实" in page
    assert client(district, "dispatcher-1").get("/desk/readings/").status_code == 404
    asked = {"purpose=x": 200, "since=9999-99-99": 422, "name=%00": 400}  # the last would ask for everybody
    assert {one: client(district, "auditor").get(f"/desk/readings/?{one}").status_code for one in asked} == asked


def test_instants_and_codes_are_never_taken_for_personal(district, said):
    for value in (at("2026-10-12T10:20").isoformat(), said.number, "bureau-water", "a" * 64, "990106001001001"):
        assert masked(value) == value
