"""§10.19: found(words, filters) == a plain scan of what pages show; list, count, file and API agree to the last."""

from __future__ import annotations

import csv
import io
import random
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from tests.support.clients import client
from tests.support.district import make_district
from yiwang.matters import queries, rows, search_words, store
from yiwang.matters.kinds import current_kinds, world
from yiwang.matters.models import Entry, Matter
from yiwang.matters.opening import Opening
from yiwang.matters.queries import Filter
from yiwang.matters.reported import Reported
from yiwang.matters.search_question import question
from yiwang.org.session import acting_as

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 9, 1, 9, tzinfo=ZONE)
POSTS = ["dispatcher-1", "water-1", "green-1", "bei-1", "nan-1", "nb-bei-1-1", "auditor"]
SAID = [
    "路灯不亮",
    "下水道 返溢",
    "施工噪声扰民",
    "Lamp post 7 is dark",
    "井盖松动，夜里很响",
    "１２号楼漏水",
    "垃圾没人清 ABC",
]
WHERE = ["霜桥路99弄", "学府路 218 弄", "Willow Lane 5", "", "和平路％一号"]
RESULTS = ["已疏通管道", "已更换灯头 LED-60", "现场核查属实", "Pump replaced"]
CATEGORIES = ["drain.blocked", "drain.cover", "litter.pile", "ask"]
PLACES = [(121.91, 31.03), (121.93, 31.03), (121.91, 31.01), (121.93, 31.01), None]


@dataclass(frozen=True)
class Known:
    """What the scan knows of a matter: what its page shows, piece by piece."""

    pk: int
    number: str
    shown: tuple[str, ...]
    reporter: tuple[str, ...]
    sensitivity: int
    lead: int | None


@pytest.fixture(scope="module")
def district(database):
    made, rng = make_district(), random.Random(7)
    with acting_as(made.system) as asker:
        openings = []
        for n in range(640):
            said = SAID[0] if n < 560 else rng.choice(SAID)
            data = {"title": said[:12], "text": f"{said} 第{n}次", "address": rng.choice(WHERE), "channel": "电话"}
            data["category"] = rng.choice(CATEGORIES)
            reporter = Reported("王小明", f"1380013{n % 20:04d}") if n % 3 == 0 else Reported()
            at = START + timedelta(hours=n * 3)
            openings.append(Opening(data, at, place=rng.choice(PLACES), reporter=reporter, key=f"s{n}"))
        opened = [one for one in store.open_many(asker, "hotline", openings) if one is not None]
    for one in opened[::4]:
        _handle(made, one, rng)
    return made


def _handle(district: Any, one: Any, rng: random.Random) -> None:
    unit = rng.choice(["water", "green"])
    at = one.state["created_at"]
    with acting_as(district.as_("dispatcher-1")) as asker:
        store.act(asker, one.id, "assign", {"unit": unit, "note": "请速办 A-17"}, at=at + timedelta(minutes=5))
    if rng.random() < 0.6:
        with acting_as(district.as_(f"{unit}-1")) as asker:
            store.act(asker, one.id, "accept", {}, at=at + timedelta(minutes=10))
            store.act(asker, one.id, "answer", {"result": rng.choice(RESULTS)}, at=at + timedelta(minutes=20))


def plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


@pytest.fixture(scope="module")
def known(district):
    """Every matter as its page shows it, read without the search."""

    found = []
    with acting_as(district.system) as asker:
        (kind,) = (kind for kind in current_kinds(asker) if kind.matter == "hotline")
        words = {name for name, spec in kind.fields.items() if spec.type in ("text", "number") and not spec.personal}
        units, tree = world(asker).district.units, world(asker).categories
        entries: dict[int, list[Any]] = {}
        for entry in Entry.objects.filter(district=district.id):
            entries.setdefault(entry.matter_id, []).append(entry.data)
        for row in Matter.objects.filter(district=district.id):
            shown = [row.title, row.text, row.channel]
            shown += [row.facts.get(f"form.{name}") for name in words]
            shown += [data.get(name) for data in entries[row.pk] for name in words]
            for unit in (row.street_id, row.neighbourhood_id, row.lead_id):
                if unit:
                    shown += [*units[unit].name.values(), *units[unit].short.values(), *units[unit].aliases]
            code = row.category
            while code:
                shown += tree[code].name.values()
                code = tree[code].parent
            reporter = tuple(row.facts.get(f"reporter.{name}") or "" for name in ("name", "phone"))
            pieces = tuple({plain(str(one)) for one in shown if one})
            found.append(Known(row.pk, row.number, pieces, reporter, row.sensitivity, row.lead_id))
    return found


def scanned(known: list[Known], asker: Any, q: str) -> set[int]:
    """The matters that a reader would find who reads every page."""
    mine = {post.unit for post in asker.posts}

    def holds(one: Known, word: str) -> bool:
        if not word.strip("*"):  # stars alone are what masks are made of, and find nothing
            return False
        told = one.sensitivity < 2 or one.lead not in mine
        pieces = one.shown + (tuple(map(plain, one.reporter)) if told else ())
        return one.number.startswith((word, word.upper())) or any(plain(word) in piece for piece in pieces)

    return {one.pk for one in known if all(holds(one, word) for word in q.split())}


def a_piece(text: str) -> st.SearchStrategy[str]:
    return st.integers(0, max(len(text) - 1, 0)).flatmap(
        lambda start: st.integers(1, 5).map(lambda n: text[start : start + n].strip())
    )


