"""Who sits on a panel finds the matter, votes on its page, and reads there who has answered and who has not."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.support.clients import client
from tests.support.district import make_district
from yiwang.matters import store
from yiwang.org.session import acting_as

KIND = Path(__file__).parents[1] / "matters" / "permit_by_committee.yaml"


@pytest.fixture(scope="module")
def village(database: str) -> Any:
    return make_district(lambda pack: shutil.copy(KIND, pack / "matters"))


def test_a_committee_votes_on_the_page(village: Any) -> None:
    with acting_as(village.as_("dispatcher-1")) as asker:
        matter = store.open_matter(asker, "relic", {"title": "修缮老宅", "text": "屋面"}, place=(121.91, 31.01))
    desk = client(village, "dispatcher-1")
    address = f"/desk/matters/{matter.number}/"
    asked = desk.get(address).content.decode()
    assert 'type="checkbox" name="members"' in asked
    assert "water-1人" in asked
    members = ["water-1人", "water-2人", "green-1人"]
    done = desk.post(f"{address}do/call/", {"members": members, "key": "k1"}, follow=True)
    assert done.status_code == 200
    page = client(village, "green-1").get(address).content.decode()
    assert "评审委员会" in page
    assert "3 人中 0 人已表态，未达法定人数（2/3）" in page
    assert page.count("待表态，截止") == 3
    assert "修缮老宅" in client(village, "green-1").get("/desk/").content.decode()
    done = client(village, "water-1").post(f"{address}do/vote/", {"position": "refuse", "key": "k2"}, follow=True)
    assert done.status_code == 200
    others = client(village, "green-1").get(address).content.decode()
    assert "投票结束前不公布谁投了什么" in others
    assert "<b>不同意</b>" not in others
    assert "<b>不同意</b>" in client(village, "water-1").get(address).content.decode()
    assert "每人只表态一次" in client(village, "water-1").get(address).content.decode()
    for post in ("water-2", "green-1"):
        client(village, post).post(f"{address}do/vote/", {"position": "agree", "key": post}, follow=True)
    ended = desk.get(address).content.decode()
    assert "赞成 2，反对 1，弃权 0" in ended
    assert "<b>不同意</b>" in ended


def test_whose_unit_has_no_part_in_it_sees_none_of_it(village: Any) -> None:
    with acting_as(village.as_("dispatcher-1")) as asker:
        matter = store.open_matter(asker, "relic", {"title": "修缮", "text": "屋面"}, place=(121.91, 31.01))
    assert client(village, "green-1").get(f"/desk/matters/{matter.number}/").status_code == 404
