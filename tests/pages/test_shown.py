"""Wall, inbox and portal show exactly what the district's pages name, and every figure opens a list of that length."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from tests.support.district import TestDistrict, make_district

RATES = ["hotline_on_time", "grid_closed_on_time", "hotline_solved"]
ANSWERED = {"zh": "接听", "en": "Answered"}


@dataclass(frozen=True)
class Chosen:
    """What a pack says of its pages."""

    wall: dict[str, Any]
    desk: dict[str, Any]
    portal: dict[str, Any]

    def write(self, pack: Path) -> None:
        for name in ("wall", "desk", "portal"):
            (pack / "pages" / f"{name}.yaml").write_text(yaml.safe_dump(getattr(self, name)), "utf-8")


CHOICES = [
    Chosen(
        {
            "header": ["overdue", "soon", "open"],
            "alarms": ["open"],
            "strip": ["recent", "open"],
            "grounds": ["soon", "open"],
            "columns": ["title", "lead", "number"],
            "rates": {"show": RATES[::-1], "period": "quarter"},
            "recent": "5 h",
            "feed": 2,
            "lately": 7,
        },
        {"sections": ["over", "later"], "urgent_within": "3 d", "columns": ["clock", "title"]},
        {"published": RATES[:2], "period": "year", "fewest": 12},
    ),
    Chosen(
        {"header": ["recent"], "rates": {"show": RATES[:1], "title": {"zh": "一率", "en": "One rate"}}, "hot": 1},
        {"sections": ["later"]},
        {"published": ["matters_open"], "phone": {"number": "999", "title": ANSWERED, "note": ANSWERED}},
    ),
]


def town(chosen: Chosen | None) -> TestDistrict:
    """A district with these pages, and some work."""
    from django.utils import timezone

    from yiwang.matters import store
    from yiwang.org.session import acting_as

    def change(pack: Path) -> None:
        if chosen is not None:
            return chosen.write(pack)
        for file in (pack / "pages").glob("*.yaml"):
            file.unlink()

    district = make_district(change)
    now = timezone.now()
    with acting_as(district.system) as asker:
        for days, place in ((0.0, (121.91, 31.03)), (0.01, None), (3.0, (121.91, 31.03)), (20.0, (121.93, 31.01))):
            said = {"title": f"{days}", "text": "…", "category": "drain.blocked"}
            store.open_matter(asker, "hotline", said, at=now - timedelta(days=days), place=place)
    return district


def client_of(district: TestDistrict, post: str) -> Any:
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    user = User.objects.get(username=district.username(post))
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(scope="module", params=[*CHOICES, None], ids=["some", "few", "none"])
def chosen(request: pytest.FixtureRequest, database: str) -> tuple[TestDistrict, Chosen]:
    """A district and its choice; one without page files has the platform's own."""
    own = Chosen(
        {"header": ["open", "opened_today", "closed_today", "overdue", "orders"], "rates": {"show": []}},
        {"sections": ["over", "soon", "today", "week", "later"]},
        {"published": []},
    )
    return town(request.param), request.param or own


def test_the_head_of_the_wall_counts_what_its_page_names(chosen: tuple[TestDistrict, Chosen]) -> None:
    district, page = chosen
    client = client_of(district, "head")
    shown = client.get("/wall/").content.decode()
    head = re.search(r'<dl id="wall-figures".*?</dl>', shown, re.S)
    assert head is not None
    doors = re.findall(r'href="(/wall/why/([a-z_]+)/[^"]*)"[^>]*>(?:<[^>]*>)*([\d,]+)', head[0])
    assert [name for _, name, _ in doors] == page.wall["header"]
    for door, name, n in doors:
        receipt = client.get(door, headers={"HX-Request": "true"}).content.decode()
        cases = re.search(r'href="(/wall/cases/[^"]+)"', receipt)
        assert cases is not None, name
        rows = client.get(unescape(cases[1])).content.decode().count("data-row>")
        assert rows == int(n.replace(",", "")), name


def test_the_wall_shows_the_rates_that_its_page_names(chosen: tuple[TestDistrict, Chosen]) -> None:
    district, page = chosen
    client = client_of(district, "head")
    shown = client.get("/wall/").content.decode()
    rates = re.search(r'<section class="part" id="wall-rates".*?</section>', shown, re.S)
    assert rates is not None
    tiles = re.findall(r'<div class="tile .*?(?=<div class="tile |</section>)', rates[0], re.S)
    assert len(tiles) == len(page.wall["rates"]["show"])
    for tile, code in zip(tiles, page.wall["rates"]["show"], strict=True):
        for part in re.findall(rf'href="/wall/rates/{code}/([a-z]+)/"', tile):
            figure = re.search(rf'/wall/rates/{code}/{part}/">([\d,]+)<', tile)
            assert figure is not None
            listed = client.get(f"/wall/rates/{code}/{part}/").content.decode()
            assert listed.count("data-row>") == int(figure[1].replace(",", "")), (code, part)
        others = {other for other in RATES if other != code}
        assert not any(f"/wall/rates/{other}/" in tile for other in others)