NAMES = ["水务局", "北街道", "南一居", "排水", "暴露垃圾", "电话", "Greening", "13*", "0003", "138****0003", "王"]
WORD = st.one_of(
    st.sampled_from([*SAID, *WHERE, *RESULTS, *NAMES, "请速办 A-17"]).flatmap(a_piece),
    st.sampled_from(
        ["RX", "rx-2026", "RX-20260901-0001", "RX-2026090", "X-2026", "%", "_", "\\", "无", "不亮 %", "第5"]
    ),
    st.text(min_size=1, max_size=3),
)
FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "state": st.sampled_from(["open", "closed", "overdue"]),
        "street": st.sampled_from(["bei", "nan", "-"]),
        "lead": st.sampled_from(["water", "green"]),
        "until": st.sampled_from(["2026-09-10", "2026-10-05"]),
        "since": st.sampled_from(["2026-09-05", "2026-11-01"]),
        "category": st.sampled_from(["drain", "litter.pile"]),
        "stage": st.sampled_from(["received", "hotline/verifying", "grid_event/verifying"]),
        "scope": st.sampled_from(["mine", "unit"]),
    },
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORD, min_size=1, max_size=3), wanted=FILTERS, post=st.sampled_from(POSTS))
@example(words=["路灯"], wanted={}, post="dispatcher-1")
@example(words=["路灯"], wanted={"until": "2026-09-10"}, post="dispatcher-1")
@example(words=["0003"], wanted={}, post="water-1")
@example(words=["霜桥路99弄", "不亮"], wanted={"street": "bei"}, post="auditor")
@example(words=["疏通"], wanted={"lead": "water"}, post="water-1")
@example(words=["*"], wanted={}, post="dispatcher-1")
def test_what_is_found_is_what_a_plain_scan_finds(district, known, words, wanted, post):
    now = START + timedelta(days=60)
    asked = Filter.of({"q": " ".join(words), **wanted})
    assume(asked.q and all(unicodedata.category(sign)[0] != "C" for sign in asked.q))
    assert question(asked.q) == asked.q
    with acting_as(district.as_(post)) as asker:
        found = list(queries.matters(asker, asked, now=now).values_list("pk", flat=True))
        fitting = set(queries.matters(asker, asked.but(q=""), now=now).values_list("pk", flat=True))
        assert len(found) == len(set(found)) == queries.matters(asker, asked, now=now).count()
        assert set(found) == scanned(known, asker, asked.q) & fitting
        assert sum(queries.group_counts(asker, asked, now=now).values()) == len(found)


def test_several_hundred_are_counted_and_listed_to_the_last(district, known):
    """List, count, file and API of more hits than any page holds, under a filter."""

    with acting_as(district.as_("dispatcher-1")) as asker:
        all_, early = scanned(known, asker, "路灯"), scanned(known, asker, "路灯 第1次")
    assert len(all_) >= 560
    asking = client(district, "dispatcher-1")
    for q, n in (("路灯", len(all_)), ("路灯 第1次", len(early))):
        page = asking.get("/desk/matters/", {"q": q}).content.decode()
        assert int(re.search(r"<h1>([\d,]+) 件", page).group(1).replace(",", "")) == n
        file = b"".join(asking.get("/desk/matters/export.csv", {"q": q}).streaming_content).decode("utf-8-sig")
        assert len(list(csv.reader(io.StringIO(file)))) - 1 == n
        assert asking.get("/api/v1/matters", {"q": q}).json()["count"] == n
    last = -(-len(all_) // 50)
    pages = [asking.get("/desk/matters/", {"q": "路灯", "page": n + 1}).content.decode() for n in range(last)]
    assert sum(page.count("data-row=") for page in pages) == len(all_)


def test_a_word_that_was_changed_is_no_longer_found(district):
    with acting_as(district.system) as asker:
        one = store.open_matter(asker, "hotline", {"title": "紫藤架倾斜", "text": "紫藤架要倒了", "category": "ask"})
        assert queries.matters(asker, Filter(q="紫藤架要倒")).count() == 1
        rows.keep_words([(one.id, search_words.BEGINNING, "凌霄花架倾斜")])
        assert queries.matters(asker, Filter(q="紫藤架")).count() == 0
        assert queries.matters(asker, Filter(q="凌霄 倾斜")).count() == 1


def test_who_complained_is_not_found_by_the_unit_complained_of(district):
    """R2.15: the last four of a number find a complaint for the desk, and nothing for the unit that it is about."""

    with acting_as(district.system) as asker:
        data = {"title": "垃圾成堆", "text": "一直没有人来", "category": "litter.pile"}
        one = store.open_matter(asker, "hotline", data, reporter=Reported("李四光", "13900017355"))
    with acting_as(district.as_("dispatcher-1")) as asker:
        store.act(asker, one.id, "assign", {"unit": "green"})
        assert queries.matters(asker, Filter(q="7355 成堆")).count() == 1
    with acting_as(district.as_("green-1")) as asker:
        assert queries.matters(asker, Filter(q="成堆 没有人来")).count() == 1
        assert queries.matters(asker, Filter(q="7355")).count() == 0


@given(st.text(alphabet="路灯不亮 abcＡ𠮷🚧\u3000\n", max_size=60))
def test_the_pairs_of_a_text_are_those_that_stand_in_it(database: str, text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT matters_grams(%s)", [text])
        (pairs,) = cursor.fetchone()
    assert sorted(pairs) == sorted({one + next_ for one, next_ in pairwise(text)})
