"""A deputy proposes: a bureau answers after two others were heard, its head signs, the deputy has the last word.

The deputy reads the answer on their telephone and is not content; the second answer promises a day, the promise is
reported kept, sent back for proof, and struck off by the supervisor.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.support.days import Days
from tests.support.parties import (
    People,
    act,
    follow,
    ledger_of,
    mend,
    offered,
    open_new,
    parts,
    picture,
    read,
    refused,
    say,
    seen,
    stage,
    usual,
    waiting,
    waits,
)

pytestmark = pytest.mark.browser

SUPERVISOR, ELSEWHERE = "liangyunqi", "maowanqing"
LEAD, LEADS_HEAD = "weiminglang", "heruochuan"  # of the construction bureau
ASKED = {"bureau-planning": "mengyuee", "street-qinghe": "jinchunyan"}
DEPUTY, PHONE = "柏松涛", "13800138000"
PARTIES = (LEAD, LEADS_HEAD, *ASKED.values())  # beside those of the demo's sign-ins


def test_a_deputy_proposes(who: People, days: Days) -> None:
    supervisor, lead, head = who(SUPERVISOR), who(LEAD), who(LEADS_HEAD)
    number, code = open_new(
        supervisor, "proposal", title="在清河路增设过街天桥", text="学校门口早晚高峰过街难，建议增设天桥",
        session_of="十七届三次", key_item="true", reporter_name=DEPUTY, reporter_phone=PHONE,
    )  # fmt: skip
    act(supervisor, number, "hand_over", unit="bureau-construction", others=list(ASKED))
    read(lead, number)
    assert usual(lead) == "accept"
    act(lead, number, "accept")
    assert not seen(who(ELSEWHERE), number)

    # nothing is answered before the talk with the deputy and before both opinions are there
    assert "先与代表沟通，并等会办意见到齐" in read(lead, number)
    act(lead, number, "talk", talk="与代表现场看了路口，代表希望明年开工")
    opinions = parts(lead, number)
    for clerk in ASKED.values():
        read(lead, number)
        assert "draft_answer" not in offered(lead)
        (opinion,) = [one for one in waiting(who(clerk), "opinion") if one in opinions]
        act(who(clerk), opinion, "give", view="同意，红线内可落桥墩")
        assert PHONE not in read(who(clerk), opinion)

    # a promise names its day, and it lies ahead
    refused(lead, number, "draft_answer", answer="列入明年计划，年内完成设计", answer_class="b")
    assert lead.locator("#draft_answer-promised_on-wrong").is_visible()
    promised = f"{days.now() + timedelta(days=40):%Y-%m-%d}"
    mend(lead, "draft_answer", promised_on=promised)
    assert "sign_answer" not in offered(lead)

    # the head wants it plainer, and signs it then
    assert waits(head, number)
    act(head, number, "improve", reason="写明设计和开工的月份")
    act(lead, number, "draft_answer", answer="明年三月完成设计，九月开工", answer_class="b", promised_on=promised)
    act(head, number, "sign_answer")

    # the deputy is not content, says why, and reads the second answer where they read the first
    phone = who.outside()
    assert "九月开工" in follow(phone, number, code)
    say(phone, "say_content", deputys_mind="deputy_discontented", deputys_word="九月开工太晚，开学前要用")
    assert "九月开工太晚" in read(lead, number)
    act(lead, number, "talk", talk="商定提前到六月开工，八月底通行")
    act(lead, number, "draft_answer", answer="六月开工，八月底通行", answer_class="b", promised_on=promised)
    act(head, number, "sign_answer")
    assert "八月底通行" in follow(phone, number, code)
    say(phone, "say_content", deputys_mind="deputy_content")

    # content, but the promise stays open until it is kept and somebody else has seen it
    assert stage_of(lead, number) == "承诺待落实"
    act(lead, number, "report_kept", proof="天桥已通行", files=picture())
    act(supervisor, number, "not_kept", reason="缺通行验收单")
    act(lead, number, "report_kept", proof="附验收单，天桥八月二十日通行", files=picture("验收单.jpg"))
    act(supervisor, number, "confirm_kept")
    assert stage(supervisor) == "已办结"
    assert "承诺已经落实" in read(supervisor, number)
    assert not waits(lead, number)
    assert not seen(who(ELSEWHERE), number)
    assert "办结" in follow(phone, number, code)
    assert set(ledger_of(days.site, number, *opinions).values()) == {""}


def stage_of(page: Any, number: str) -> str:
    read(page, number)
    return stage(page)
