"""A title that the platform gave is read by each in their own language; one that a person wrote, as they wrote it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.matters.wells import go, pack_of
from tests.support.clients import client
from tests.support.district import make_district
from yiwang.matters import erasing, queries, store
from yiwang.matters.models import Matter
from yiwang.org.session import acting_as, as_owner

ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}
IN_EACH = [({}, "一号井2026-10-13日巡", "North Well, 2026"), (ENGLISH, "North Well, 2026-10-13", "一号井2026")]


@pytest.fixture(scope="module")
def district(database: str) -> Any:
    made = make_district(pack_of())
    go(made, "2026-10-13T07:00")
    return made


def number(district: Any) -> str:
    with acting_as(district.system):
        return str(Matter.objects.filter(district=district.id, title__startswith="一号井").get().number)


@pytest.mark.parametrize(("asked", "said", "other"), IN_EACH)
@pytest.mark.parametrize("page", ["/desk/matters/", "/desk/matters/{}/", "/desk/matters/export.csv"])
def test_a_round_is_called_in_the_language_of_who_reads(
    district: Any, page: str, asked: dict[str, str], said: str, other: str
) -> None:
    answer = client(district, "bei-1").get(page.format(number(district)), **asked)
    assert answer.status_code == 200
    shown = b"".join(answer) if answer.streaming else answer.content
    text = shown.decode("utf-8-sig")
    assert said in text
    assert other not in text


def test_whoever_put_a_title_right_has_put_it_right_in_each_language(database: str) -> None:
    made = make_district(pack_of())
    go(made, "2026-10-13T07:00")
    with as_owner():
        erasing.correct(made.system, number(made), "title", "看一号井", "名称写错")
    for asked in ({}, ENGLISH):
        page = client(made, "bei-1").get("/desk/matters/", **asked).content.decode()
        assert "看一号井" in page
        assert "North Well" not in page
    with acting_as(made.system) as asker:
        row = queries.matters(asker, queries.Filter()).get(title="看一号井")
    assert row.facts.get("titles") is None


def test_what_nobody_gave_a_title_is_called_like_its_kind(district: Any) -> None:
    titles = {"zh": "看井", "en": "Look"}
    with acting_as(district.system) as asker:
        opened = store.open_matter(asker, "look", {"title": "看井", "well": "W1"}, titles=titles)
    for asked, said in (({}, "看井"), (ENGLISH, "Look")):
        page = client(district, "bei-1").get(f"/desk/matters/{opened.number}/", **asked).content.decode()
        assert f"<h1>{said}</h1>" in page
