"""A draft that was sent back and drafted anew: what lies there now counts, with what it asks and who drafted it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.district import make_district
from yiwang.matters import auditing, queries, store
from yiwang.org.session import acting_as
from yiwang.why import Incomplete, Refusal

REPLY = """
matter: reply
title: {zh: 复文, en: Reply}
version: 2026-01-01
reference: 试验规则
prefix: FW
opens: {desk: {by: [dispatcher], fields: [title, text, unit]}}
form: {text: {type: text, title: {zh: 内容, en: Text}, required: true}}
asks:
  sort: {type: enum, title: {zh: 类别, en: Sort}, values: {now: {zh: 已办, en: Done}, later: {zh: 承诺, en: Promised}}}
  day: {type: date, title: {zh: 承诺日期, en: Day}, asked_when: form.sort = 'later'}
  seen: {type: text, title: {zh: 所见, en: Seen}}
stages:
  got: {title: {zh: 待拟, en: Got}, owner: unit}
  drafted: {title: {zh: 待签, en: Drafted}, owner: unit}
  over: {title: {zh: 办结, en: Over}, final: true}
needs: [unit]
actions:
  look: {title: {zh: 查看, en: Look}, from: got, by: unit, needs: [seen]}
  draft: {title: {zh: 拟稿, en: Draft}, from: got, to: drafted, by: unit, needs: [sort, day]}
  back: {title: {zh: 退回, en: Send back}, from: drafted, to: got, by: unit, at_most: 5}
  sign: {title: {zh: 签发, en: Sign}, from: drafted, to: over, by: unit, unlike: [draft, look]}
clocks: {replying: {title: {zh: 复, en: Replying}, starts: got, stops: over, limit: 9 workdays}}
"""


@pytest.fixture(scope="module")
def district(database: str) -> Any:
    return make_district(lambda pack: (pack / "matters" / "reply.yaml").write_text(REPLY, "utf-8"))


@pytest.fixture
def reply(district: Any) -> Any:
    with acting_as(district.system) as asker:
        return store.open_matter(asker, "reply", {"title": "来信", "text": "请答复", "unit": "water"})


def do(district: Any, post: str, reply: Any, action: str, **data: Any) -> Any:
    with acting_as(district.as_(post)) as asker:
        return store.act(asker, reply.id, action, data).state


def test_what_the_new_draft_does_not_ask_for_is_said_no_more(district: Any, reply: Any) -> None:
    """A day was promised; the new draft promises none, and no letter may."""
    assert do(district, "water-1", reply, "draft", sort="later", day="2027-06-01")["form.day"] == "2027-06-01"
    do(district, "water-2", reply, "back")
    assert do(district, "water-1", reply, "draft", sort="now")["form.day"] is None
    with acting_as(district.system) as asker:
        whole = queries.one(asker, pk=reply.id)
        assert whole is not None
        assert (whole.state["form.sort"], whole.state.get("form.day")) == ("now", None)
        assert auditing.verify(asker, reply.number).whole


def test_what_is_asked_is_asked_again(district: Any, reply: Any) -> None:
    do(district, "water-1", reply, "draft", sort="later", day="2027-06-01")
    do(district, "water-2", reply, "back")
    with pytest.raises(Incomplete) as wrong:
        do(district, "water-1", reply, "draft", sort="later")
    assert wrong.value.fields.keys() == {"day"}
    assert do(district, "water-1", reply, "draft", sort="later", day="2027-07-01")["form.day"] == "2027-07-01"


def test_who_drafted_once_may_sign_what_another_drafted(district: Any, reply: Any) -> None:
    """Else whoever helped out once could never sign it, and it would lie there for good."""
    do(district, "water-1", reply, "draft", sort="now")
    do(district, "water-2", reply, "back")
    do(district, "water-2", reply, "draft", sort="now")
    with pytest.raises(Refusal):
        do(district, "water-2", reply, "sign")
    assert do(district, "water-1", reply, "sign")["stage"] == "over"


def test_who_added_to_it_stays_one_of_those_who_did(district: Any, reply: Any) -> None:
    """What is done without handing it on adds to what was done before: nobody of them signs."""
    do(district, "water-1", reply, "look", seen="一处")
    do(district, "water-2", reply, "look", seen="又一处")
    do(district, "water-2", reply, "draft", sort="now")
    with pytest.raises(Refusal):
        do(district, "water-1", reply, "sign")