def test_feed_and_hot_spots_look_back_as_far_as_the_page_says(chosen: tuple[TestDistrict, Chosen]) -> None:
    from django.utils import timezone

    from yiwang.matters import overview
    from yiwang.org.session import acting_as
    from yiwang.wall.standing import Standing

    district, page = chosen
    with acting_as(district.as_("head")) as asker:
        now = timezone.now()
        standing = Standing(asker, now)
        lately = overview.cases(asker, now, overview.LATELY)
        assert len(lately) == (3 if page.wall.get("lately") == 7 else 4)
        assert [row.matter.pk for row in standing.feed] == [row.pk for row in lately][: page.wall.get("feed", 8)]
        spots = standing.hot
        assert len(spots) <= page.wall.get("hot", 5)
        client = client_of(district, "head")
        for row in spots:
            assert client.get(row.cases).content.decode().count("data-row>") == row.spot.n


def test_an_inbox_has_the_sections_that_the_page_names(chosen: tuple[TestDistrict, Chosen]) -> None:
    from django.utils import timezone

    from yiwang.matters import queries
    from yiwang.matters.queries import Filter
    from yiwang.org.session import acting_as

    district, page = chosen
    with acting_as(district.as_("dispatcher-1")) as asker:
        now = timezone.now()
        counted = queries.group_counts(asker, Filter(scope="mine"), now=now)
        assert list(counted) == page.desk["sections"]
        waiting = queries.waiting(asker, now=now)
        assert sum(counted.values()) == len(waiting) > 0
        for section, n in counted.items():
            assert sum(one.group == section for one in waiting) == n
            assert queries.matters(asker, Filter(scope="mine", group=section), now=now).count() == n
    client = client_of(district, "dispatcher-1")
    shown = client.get("/desk/").content.decode()
    heads = [int(n) for n in re.findall(r'class="n-of">(\d+)', shown)]
    assert heads == [n for n in counted.values() if n]


