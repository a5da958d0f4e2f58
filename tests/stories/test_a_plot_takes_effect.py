"""A plot takes effect: 400 certificates, 85 per cent, and 84.75 is not 85, whoever would like to round.

The residents are asked, the street counts what is signed, and with the 340th signature the platform says by itself that
the agreement has taken effect. Another plot has too few by its last day, and ends.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.days import BY_ITSELF, Days
from tests.support.parties import (
    People,
    act,
    ledger_of,
    mend,
    offered,
    open_new,
    picture,
    read,
    refused,
    seen,
    stage,
    waits,
)

pytestmark = pytest.mark.browser

CLERK, DISPATCHER, SUPERVISOR, ELSEWHERE = "jinchunyan", "shijing", "liangyunqi", "maowanqing"
PARTIES = ()  # those of the demo's sign-ins are enough


def signing(who: People, days: Days, title: str) -> str:
    """A plot of 400 certificates whose residents are willing, to be signed within twenty days."""
    number, _ = open_new(
        who(SUPERVISOR), "plot", title=title, text="成片二级以下旧里，共 400 证", street="street-qinghe",
        certificates="400", households="520", share_needed="85",
    )  # fmt: skip
    act(who(DISPATCHER), number, "begin", unit="street-qinghe")
    clerk = who(CLERK)
    sign_by = f"{days.now() + timedelta(days=20):%Y-%m-%d}"
    assert "90%" in refused(clerk, number, "first_round", willing="359", sign_by=sign_by, files=picture())
    mend(clerk, "first_round", willing="360")
    return number


def test_a_plot_takes_effect(who: People, days: Days) -> None:
    number, short = signing(who, days, "河埠头地块旧改"), signing(who, days, "船厂里地块旧改")
    clerk = who(CLERK)
    assert "签约数不能多于凭证数" in refused(clerk, number, "count_signed", signed="401")
    assert "84.75" in act(clerk, number, "count_signed", signed="339")
    act(clerk, short, "count_signed", signed="339")
    days.work(BY_ITSELF)
    read(clerk, number)
    assert stage(clerk) == "签约期"
    act(clerk, number, "count_signed", signed="340")
    days.work(BY_ITSELF)
    read(clerk, number)
    assert stage(clerk) == "已生效待搬迁"
    assert not seen(who(ELSEWHERE), number)

    # its last day passes, and the other has one signature too few
    who.go_home()
    days.go_by(days=22)
    clerk, supervisor = who(CLERK), who(SUPERVISOR)
    read(clerk, short)
    assert stage(clerk) == "未达比例终止"
    assert not waits(clerk, short)

    # everybody has moved; whoever says so does not check it
    act(clerk, number, "moved", note="最后一户已搬离", files=picture())
    assert "check_plot" not in offered(clerk)
    act(supervisor, number, "not_yet", reason="北侧围挡未封闭")
    act(clerk, number, "moved", files=picture())
    act(supervisor, number, "check_plot")
    assert stage(supervisor) == "已收尾"
    assert not seen(who(ELSEWHERE), number)
    assert set(ledger_of(days.site, number, short).values()) == {""}
