"""What people do all day: each kind of person is one function, called again and again with a little rest between."""

from __future__ import annotations

import http.client
import io
import re
import secrets
import socket
import time
from collections.abc import Callable
from functools import cache
from random import Random
from typing import Any
from urllib.parse import quote

from PIL import Image

from .client import Answer, Client

PASSWORD = "clear river demo"
WORDS = ("路灯", "下水道", "施工噪声", "井盖", "停车", "垃圾", "漏水", "电梯")
AGAIN = 40  # times that a form is sent again when no answer came
Dice = Random
Doing = Callable[[Client, str, Dice], None]


@cache
def photo(side: int) -> bytes:
    """A picture of some texture."""
    out = io.BytesIO()
    Image.effect_noise((side, side), 40).convert("RGB").save(out, "JPEG", quality=70)
    return out.getvalue()


def sign_in(client: Client, username: str) -> bool:
    """Whether the sign-in worked."""
    client.cookies.pop("yiwang_session", None)
    answer = client.post("/sign-in/", {"username": username, "password": PASSWORD})
    return answer.status == 302 and "sign-in" not in (answer.headers["Location"] or "")


def until_answered(send: Callable[[], Answer]) -> Answer:
    """Send the same again until there is an answer that is one: what a person does who sees 'try again'."""
    for _ in range(AGAIN):
        answer = send()
        if answer.status not in (0, 429, 500, 502, 503, 504, 507):
            return answer
        time.sleep(0.5)
    return answer


# --- staff --------------------------------------------------------------------------------------------------------


def tickets(client: Client, username: str, **wanted: str) -> list[dict[str, Any]]:
    query = "&".join(f"{name}={value}" for name, value in wanted.items())
    answer = client.get(f"/api/v1/matters?{query}")
    found: list[dict[str, Any]] = answer.json().get("results", []) if answer.status == 200 else []
    client.diary.saw_numbers(username, {one["number"] for one in found})
    return found


def act(client: Client, number: str, action: str, data: dict[str, Any]) -> None:
    key = secrets.token_hex(8)
    what = {"action": action, "data": data, "key": key}
    answer = until_answered(lambda: client.post_json(f"/api/v1/matters/{number}/actions", what))
    if answer.status == 200:
        client.diary.acted(key, number, action)


def dispatcher(client: Client, username: str, dice: Dice) -> None:
    client.get("/desk/")
    waiting = tickets(client, username, kind="hotline", stage="received")
    for one in dice.sample(waiting, min(2, len(waiting))):
        client.get(f"/desk/matters/{one['number']}/preview/")
        act(client, one["number"], "assign", {"unit": "bureau-water"})
    for one in tickets(client, username, kind="hotline", stage="verifying")[:2]:
        act(client, one["number"], "verify", {"reached": True, "solved": True, "satisfaction": "satisfied"})


def clerk(client: Client, username: str, dice: Dice) -> None:
    client.get("/desk/")
    for one in tickets(client, username, kind="hotline", stage="assigned")[:3]:
        act(client, one["number"], "accept", {})
    for one in tickets(client, username, kind="hotline", stage="handling")[:2]:
        act(client, one["number"], "contact", {"contact_way": "phone", "contact_result": "已说明情况"})
        form = {"result": "已到场疏通，恢复通行", "key": secrets.token_hex(8)}
        file = {"files": ("after.jpg", "image/jpeg", photo(dice.choice((300, 900))))}
        client.post(f"/desk/matters/{one['number']}/do/answer/", form, file)


def looks_around(client: Client, username: str, dice: Dice) -> None:
    word = quote(dice.choice(WORDS))
    client.get(f"/desk/matters/?q={word}")
    found = tickets(client, username, q=word)
    if found:
        number = dice.choice(found)["number"]
        client.get(f"/desk/matters/{number}/")
        client.get(f"/desk/matters/{number}/why/handling/")
    if dice.random() < 0.15:
        export(client, username)


def export(client: Client, username: str) -> None:
    word = quote(WORDS[len(username) % len(WORDS)])
    answer = client.get(f"/desk/matters/export.csv?kind=hotline&state=open&q={word}")
    if answer.status == 200:
        client.diary.saw_numbers(username, set(re.findall(r"\b[A-Z]{2}-\d{8}-\d{4,}\b", answer.text)))