def test_the_portal_publishes_what_its_page_names(
    chosen: tuple[TestDistrict, Chosen], monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.test import Client

    from yiwang.portal import public

    district, page = chosen
    monkeypatch.setenv("YIWANG_DISTRICT", district.code)
    public._kept.clear()
    client = Client(SERVER_NAME="127.0.0.1")
    shown = client.get("/portal/", headers={"Accept-Language": "en"}).content.decode()
    figures = re.search(r'<div class="public-figures">.*?</section>', shown, re.S)
    published = page.portal["published"]
    assert (figures is not None) == bool(published)
    kept = next((one for (pk, _), one in public._kept.items() if pk == district.id), None)
    assert kept is not None
    assert [one.indicator for one in kept.figures] == published
    assert kept.fewest == page.portal.get("fewest", 10)
    assert all(not one.shown for one in kept.figures)  # fewer than ten matters: nothing is told of them
    for code in RATES:
        assert client.get(f"/portal/why/{code}/").status_code == (200 if code in published else 404)
    titles = {"year": "This year", "month": "This month"}
    assert not published or titles[page.portal.get("period", "month")] in shown
    assert ("<b>999</b>" in shown) == ("phone" in page.portal)


def titles(html: str) -> list[str]:
    """The heads of the table of a page."""
    table = re.search(r"<thead>(.*?)</thead>", html, re.S)
    assert table is not None
    return [re.sub(r"<[^>]+>", "", one).strip() for one in re.findall(r"<th\b.*?</th>", table[1], re.S)]


def test_map_and_street_show_what_the_wall_names(chosen: tuple[TestDistrict, Chosen]) -> None:
    from django.utils import timezone

    from yiwang.matters import overview
    from yiwang.org.session import acting_as
    from yiwang.wall.standing import Standing

    district, page = chosen
    with acting_as(district.as_("head")) as asker:
        now = timezone.now()
        standing = Standing(asker, now)
        assert [one.name for one in standing.strip] == page.wall.get("strip", ["open", "overdue", "recent"])
        assert [name for name, _ in standing.grounds] == page.wall.get("grounds", ["open", "overdue"])
        assert standing.ground == standing.grounds[0][0]
        alarms = page.wall.get("alarms", ["overdue"])
        standing_out = {one.name for one in standing.header if one.alarm}
        assert standing_out == {one.name for one in standing.header if one.n and one.name in alarms}
        within = timedelta(hours=5 if "recent" in page.wall else 1)
        lately = overview.cases(asker, now, overview.LATELY)
        assert {row.pk for row in overview.cases(asker, now, overview.RECENT)} == {
            row.pk for row in lately if row.created_at > now - within
        }


def test_rates_are_counted_over_the_period_that_the_wall_names(chosen: tuple[TestDistrict, Chosen]) -> None:
    from django.utils import timezone

    from yiwang.indicators import queries as indicators
    from yiwang.org.session import acting_as
    from yiwang.wall.standing import Standing

    district, page = chosen
    period = page.wall["rates"].get("period", "month")
    with acting_as(district.as_("head")) as asker:
        now = timezone.now()
        for tile in Standing(asker, now).whole_rates:
            code = tile.measured.definition.indicator
            alone = indicators.measure(asker, code, period=period, now=now)
            assert (tile.measured.value, tile.measured.period) == (alone.value, alone.period)
            assert len(tile.trend) == now.astimezone(ZoneInfo("Asia/Shanghai")).month


def test_lists_have_the_columns_that_their_pages_name(chosen: tuple[TestDistrict, Chosen]) -> None:
    from yiwang.why import say

    district, page = chosen
    client = client_of(district, "head")
    columns = page.wall.get("columns", ["clock", "number", "kind", "title", "street", "stage", "created"])
    named = [say(f"wall.column.{name}").speak("zh") for name in columns]
    assert titles(client.get("/wall/cases/lately/").content.decode()) == named
    columns = page.desk.get("columns", ["number", "kind", "title", "stage", "street", "lead", "created", "clock"])
    named = [say(f"desk.list_{name}").speak("zh") for name in columns]
    assert titles(client.get("/desk/matters/").content.decode()) == named


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("wall", "header: [open]\nrates: {show: [nothing]}\n", ":2: there is no indicator nothing"),
        ("wall", "header: [open]\nrates:\n  show:\n  - hotline_open\n", ":4: hotline_open is no rate"),
        ("wall", "header:\n- open\n- red\n", ":3: "),
        ("wall", "lately: 30\nlately: 31\n", ":2: "),
        ("wall", "feed: 8\nlately: 0\n", ":2: lately must be 1 to 366, not 0"),
        ("wall", "colour: red\n", ":1: there is nothing called colour"),
        ("wall", "header: [open]\nfeed: lots\n", ":2: "),
        ("desk", "urgent_within: soon\n", ':1: "soon" is no length of time'),
        ("desk", "sections: [later, over]\n", ":1: write the sections from the most pressing on"),
        ("desk", "sections: [over]\n", ":1: later is missing"),
        ("portal", "published:\n- hotline_solved\n- hotline_solved\n", ":3: hotline_solved stands twice"),
        ("portal", "published: [gone]\nfewest: 12\n", ":1: there is no indicator gone"),
        ("portal", "period: month\nfewest: 9\n", ":2: fewest must be 10 to 1,000, not 9"),
        ("portal", "period: week\n", ":1: "),
        ("portal", "phone: {number: ' ', title: {zh: 一, en: One}, note: {zh: 二, en: Two}}\n", ":1: give the tele"),
        ("portal", "", ":1: "),
        ("wall", "header: [open]\nalarms: [late]\n", ":2: "),
        ("wall", "strip: []\n", ":1: name at least one figure"),
        ("wall", "grounds: [open, open]\n", ":1: open stands twice"),
        ("wall", "strip: [open, soon, overdue, recent, opened_today]\n", ":1: 5 are named"),
        ("wall", "header: [open]\ncolumns: [number, clock]\n", ":2: title is missing: it opens the row"),
        ("wall", "recent: a while\n", ':1: "a while" is no length of time'),
        ("wall", "recent: 2 d\n", ':1: "2 d" is too long: at most 1 day'),
        ("wall", "rates: {period: week}\n", ":1: "),
        ("desk", "columns: [title, title]\n", ":1: title stands twice"),
        ("board", "unfolded: 3\norders: 0\n", ":2: orders must be 1 to 50, not 0"),
        ("board", "columns: [goal, stage]\n", ":1: number is missing"),
        ("board", "columns: [number, colour]\n", ":1: "),
        ("lobby", "header: [open]\n", ':1: there is no page "lobby"; there are wall, desk, portal, board'),
    ],
)
def test_a_broken_page_is_named_with_file_and_line(tmp_path: Path, name: str, text: str, says: str) -> None:
    from tests.packs.checking import problems
    from tests.support.district import write_pack

    pack = write_pack(tmp_path / "pack", "998877")
    assert problems(pack) == []
    (pack / "pages" / f"{name}.yaml").write_text(text, "utf-8")
    found = problems(pack)
    assert len(found) == 1, found
    assert found[0].startswith(f"pages/{name}.yaml:"), found
    assert says.lower() in found[0].lower(), found


def test_orders_are_counted_where_goals_open_some(tmp_path: Path) -> None:
    from tests.packs.checking import problems
    from tests.support.district import write_pack

    pack = write_pack(tmp_path / "pack", "998877")
    (pack / "matters" / "supervision.yaml").unlink()
    said = [one for one in problems(pack) if one.startswith("pages/")]
    assert said == ["pages/wall.yaml:2: goals open no kind of matter here, so there are no orders to count"]
