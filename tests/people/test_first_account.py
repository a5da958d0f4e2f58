"""From a loaded pack to the first dispatcher at work: links, passwords, posts that end (R5.4, R9.1).

All of it against the served site, without the demo's sign-ins.
"""

from __future__ import annotations

import os
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Page

from tests.people.conftest import WHY, Town
from yiwang.people import rules

GOOD, BETTER = "河埠头的三盏灯火", "七月流火九月授衣"
Visit = Callable[..., Page]

LATER = "UPDATE people_invitation SET expires = expires"


def set_with(page: Page, address: str, password: str, again: str | None = None) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200, page.inner_text("body")
    page.fill("#password", password)
    page.fill("#again", password if again is None else again)
    page.click("main button")


def sign_in(page: Page, username: str, password: str) -> Page:
    page.goto("/sign-in/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.click("main button")
    page.wait_for_load_state()
    return page


def signed_in(page: Page) -> bool:
    page.goto("/desk/")
    return "/sign-in/" not in page.url


def entries(town: Town, username: str) -> list[str]:
    with psycopg.connect(town.site.owner) as owner:
        rows = owner.execute(
            "SELECT e.action FROM ledger_entry e JOIN auth_user u ON e.subject = 'account:' || u.id"
            " WHERE u.username = %s AND e.stream = 'people' ORDER BY e.seq",
            [username],
        ).fetchall()
    return [action for (action,) in rows]


def test_up_says_that_nobody_can_sign_in_yet(town: Town) -> None:
    assert "还没有人能登录" in town.site.log.read_text("utf-8")


def test_from_nothing_to_the_first_dispatcher_at_work(town: Town, visit: Visit) -> None:
    assert "dispatcher-1\tdispatcher-1人\tdispatcher-1\t未设密码" in town.yiwang("people", "list")
    address = town.link("dispatcher-1")
    assert "已给链接" in town.yiwang("people", "list", "--waiting")
    page = visit()
    assert not signed_in(sign_in(page, "dispatcher-1", "!")), "an account without a password opens nothing"

    for password, again, says in (
        ("短", "短", "至少要 8 位"),
        ("40718293655", "40718293655", "不能全是数字"),
        ("password1", "password1", "过于常见"),
        ("dispatcher-1", "dispatcher-1", "过于相似"),
        (GOOD + "一", GOOD, "两次输入的密码不一致"),
        ("", "", "请输入新密码"),
    ):
        set_with(page, address, password, again)
        assert says in page.inner_text("main"), password
    set_with(page, address, GOOD)
    assert "密码已设置" in page.inner_text("main")
    page.goto(address)
    assert "已经用过" in page.inner_text("main")

    assert signed_in(sign_in(page, "dispatcher-1", GOOD))
    page.goto("/desk/new/?kind=hotline")
    page.fill("[name=title]", "学府路路灯不亮")
    page.fill("[name=text]", "学府路路灯三天不亮了")
    page.click("main form button:not([type=button]) >> nth=-1")
    page.wait_for_load_state()
    assert "学府路路灯不亮" in page.inner_text("body")
    assert entries(town, "dispatcher-1") == ["invite", "password by link"]
    assert "还没有人" not in town.yiwang("people", "first")


def test_the_database_keeps_no_link_and_the_application_may_not_read_or_make_one(town: Town) -> None:
    secret = town.link("green-1").rstrip("/").rsplit("/", 1)[1]
    with psycopg.connect(town.site.owner) as owner:
        kept = str(owner.execute("SELECT * FROM people_invitation").fetchall())
        told = str(owner.execute("SELECT data FROM ledger_entry WHERE stream = 'people'").fetchall())
    assert secret not in kept + told
    with psycopg.connect(town.site.app, autocommit=True) as app:
        assert app.execute("SELECT people_set('', 'x'), people_set('nothing', 'x')").fetchone() == (None, None)
        for statement in ("SELECT * FROM people_invitation", "UPDATE auth_user SET password = 'x'"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(statement)


def test_a_link_works_once_and_while_it_lives(town: Town, visit: Visit) -> None:
    first, second = town.link("water-1"), town.link("water-1")
    page = visit()
    page.goto(first)
    assert "已被新的链接取代" in page.inner_text("main")
    with psycopg.connect(town.site.owner) as owner:
        owner.execute(f"{LATER} - interval '1 year' WHERE ended IS NULL")
    page.goto(second)
    assert "已过有效期" in page.inner_text("main")
    with psycopg.connect(town.site.owner) as owner:
        owner.execute(f"{LATER} + interval '1 year' WHERE ended IS NULL")
    third = town.link("water-1")
    one, other = visit(), visit()
    for each in (one, other):
        each.goto(third)
        each.fill("#password", GOOD)
        each.fill("#again", GOOD)
    one.click("main button")
    other.click("main button")
    assert "密码已设置" in one.inner_text("main")
    assert "这个链接不能用了" in other.inner_text("main")
    for broken in (third[:-8] + "/", f"{town.site.url}/account/..%00/", f"{town.site.url}/account/{'x' * 5000}/"):
        with pytest.raises(urllib.error.HTTPError) as answer:
            urllib.request.urlopen(broken)
        assert answer.value.code in (400, 404, 414), broken


def test_every_secret_makes_an_address_that_works(town: Town) -> None:
    """Also one that looks like a chat name or a telephone: the address of a link is never rewritten."""
    town.link("green-1")
    with psycopg.connect(town.site.owner, autocommit=True) as owner:
        ((before,),) = owner.execute("SELECT hashed FROM people_invitation WHERE ended IS NULL").fetchall()
        for secret in ("vxAbc_123456", "-QQ12345678-", "_13800138000_"):
            whole = (secret + "x" * 43)[:43]
            owner.execute("UPDATE people_invitation SET hashed = %s WHERE ended IS NULL", [rules.hashed(whole)])
            assert urllib.request.urlopen(f"{town.site.url}/account/{whole}/").status == 200, secret
        owner.execute("UPDATE people_invitation SET hashed = %s WHERE ended IS NULL", [before])


def test_who_changes_the_password_is_signed_out_everywhere_else(town: Town, visit: Visit) -> None:
    page, other = visit(), visit()
    set_with(page, town.link("bei-1"), GOOD)
    for each in (page, other):
        assert signed_in(sign_in(each, "bei-1", GOOD))
    page.goto("/desk/")
    page.click(".who-name")
    assert page.url.endswith("/account/password/")
    for old, new, again, says in (
        ("不是这个", BETTER, BETTER, "当前密码不对"),
        (GOOD, GOOD, GOOD, "与当前密码相同"),
        (GOOD, "短", "短", "至少要 8 位"),
        (GOOD, BETTER, GOOD, "两次输入的密码不一致"),
    ):
        page.fill("#old", old)
        page.fill("#password", new)
        page.fill("#again", again)
        page.click("main button")
        assert says in page.inner_text("main")
    page.fill("#old", GOOD)
    page.fill("#password", BETTER)
    page.fill("#again", BETTER)
    page.click("main button")
    assert "密码已修改" in page.inner_text("main")
    assert signed_in(page)
    assert not signed_in(other)
    assert not signed_in(sign_in(other, "bei-1", GOOD))
    assert signed_in(sign_in(other, "bei-1", BETTER))
    assert entries(town, "bei-1")[-1] == "password"


def test_the_old_password_cannot_be_guessed_on_an_open_page(town: Town, visit: Visit) -> None:
    page = visit()
    set_with(page, town.link("nan-1"), GOOD)
    assert signed_in(sign_in(page, "nan-1", GOOD))
    for _ in range(11):
        page.goto("/account/password/")
        page.fill("#old", "不是这个")
        page.fill("#password", BETTER)
        page.fill("#again", BETTER)
        page.click("main button")
    assert "输错的次数太多" in page.inner_text("main")


def test_a_reset_voids_the_password_and_every_open_page(town: Town, visit: Visit) -> None:
    page = visit()
    set_with(page, town.link("water-2"), GOOD)
    assert signed_in(sign_in(page, "water-2", GOOD))
    assert "已有密码" in town.yiwang("people", "invite", "water-2", *WHY, fails=True)
    address = town.link("water-2", "reset")
    assert not signed_in(page)
    assert not signed_in(sign_in(page, "water-2", GOOD))
    set_with(page, address, BETTER)
    assert signed_in(sign_in(page, "water-2", BETTER))


def test_a_post_that_ends_and_an_account_that_closes_work_at_the_next_click(town: Town, visit: Visit) -> None:
    town.yiwang("people", "add", "newcomer", "新来的", "bei-grid", *WHY)
    page = visit()
    set_with(page, town.link("newcomer"), GOOD)
    assert signed_in(sign_in(page, "newcomer", GOOD))
    assert page.goto("/desk/").status == 200  # type: ignore[union-attr]
    town.yiwang("people", "end-post", "newcomer", "bei-grid", *WHY)
    assert page.goto("/desk/").status == 403  # type: ignore[union-attr]
    assert "没有担任" in town.yiwang("people", "end-post", "newcomer", "bei-grid", *WHY, fails=True)
    town.yiwang("people", "close", "newcomer", *WHY)
    assert not signed_in(page)
    assert not signed_in(sign_in(page, "newcomer", GOOD))
    assert "已关闭" in town.yiwang("people", "reset", "newcomer", *WHY, fails=True)
    assert entries(town, "newcomer") == ["add", "invite", "password by link", "end post", "close"]


def test_who_is_struck_from_the_list_is_told_and_keeps_nothing(town: Town, visit: Visit) -> None:
    page = visit()
    set_with(page, town.link("supervisor-2"), GOOD)
    sign_in(page, "supervisor-2", GOOD)
    assert page.goto("/desk/").status == 200  # type: ignore[union-attr]
    town.yiwang("people", "add", "beside", "另一位", "auditor", "--since", "2024-01-01", *WHY)
    file = town.pack / "people.csv"
    whole = file.read_text("utf-8")
    file.write_text("".join(line for line in whole.splitlines(True) if not line.startswith("supervisor-2,")), "utf-8")
    said = town.yiwang("pack", "load", str(town.pack))
    assert "supervisor-2人（supervisor-2）不在 people.csv 中了" in said
    assert "beside" not in said, "an administrator's appointment is not the list's to end"
    assert page.goto("/desk/").status == 403  # type: ignore[union-attr]
    assert entries(town, "supervisor-2")[-1] == "struck"
    assert "不在 people.csv" not in town.yiwang("pack", "load", str(town.pack)), "once is enough"
    file.write_text(whole, "utf-8")
    town.yiwang("pack", "load", str(town.pack))
    assert page.goto("/desk/").status == 200  # type: ignore[union-attr]
    town.yiwang("people", "end-post", "supervisor-2", "supervisor-2", *WHY)
    assert "管理员已于" in town.yiwang("pack", "load", str(town.pack))
    assert page.goto("/desk/").status == 403  # type: ignore[union-attr]


REFUSED = [
    (("invite", "nobody", *WHY), "没有登录名 nobody"),
    (("invite", "green-1", "--reason", "aa"), "请写明理由"),
    (("invite", "green-1", "--reason", "aaaa"), "请写明理由"),
    (("invite", "green-1", "--hours", "0", *WHY), "1 到 336 小时"),
    (("invite", "green-1", "--site", "ftp://x", *WHY), "http://"),
    (("add", "x y", "甲", "water-1", *WHY), "登录名 x y"),
    (("add", "x", "甲", "water-9", *WHY), "是不是 water-"),
    (("add", "green-1", "别人", "water-1", *WHY), "已是green-1人的"),
    (("add", "green-1", "green-1人", "green-1", *WHY), "已担任 green-1"),
    (("add", "x", "甲", "water-1", "--since", "2024/2/30", *WHY), "2024/2/30"),
    (("add", "x", "甲", "green-1", "--since", "2020-01-01", *WHY), "green-1人自 2024-01-01 起担任 green-1"),
    (("list", "--district", "000000", "--lang", "en"), "No district 000000"),
]


@pytest.mark.parametrize(("arguments", "says"), REFUSED, ids=[" ".join(one[:2]) + says for one, says in REFUSED])
def test_what_cannot_be_done_is_said(town: Town, arguments: tuple[str, ...], says: str) -> None:
    assert says in town.yiwang("people", *arguments, fails=True)


def test_a_second_district_does_not_close_the_first(town: Town, visit: Visit, tmp_path: Path) -> None:
    from tests.support.district import write_pack

    page = visit()
    assert page.goto("/sign-in/").status == 200  # type: ignore[union-attr]
    said = town.yiwang("pack", "load", str(write_pack(tmp_path / "second", "998855")))
    assert re.search(r"居民页面仍是试验区（998866）.*YIWANG_DISTRICT=998855", said), said
    for address in ("/sign-in/", "/portal/"):
        assert page.goto(address).status == 200  # type: ignore[union-attr]
    assert "water-1.998855" in town.yiwang("people", "list", "--district", "998855")
    set_with(visit(), town.link("dispatcher-2"), GOOD)
    set_with(page, town.link("water-1.998855", "invite", "--district", "998855"), GOOD)
    assert signed_in(sign_in(page, "water-1.998855", GOOD))
    assert signed_in(sign_in(visit(), "dispatcher-2", GOOD)), "the first district's people work on"


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(("language", "says"), [("zh-CN", "设置您的密码"), ("en", "Set your password")])
def test_the_pages_speak_both_languages_and_fit(town: Town, visit: Visit, language: str, says: str, width: int) -> None:
    address = town.link("green-1")
    page = visit(language, width)
    page.goto(address)
    assert says in page.inner_text("main")
    shots = os.environ.get("YIWANG_SHOTS")
    for name in ("link", "link-wrong", "over"):
        if name == "link-wrong":
            set_with(page, address, "短")
        elif name == "over":
            page.goto("/account/none/")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        if shots:
            page.screenshot(path=f"{shots}/{name}-{language}-{width}.png")


def test_after_all_of_it_the_ledger_verifies_and_a_change_past_it_does_not(town: Town) -> None:
    """What the commands and pages above did stands in the ledger; the same done in the database is named."""
    town.yiwang("people", "rename", "water-1", "水一", *WHY)
    town.yiwang("people", "end-post", "nan-1", "nan-1", *WHY)
    assert ": whole" in town.yiwang("ledger", "verify", "--lang", "en")
    past = {
        "UPDATE auth_user SET password = 'x' WHERE username = 'dispatcher-1'": "password of row",
        "UPDATE auth_user SET is_superuser = true WHERE username = 'bei-1'": "is_superuser of row",
        "UPDATE org_person SET name = '他人' WHERE name = '水一'": "name of row",
        "UPDATE org_appointment SET until = NULL WHERE until IS NOT NULL": "until of row",
    }
    with psycopg.connect(town.site.owner, autocommit=True) as owner:
        for change, says in past.items():
            table = change.split()[1]
            owner.execute(f"CREATE TEMPORARY TABLE before AS SELECT * FROM {table}")
            assert owner.execute(change).rowcount > 0
            said = town.yiwang("ledger", "verify", "--lang", "en", fails=True)
            assert says in said
            column = change.split()[3]
            owner.execute(f"UPDATE {table} t SET {column} = b.{column} FROM before b WHERE b.id = t.id")
            owner.execute("DROP TABLE before")
    assert ": whole" in town.yiwang("ledger", "verify", "--lang", "en")
