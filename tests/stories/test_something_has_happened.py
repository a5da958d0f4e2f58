"""Something has happened: told within the half hour, units on the spot one by one, told again, ended by a last report.

Two units are sent; each says when it is there and when it is done. Nobody says what is new for five hours, and the
leaders of the district have it on their desk. What the incident leaves dangerous goes on as a hazard of its own.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.days import Days
from tests.support.parties import (
    People,
    act,
    ledger_of,
    offered,
    open_new,
    parts,
    picture,
    read,
    refused,
    seen,
    stage,
    waiting,
    waits,
)

pytestmark = pytest.mark.browser

DISPATCHER, REVIEWER, LEADER, ELSEWHERE = "shijing", "liangyunqi", "yansongnian", "maowanqing"
SENT = {"bureau-fire": "xiangwenbo", "street-qinghe": "jinchunyan"}
PARTIES = (LEADER, *SENT.values())  # beside those of the demo's sign-ins


def test_something_has_happened(who: People, days: Days) -> None:
    dispatcher = who(DISPATCHER)
    said = {"title": "清河路沿街商铺起火", "text": "一楼餐饮店起火，浓烟进了楼道", "address": "清河路 88 号"}
    happened = f"{days.now() - timedelta(minutes=20):%Y-%m-%dT%H:%M}"
    number, _ = open_new(
        dispatcher, "incident", **said, street="street-qinghe", first_level="iii", happened_at=happened, hurt="0",
        affected=["traffic", "homes"], contact="值班长", contact_phone="13800138000",
    )  # fmt: skip
    act(dispatcher, number, "first_report", teams=list(SENT))
    assert stage(dispatcher) == "处置中"
    assert "还有单位没有报告处置完毕" in read(dispatcher, number)
    assert waits(who(LEADER), number)
    assert not seen(who(ELSEWHERE), number)

    # each unit has one thing to do: to be there, and to say so
    under = parts(dispatcher, number)
    called = {unit: [one for one in waiting(who(clerk), "arrival") if one in under] for unit, clerk in SENT.items()}
    assert [len(numbers) for numbers in called.values()] == [1, 1]
    ((fire,), (street,)) = called.values()
    assert not seen(who(SENT["bureau-fire"]), street)
    for unit, own in (("bureau-fire", fire), ("street-qinghe", street)):
        assert "清河路 88 号" in read(who(SENT[unit]), own)
        act(who(SENT[unit]), own, "arrive")
    act(who(SENT["bureau-fire"]), fire, "finish", what_was_done="明火扑灭，疏散 12 人", files=picture())
    assert "finish" not in offered(who(SENT["bureau-fire"]))
    act(dispatcher, number, "follow_up", what_is_new="明火已扑灭，一人轻伤送医", hurt="1")

    # five hours without a word: the platform says so, and to whom
    who.go_home()
    days.go_by(hours=5)
    dispatcher = who(DISPATCHER)
    assert "续报逾期" in read(dispatcher, number)
    assert waits(who(LEADER), number)
    act(dispatcher, number, "follow_up", what_is_new="街道在做楼道清理，居民已返回")
    assert "finish" not in offered(dispatcher)
    act(who(SENT["street-qinghe"]), street, "finish", what_was_done="安置 8 户，清理楼道")

    # the last report names what stays dangerous, and it goes on as a hazard
    refused(
        dispatcher,
        number,
        "finish",
        final_report="火灾扑灭，一人轻伤，原因初判为油烟管道",
        hazard_left="油烟管道穿楼道",
    )
    assert dispatcher.locator("#finish-hazard_left_level-wrong").is_visible()
    dispatcher.locator("[name=hazard_left_level]").select_option("major")
    dispatcher.locator("form[action$='/do/finish/'] [data-send]").click()
    dispatcher.wait_for_load_state()
    assert stage(dispatcher) == "待复盘"
    (hazard,) = [one for one in waiting(dispatcher, "hazard") if "油烟管道穿楼道" in read(dispatcher, one)]
    assert number in read(dispatcher, hazard)

    # somebody else looks back, and it is filed
    assert "review_it" not in offered(dispatcher)
    act(who(REVIEWER), number, "review_it", lessons="餐饮油烟管道应纳入月度检查，楼道不得封堵")
    assert stage(who(REVIEWER)) == "已归档"
    assert not waits(who(LEADER), number)
    assert not seen(who(ELSEWHERE), number)
    assert set(ledger_of(days.site, number, fire, street, hazard).values()) == {""}
