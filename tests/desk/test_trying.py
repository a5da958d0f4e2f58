"""The page on which a kind is tried: a matter is walked by the real rules, and nothing of it is kept anywhere."""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.support.clients import client
from tests.support.district import TestDistrict, make_district
from yiwang.desk import kept_walk
from yiwang.matters import walk
from yiwang.matters.kinds import kind_of
from yiwang.org.session import acting_as

TRY = "/desk/kinds/hotline/try/"
COMMITTEE = Path(__file__).parents[1] / "matters" / "permit_by_committee.yaml"
RIVERS = """code,name_zh,name_en,unit,sensitivity,since
R1,清水河,Clear River,water,0,2026-01-01
R2,暗河,Hidden River,water,3,2026-01-01
"""
PATROL = """
matter: patrol
title: {zh: 巡河, en: Patrol}
version: 2026-01-01
reference: 试验规则
prefix: XH
round: {every: month, times: 2, each: river}
opens: {desk: {by: [dispatcher], fields: [title, river, text]}}
form:
  river: {type: object, list: rivers, title: {zh: 河, en: River}, required: true}
  text: {type: text, title: {zh: 要求, en: Look at}}
asks:
  seen: {type: text, title: {zh: 所见, en: Seen}}
  others: {type: objects, list: rivers, title: {zh: 抽中的, en: Drawn}}
stages:
  walking: {title: {zh: 在巡, en: Walked}, owner: dispatcher}
  over: {title: {zh: 已巡, en: Done}, final: true}
actions:
  lots: {title: {zh: 抽河, en: Draw a river}, from: walking, by: dispatcher, draws: [{field: others, of: 1}]}
  report: {title: {zh: 报告, en: Report}, from: walking, to: over, by: dispatcher, needs: [seen], evidence: 2}
clocks:
  walking:
    title: {zh: 巡, en: Walking}
    starts: walking
    stops: report
    limit: {until: round.until, default: 3 workdays}
"""


@pytest.fixture(scope="module")
def town(database: str) -> TestDistrict:
    def change(folder: Path) -> None:
        (folder / "matters" / "patrol.yaml").write_text(PATROL, "utf-8")
        (folder / "lists").mkdir()
        (folder / "lists" / "rivers.csv").write_text(RIVERS, "utf-8")
        shutil.copy(COMMITTEE, folder / "matters" / "relic.yaml")

    return make_district(change)


class Page:
    """The page as somebody presses what stands on it."""

    def __init__(
        self, town: TestDistrict, post: str = "dispatcher-1", address: str = TRY, language: str = "en"
    ) -> None:
        self.client = client(town, post, headers={"Accept-Language": language})
        self.address = address
        self.answer = self.client.get(address)
        self.sent: dict[str, Any] = {}

    @property
    def text(self) -> str:
        return html.unescape(re.sub(r"<[^>]+>", " ", self.answer.content.decode()))

    @property
    def walk(self) -> str:
        return self.of("walk")

    def of(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.answer.content.decode())
        return html.unescape(found[1]) if found else ""

    def press(self, do: str, **fields: Any) -> Page:
        self.sent = {"walk": self.walk, "as": self.of("as"), "do": do, **fields}
        return self.again()

    def again(self) -> Page:
        """As a browser does that loads the page anew."""
        self.answer = self.client.post(self.address, self.sent)
        return self


def begun(town: TestDistrict, post: str = "dispatcher-1") -> Page:
    page = Page(town, post)
    return page.press(
        "open", door="portal", text="门口的井盖松动了", title="井盖", category="drain.cover", at="2026-10-12T10:00"
    )


