"""A bad rating is put right: two stars with a reason open a matter at the unit, to be called the same day (R3.14).

A resident applies for a permit in the portal and gets it; two stars with a reason, and the unit that handled it has a
matter of its own in its inbox in the same moment, while two stars without a reason open none. The unit calls, mends and
reports; somebody else calls the resident back. Nobody changes what the resident said, and the page says what it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.desks import do, follow, opened, send_report
from tests.support.passwords import give
from tests.support.photo import photo
from tests.support.site import demo_password

pytestmark = pytest.mark.browser

DISPATCHER, CLERK, HEAD, SUPERVISOR = "shijing", "mifang", "zhumuyang", "liangyunqi"
REASON = "同一份材料交了两次，窗口说得不清楚"


@pytest.fixture(scope="module")
def desks(browser: Any, site: Any) -> Iterator[Any]:
    """`desks(username)`: a person's own page, a passer-by's without a name; an error fails the story."""
    give(site, demo_password(), CLERK, HEAD, SUPERVISOR)
    pages: dict[str, Any] = {}
    with opened(browser, site, 422) as open_desk:

        def once(username: str = "", width: int = 1440) -> Any:
            if username not in pages or not username:
                pages[username] = open_desk(username, width)
            return pages[username]

        yield once


def permit(desks: Any, text: str) -> Any:
    """A permit that a resident applied for, on their telephone and given: the page on which they follow it."""
    phone = desks(width=390)
    phone.goto("/portal/report/?kind=licence")
    phone.fill("[name=text]", text)
    phone.select_option("[name=applicant]", "firm")
    phone.fill("[name=licensed_firm]", "91350100M000100Y43")
    phone.set_input_files(
        "[name='filed_papers.application']",
        {"name": "申请书.jpg", "mimeType": "image/jpeg", "buffer": photo().getvalue()},
    )
    phone.fill("[name=name]", "林予安")
    phone.fill("[name=phone]", "13800138000")
    number, code = send_report(phone)
    do(desks(DISPATCHER), number, "route", unit="bureau-market")
    do(desks(CLERK), number, "take")
    do(desks(CLERK), number, "propose", decision="材料齐全，准予许可", granted="true")
    do(desks(HEAD), number, "decide")
    do(desks(DISPATCHER), number, "deliver", delivered="电子证照推送")
    follow(phone, number, code.lower())
    return phone


def rate(phone: Any, stars: str, comment: str = "") -> None:
    form = phone.locator("form[action$='/rate/']")
    form.locator(f"[name=stars][value={stars}]").check()
    form.locator("[name=comment]").fill(comment)
    form.locator("button").click()
    phone.wait_for_load_state()


def said(page: Any, number: str) -> str:
    page.goto(f"/desk/matters/{number}/")
    return str(page.locator("main").inner_text())


def number_of(phone: Any) -> str:
    return str(phone.url.rstrip("/").rpartition("/")[2])


def test_a_bad_rating_is_put_right(desks: Any) -> None:
    # two stars and no reason: it counts, and nobody has anything to put right
    silent = permit(desks, "小餐饮备案")
    rate(silent, "two_stars")
    page = said(desks(CLERK), number_of(silent))
    assert "不满意（2/5）" in page
    assert "差评整改" not in page

    # two stars with a reason: what came of it is said to the resident, once, and their form is gone
    phone = permit(desks, "食品经营许可")
    whole = number_of(phone)
    rate(phone, "two_stars", REASON)
    assert phone.locator("form[action$='/rate/']").count() == 0

    # in the same moment it lies with the unit that handled the permit, which is to call the same day
    clerk = desks(CLERK)
    page = said(clerk, whole)
    assert "不满意（2/5）" in page
    mending = re.search(r"CP-\d{8}-\d{4}", page)
    assert mending is not None
    number = mending[0]
    clerk.goto("/desk/")
    assert clerk.locator(f"[data-row='{number}']").count() == 1
    page = said(clerk, number)
    assert REASON in page
    assert "当日联系" in page
    assert "13800138000" not in page
    assert "林予安" not in page

    # nobody at the unit can rate, or take the rating back
    answer = clerk.request.post(f"/desk/matters/{whole}/do/rate/", form={"stars": "five_stars"})
    assert answer.status in (403, 409, 422)
    assert "不满意（2/5）" in said(clerk, whole)

    # the unit calls, mends and reports; it cannot call back what it mended itself
    do(clerk, number, "call", contact="已致电致歉，约定当面补办")
    do(clerk, number, "report_mended", sort="true_", result="已补发证照，窗口材料清单已改")
    assert clerk.locator("form[action*='/do/call_back/']").count() == 0

    # somebody else does: the first time the rater does not agree, the second time they do
    supervisor = desks(SUPERVISOR)
    do(supervisor, number, "call_back", mended="false")
    assert "整改中" in said(clerk, number)
    do(clerk, number, "report_mended", sort="true_", result="已上门送达并说明")
    do(supervisor, number, "call_back", mended="true")
    assert "已整改" in said(supervisor, number)

    # what the resident said stands as they said it
    assert "不满意（2/5）" in said(supervisor, whole)
