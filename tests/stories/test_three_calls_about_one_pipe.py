"""Three calls about one burst pipe, as a dispatcher lives it in a browser (R1.13, R2.12).

Two are merged into the first; one of the two turns out to be another leak and is taken apart again. The first is
answered, and each of the three callers reads on their own page how their own call stands.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support import desks
from tests.support.desks import do

pytestmark = pytest.mark.browser

DISPATCHER, VERIFIER, CLERK = "shijing", "annianzhen", "qiruolan"


@pytest.fixture(scope="module")
def pages(browser: Any, site: Any) -> Iterator[Any]:
    """`pages(username)`: a page of a person's own, signed in where it is a member of staff."""
    with desks.opened(browser, site, 422) as open_desk:
        yield open_desk


def report(page: Any, text: str, phone: str) -> tuple[str, str]:
    """(number, code) of what a resident reports at the burst pipe."""
    page.goto("/portal/report/")
    page.fill("[name=text]", text)
    page.fill("[name=phone]", phone)
    page.locator("svg[data-pin]").click(position={"x": 160, "y": 120})
    return desks.send_report(page)


def ring_up(page: Any, title: str, joins: str) -> tuple[str, str]:
    """(number, code) of a call that is taken down on the desk and joined to what is offered beside it."""
    page.goto(f"/desk/matters/{joins}/")
    pin = re.search(r"(\d+\.\d{5}), (\d+\.\d{5})", page.locator("main").inner_text())
    assert pin is not None
    page.goto("/desk/new/")
    for name, value in zip(("lon", "lat"), pin.groups(), strict=True):
        page.locator(f"input[name={name}]").evaluate("(one, value) => { one.value = value }", value)
    page.fill("[name=title]", title)
    page.fill("[name=text]", "一大片水，走不了路，请来看看")
    page.fill("[name=reporter_phone]", "13800138013")
    page.locator("[name=reporter_phone]").blur()
    page.locator(f'[data-like] [name=join][value="{joins}"]').check(timeout=30_000)
    page.click(".new-form .btn.pri")
    page.wait_for_url("**/desk/")
    said = page.locator(".notice.success").inner_text()
    number, code = re.search(r"RX-\d+-\d+", said), re.search(r"\b[2-9A-HJ-NP-Z]{8}\b", said)
    assert number is not None, said
    assert code is not None, said
    return number.group(), code.group()


def followed(page: Any, number: str, code: str) -> str:
    """What a caller reads of their own call."""
    desks.follow(page, number, code)
    return str(page.locator("main").inner_text())


def tie(page: Any, number: str, form: str, reason: str, into: str = "") -> str:
    """Merge or take apart on the page of a matter; what the page says of it."""
    page.goto(f"/desk/matters/{number}/")
    asked = page.locator(f"form[data-{form}]")
    asked.locator("xpath=ancestor::details").locator("summary").click()
    if into:
        asked.locator(f'[name=into][value="{into}"]').check()
    asked.locator("[name=reason]").fill(reason)
    asked.locator("button.btn").click()
    page.wait_for_load_state()
    return str(page.locator("main").inner_text())


def test_three_calls_about_one_burst_pipe(pages: Any) -> None:
    phone, dispatcher = pages(width=390), pages(DISPATCHER)
    first = report(phone, "路口水管爆了，水往店里灌，快来人", "13800138011")
    second = report(phone, "马路上冒水，车都过不去了，请尽快处理", "13800138012")

    # the second is offered the first with its reasons, and is merged into it
    said = tie(dispatcher, second[0], "merge", "同一处爆管", into=first[0])
    assert first[0] in said
    assert dispatcher.locator(".notice.success").is_visible()

    # the third rings up: while the call is taken down the first is offered, and the caller joins it
    third = ring_up(dispatcher, "小区门口也在漏水", first[0])
    dispatcher.goto(f"/desk/matters/{first[0]}/")
    assert dispatcher.locator("[data-tied=from] a.mini").count() == 2

    # without a reason nothing is done, and what was chosen can be corrected
    said = tie(dispatcher, third[0], "part", "另")
    assert dispatcher.locator("form[data-part] .field-error").is_visible(), said[:300]
    # on the spot it turns out to be another leak
    tie(dispatcher, third[0], "part", "现场看是另一处漏水")
    assert dispatcher.locator("form[data-merge]").count() == 1

    # the burst pipe is answered once
    do(dispatcher, first[0], "assign", unit="bureau-water")
    clerk = pages(CLERK)
    do(clerk, first[0], "accept")
    do(clerk, first[0], "answer", result="已关阀换管，恢复通行")
    assert "已关阀换管" in followed(phone, *first)
    told = followed(phone, *second)
    assert "已关阀换管" in told
    assert phone.locator("[data-with-others]").count() == 1
    assert "已关阀换管" not in followed(phone, *third)

    # it ends, and the other ends with it: each caller has a word of their own
    do(pages(VERIFIER), first[0], "verify", reached="true", solved="true", satisfaction="satisfied")
    until = time.monotonic() + 180  # the worker looks every minute
    while not phone.locator("[name=solved]").count() and time.monotonic() < until:
        followed(phone, *second)
        phone.wait_for_timeout(3000)
    phone.check("[name=solved][value=true]")
    phone.check("[name=satisfaction][value=satisfied]")
    phone.click(".rating button")
    phone.wait_for_load_state()
    assert phone.locator(".notice.success").is_visible()