def rows() -> dict[str, int]:
    """How many rows every table has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        found = {name: 0 for (name,) in cursor.fetchall()}
        for name in found:
            cursor.execute(f'SELECT count(*) FROM "{name}"')
            found[name] = cursor.fetchone()[0]
    return found


def test_a_matter_is_walked_from_its_form_to_its_end(town: TestDistrict) -> None:
    page = begun(town)
    assert page.answer.status_code == 200
    assert "To be assigned" in page.text
    before = rows()
    page.press("act", action="assign", unit="water", **{"as": "dispatcher-1"})
    assert "To be accepted" in page.text
    page.press("act", action="accept", **{"as": "water-1"})
    page.press("due")
    page.press("act", action="answer", result="换了新井盖", files="2", **{"as": "water-1"})
    assert "To be verified" in page.text
    # who handled it may not verify it, and the page says so
    page.press("as", **{"as": "water-1"})
    assert "Only" in page.text
    page.press("act", action="verify", reached="true", solved="true", **{"as": "dispatcher-2"})
    assert "Closed" in page.text
    assert "Solved, says the reporter" in page.text
    assert "换了新井盖" in page.text
    assert rows() == before


def test_a_panel_is_called_and_votes(town: TestDistrict) -> None:
    """Whose move it is then is nobody's of a role: it is the panel's, by the name that its kind gives it."""
    page = Page(town, address="/desk/kinds/relic/try/")
    page.press("open", title="修缮", text="老宅", at="2026-10-12T10:00")
    page.press("as", **{"as": "dispatcher-1"})
    members = ["water-1", "water-2", "green-1"]
    page.press("act", action="call", members=members, **{"as": "dispatcher-1"})
    assert page.answer.status_code == 200
    assert re.search(r"Voting\s.*?Committee", page.text, re.DOTALL)
    for post in members:
        page.press("act", action="vote", position="agree", **{"as": post})
    assert "Granted" in page.text


def test_what_was_chosen_is_told_by_its_name(town: TestDistrict) -> None:
    """The channel and the urgency too, as their kind calls them, and never by their codes."""
    page = Page(town, language="zh")
    page.press("open", title="井盖", text="门口的井盖松动了", at="2026-10-12T10:00", channel="phone", urgency="urgent")
    said = re.sub(r"\s+", " ", page.text)
    assert "· phone" not in said
    assert "· urgent" not in said
    with acting_as(town.system) as asker:
        kind = kind_of(asker, "hotline")
    assert f"· {kind.channels['phone'].speak('zh')}" in said
    assert f"· {kind.urgencies['urgent'].speak('zh')}" in said


def test_a_page_that_is_loaded_again_shows_the_same(town: TestDistrict) -> None:
    page = begun(town).press("act", action="assign", unit="water", **{"as": "dispatcher-1"})
    first = re.sub(r'value="[^"]{60,}"|csrf\S+', "", page.text)
    assert re.sub(r'value="[^"]{60,}"|csrf\S+', "", page.again().text) == first


def test_what_is_refused_is_said_and_nothing_is_done(town: TestDistrict) -> None:
    page = begun(town)
    held = page.walk
    page.press("act", action="assign", **{"as": "dispatcher-1"})
    assert page.answer.status_code == 422
    assert "choose one." in page.text
    page.press("act", action="assign", unit="water", **{"as": "green-1"})
    assert page.answer.status_code == 409
    assert "Only" in page.text
    assert walk.read(kept_walk._SIGNER.unsign_object(page.walk)[2]) == walk.read(
        kept_walk._SIGNER.unsign_object(held)[2]
    )
    page = Page(town).press("open", door="portal", text="短", title="", at="2026-02-31T10:00")
    assert page.answer.status_code == 422


def test_steps_and_time_are_taken_back(town: TestDistrict) -> None:
    page = begun(town).press("act", action="assign", unit="water", **{"as": "dispatcher-1"}).press("day")
    assert "2026-10-13 10:00" in page.text
    assert "2026-10-12 10:00" in page.press("back").text
    assert "To be accepted" in page.text
    assert "To be assigned" in page.press("to", n="1").text
    assert "To be assigned" in page.press("back").text  # the opening stays
    assert page.press("anew").of("walk") == ""


@pytest.mark.parametrize("spoil", [lambda text: text[:-2] + "xx", lambda text: "", lambda text: "x" * 50_000])
def test_a_walk_that_nobody_signed_is_not_read(town: TestDistrict, spoil: Any) -> None:
    page = begun(town)
    page.press("act", action="assign", unit="water", walk=spoil(page.walk))
    assert page.answer.status_code == 200
    assert "To be accepted" not in page.text


def test_a_walk_is_its_walkers_own(town: TestDistrict) -> None:
    mine = begun(town).walk
    page = Page(town, "dispatcher-2").press("day", walk=mine)
    assert "cannot be read" in page.text
    page = Page(town, address="/desk/kinds/grid_event/try/").press("day", walk=mine)
    assert "cannot be read" in page.text


def test_a_kind_that_a_role_does_not_see_cannot_be_tried(town: TestDistrict) -> None:
    grid = client(town, "bei-grid")  # sees two kinds
    assert grid.get("/desk/kinds/supervision/try/").status_code == 404
    assert grid.post("/desk/kinds/supervision/try/", {"do": "open"}).status_code == 404
    assert grid.get("/desk/kinds/no_such/try/").status_code == 404


def test_nobody_learns_of_an_object_by_trying(town: TestDistrict) -> None:
    address = "/desk/kinds/patrol/try/"
    for door in ("desk", "round"):
        page = Page(town, address=f"{address}?door={door}")
        assert "Clear River" in page.text
        assert "Hidden River" not in page.text
    page = Page(town, address=address)
    page.press("open", door="desk", title="巡", river="R2", at="2026-10-12T10:00", **{"as": "dispatcher-1"})
    assert page.answer.status_code == 422
    page.press("open", door="round", of="R2", at="2026-10-12T10:00")
    assert page.answer.status_code == 409
    assert "Hidden River" not in page.text
    page.press("open", door="round", of="R1", at="2026-10-12T10:00")
    assert "Walked" in page.text, " ".join(page.text.split())
    page.press("act", action="lots", **{"as": "dispatcher-1"})
    assert "Clear River" in page.text
    assert "Hidden River" not in page.text


def test_rounds_lots_and_evidence_are_shown(town: TestDistrict) -> None:
    page = Page(town, address="/desk/kinds/patrol/try/?door=round")
    drawing = page.client.get("/desk/kinds/patrol/drawing.svg").content.decode()
    assert "opened by itself: every month, 2 times, for each River" in drawing
    assert "drawn by lot: Draw a river draws Drawn 1" in drawing
    page.press("open", door="round", of="R1", at="2026-10-12T10:00")
    page.press("act", action="report", seen="清", files="1", **{"as": "dispatcher-1"})
    assert page.answer.status_code == 422
    page.press("act", action="report", seen="清", files="2", **{"as": "dispatcher-1"})
    assert page.answer.status_code == 200
    assert "Nobody has anything left to do" in page.text
    for language, word in (("en", "opened by itself"), ("zh-CN", "到点自动开立")):
        drawn = client(town, "dispatcher-1", headers={"Accept-Language": language}).get(
            "/desk/kinds/patrol/drawing.svg?at=walking"
        )
        assert word in drawn.content.decode()
        assert 'class="here"' in drawn.content.decode()


def test_a_walk_is_bounded(town: TestDistrict, monkeypatch: pytest.MonkeyPatch) -> None:
    page = begun(town)
    monkeypatch.setattr(kept_walk, "LONGEST", len(page.walk) + 40)
    page.press("act", action="assign", unit="water", note="".join(map(chr, range(0x4E00, 0x5200))))
    assert page.answer.status_code == 409
    assert "Too much was written" in page.text
    with acting_as(town.as_("dispatcher-1")) as asker:
        assert kept_walk.read(asker, kind_of(asker, "hotline"), page.walk) is not None
