"""What a kind must know of who reports is asked for behind every door that takes it, and called optional nowhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.support.clients import client
from tests.support.district import make_district
from yiwang.org.models import Try

SAID = {"kind": "hotline", "title": "路灯不亮", "text": "三弄的路灯不亮很久了", "lon": "121.91", "lat": "31.03"}


def named(pack: Path) -> None:
    file = pack / "matters" / "hotline.yaml"
    whole = file.read_text("utf-8")
    line = next(line for line in whole.splitlines() if line.startswith("  reporter_name:"))
    file.write_text(whole.replace(line, line.replace("personal: true", "personal: true, required: true")), "utf-8")


@pytest.fixture(scope="module")
def district(database: str) -> Any:
    return make_district(named)


def asks_for(asking: Any, address: str, field: str) -> None:
    """The page does not call it optional, refuses who leaves it out, and takes who gives it."""
    form = asking.get(address).content.decode()
    asked = form[form.index(f'for="{field}"') :]
    assert "可不填" not in asked[: asked.index("<input")]
    sent = asking.post(address.partition("?")[0], SAID)
    assert (sent.status_code, "请填写诉求人" in sent.content.decode()) == (422, True)
    assert asking.post(address.partition("?")[0], {**SAID, field: "孙三"}).status_code == 302


def test_the_desk_asks_who_reports(district: Any) -> None:
    asks_for(client(district, "dispatcher-1"), "/desk/new/?kind=hotline", "reporter_name")


def test_the_public_page_asks_it_too(district: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIWANG_DISTRICT", district.code)
    Try.objects.all().delete()
    asks_for(Client(SERVER_NAME="127.0.0.1"), "/portal/report/", "name")


def test_a_machine_says_it_too(district: Any) -> None:
    asking = client(district, "dispatcher-1")
    said = {"kind": "hotline", "data": {"title": SAID["title"], "text": SAID["text"]}}
    sent = asking.post("/api/v1/matters", said, content_type="application/json")
    assert (sent.status_code, [*sent.json()["fields"]]) == (422, ["reporter_name"])
    told = {**said, "reporter": {"name": "孙三"}}
    assert asking.post("/api/v1/matters", told, content_type="application/json").status_code == 201
