"""A restaurant opens: one form, one number, three units side by side, and the platform says when all is done.

A firm fills in the portal; the desk takes it once; each unit has a part of its own with a clock and a head who signs;
when the last part ends, the whole ends in the same moment, and the firm reads it on its telephone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.desks import do, follow, opened, send_report
from tests.support.passwords import give
from tests.support.photo import photo
from tests.support.site import demo_password

pytestmark = pytest.mark.browser

DISPATCHER = "shijing"
UNITS = {  # unit -> (who handles its part, who signs it)
    "bureau-market": ("mifang", "zhumuyang"),
    "bureau-fire": ("xiangwenbo", "huasongnian"),
    "bureau-water": ("qiruolan", "zhenglihua"),
}
THINGS = {"bureau-market": "食品经营许可", "bureau-fire": "消防安全检查", "bureau-water": "排水接管许可"}


@pytest.fixture(scope="module")
def desks(browser: Any, site: Any) -> Iterator[Any]:
    """`desks(username)`: a person's own page, a passer-by's without a name; an error fails the story."""
    give(site, demo_password(), *(username for people in UNITS.values() for username in people))
    pages: dict[str, Any] = {}
    with opened(browser, site, 422) as open_desk:

        def once(username: str = "", width: int = 1440) -> Any:
            if username not in pages or not username:
                pages[username] = open_desk(username, width)
            return pages[username]

        yield once


def offered(page: Any, number: str) -> set[str]:
    """The actions that a person's page of a matter offers."""
    page.goto(f"/desk/matters/{number}/")
    forms = page.locator('form[action*="/do/"]').evaluate_all("all => all.map(one => one.action)")
    return {address.rstrip("/").rpartition("/")[2] for address in forms}


def parts(page: Any, number: str) -> dict[str, tuple[str, str]]:
    """thing -> (number, stage) of the parts that the page of a whole shows."""
    page.goto(f"/desk/matters/{number}/")
    rows = page.locator("[data-parts] a.mini").all_inner_texts()
    said = [[line.strip() for line in row.splitlines() if line.strip()] for row in rows]
    return {title.partition(" · ")[0]: (of, stage) for title, of, stage in said}


def test_a_restaurant_opens(desks: Any) -> None:
    # in the morning a firm fills in one form: what it serves, its credit code, and what it needs
    firm = desks(width=390)
    firm.goto("/portal/report/?kind=opening_up")
    firm.fill("[name=text]", "清河路开一家面馆，堂食和外卖")
    firm.fill("[name=firm]", "91350100M000100Y4Z")
    firm.fill("[name='address']", "清河路 18 号")
    for n, (unit, thing) in enumerate(THINGS.items()):
        firm.fill(f"[name='parts_wanted.{n}.thing']", thing)
        firm.select_option(f"[name='parts_wanted.{n}.by']", unit)
    lease = {"name": "租赁合同.jpg", "mimeType": "image/jpeg", "buffer": photo().getvalue()}
    firm.set_input_files("[name='shop_papers.shop_lease']", lease)
    firm.fill("[name=name]", "林予安")
    firm.fill("[name=phone]", "13800138000")
    firm.click(".report-send button")

    # a slip in the credit code is seen by its check sign, and nothing that was written is lost
    firm.wait_for_selector("#firm-wrong")
    assert firm.input_value("[name='parts_wanted.2.thing']") == THINGS["bureau-water"]
    firm.fill("[name=firm]", "91350100M000100Y43")

    # the floor plan is missing: the page says so by its name
    assert "还缺材料：平面布局图" in firm.locator("#shop_papers-wrong").inner_text()
    for name in ("shop_lease", "floor_plan"):
        firm.set_input_files(f"[name='shop_papers.{name}']", {**lease, "name": f"{name}.jpg"})
    number, code = send_report(firm)

    # the desk takes it once; three units have a part each
    dispatcher = desks(DISPATCHER)
    do(dispatcher, number, "take")
    found = parts(dispatcher, number)
    assert found.keys() == set(THINGS.values())
    assert len({of for of, _ in found.values()}) == 3

    # the whole is promised for the day by which the last of them is; nobody can end it by hand
    assert "整件事" in dispatcher.locator("main").inner_text()
    assert offered(dispatcher, number) == set()

    # each unit finds its part in its inbox, sees the whole, and knows nothing of the others' parts
    for unit, (clerk, _) in UNITS.items():
        page = desks(clerk)
        page.goto("/desk/")
        mine = found[THINGS[unit]][0]
        assert page.locator(f"[data-row='{mine}']").count() == 1, page.locator("main").inner_text()[:800]
        page.goto(f"/desk/matters/{mine}/")
        assert number in page.locator("main").inner_text()
        others = [found[thing][0] for of, thing in THINGS.items() if of != unit]
        assert {page.request.get(f"/desk/matters/{one}/").status for one in others} == {404}
        do(page, mine, "handle", result="现场核查合格，准予办理")
        assert "sign_part" not in offered(page, mine)

    # the heads sign; after two of three the whole still runs
    *early, last = UNITS.items()
    for unit, (_, head) in early:
        do(desks(head), found[THINGS[unit]][0], "sign_part")
    assert "2/3" in told(dispatcher, number)
    assert "并联办理中" in told(dispatcher, number)

    # one head sends a part back; the water bureau does it better, and its head signs
    clerk, head = last[1]
    water = found[THINGS["bureau-water"]][0]
    do(desks(head), water, "improve", reason="平面图与现场不符")
    do(desks(clerk), water, "handle", result="已复核，平面图更正")
    do(desks(head), water, "sign_part")

    # in that moment the platform ends the whole, with an entry of its own in the ledger
    said = told(dispatcher, number)
    assert "统一出证" in said
    assert "3/3" in said
    assert {stage for _, stage in parts(dispatcher, number).values()} == {"已办结"}

    # the firm reads it where it asked
    phone = desks(width=390)
    follow(phone, number, code.lower())
    assert "统一出证" in phone.locator("main").inner_text()


def told(page: Any, number: str) -> str:
    """What the page of a matter says."""
    page.goto(f"/desk/matters/{number}/")
    return str(page.locator("main").inner_text())