def watches_the_wall(client: Client, username: str, dice: Dice) -> None:
    client.get("/wall/")
    listen(client, dice.uniform(3, 10))
    client.get("/wall/live/slow/")


def supervises(client: Client, username: str, dice: Dice) -> None:
    client.get(dice.choice(("/board/", "/board/orders/", "/board/plans/", "/board/2026/report/")))


def signs_in_again(client: Client, username: str, dice: Dice) -> None:
    client.post("/sign-out/", {})
    sign_in(client, username)


# --- passers-by ---------------------------------------------------------------------------------------------------


def resident(client: Client, username: str, dice: Dice) -> None:
    """Reports a problem, follows it, and rates it when it is closed."""
    client.get("/portal/")
    client.get("/portal/report/")
    key, word = secrets.token_hex(8), dice.choice(WORDS)
    form = {"text": f"{word}坏了好几天，请派人来看", "address": "霜桥路12弄", "key": key, "street": "street-qinghe"}
    files = {"photo": ("p.jpg", "image/jpeg", photo(dice.choice((200, 1200))))} if dice.random() < 0.4 else None
    answer = until_answered(lambda: client.post("/portal/report/", form, files))
    if answer.status == 302:
        page = client.get("/portal/report/done/")
        if number := re.search(r"\b[A-Z]{2}-\d{8}-\d{4,}\b", page.text):
            client.diary.reported(number[0])


def forgets_the_password(client: Client, username: str, dice: Dice) -> None:
    client.get("/sign-in/")
    client.post("/sign-in/", {"username": dice.choice(("zhenglihua", "nobody", "x" * 200)), "password": "wrong one"})
    time.sleep(dice.uniform(2, 6))


def reads_the_portal(client: Client, username: str, dice: Dice) -> None:
    client.get("/portal/")
    client.get("/portal/track/")
    client.get(dice.choice(("/nothing/", "/portal/track/RX-20260101-0001/", "/%00", "/portal/?q=%ff")))


def breaks_off(client: Client, username: str, dice: Dice) -> None:
    """A client that leaves in the middle: of its head, its body, or the answer."""
    where = dice.choice(("head", "body", "answer"))
    try:
        with socket.create_connection(("127.0.0.1", client.port), 5, source_address=(client.address, 0)) as line:
            if where == "head":
                line.sendall(b"POST /portal/report/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Le")
            elif where == "body":
                line.sendall(b"POST /portal/report/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900000\r\n\r\nabc")
            else:
                line.sendall(b"GET /portal/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            time.sleep(dice.uniform(0.1, 3))
    except OSError:
        pass
    client.diary.done["broke off"] += 1
    time.sleep(1)


def listen(client: Client, seconds: float) -> None:
    """Hold the stream of changes open for a while."""
    line = client.open(timeout=seconds)
    try:
        line.request("GET", "/live/", headers=client.headers())
        answer = line.getresponse()
        until = time.monotonic() + seconds
        while time.monotonic() < until and answer.status == 200 and answer.read1(1024):
            pass
    except (OSError, ValueError, http.client.HTTPException):
        pass  # the stream broke off, as it does when the server is killed
    finally:
        line.close()


STAFF: list[tuple[str, Doing]] = [
    *[("shijing", dispatcher)] * 6,
    *[("annianzhen", dispatcher)] * 6,
    *[("qiruolan", clerk)] * 10,
    *[("shijing", looks_around)] * 5,
    *[("fanqinghe", looks_around)] * 5,
    *[("maowanqing", looks_around)] * 4,
    *[("weisiqi", looks_around)] * 3,
    *[("jinchunyan", looks_around)] * 4,
    *[("bixiuying", watches_the_wall)] * 6,
    *[("liangyunqi", supervises)] * 4,
    *[("ruanxiuying", looks_around)] * 3,
    *[("liulixia", looks_around)] * 2,
    *[("huapeide", signs_in_again)] * 2,
]
PASSERS_BY: list[tuple[str, Doing]] = [
    *[("", resident)] * 14,
    *[("", reads_the_portal)] * 14,
    *[("", forgets_the_password)] * 6,
    *[("", breaks_off)] * 6,
]
